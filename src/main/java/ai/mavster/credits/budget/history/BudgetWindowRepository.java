package ai.mavster.credits.budget.history;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Reads which budgets have counted something. */
@Singleton
public class BudgetWindowRepository implements PanacheRepositoryBase<BudgetWindowRow, BudgetWindowRow.Key> {

    /** A budget that has counted a debit, and in which window; it may be deleted by now. */
    @Schema(name = "CountedBudget")
    public record Counted(
            @Schema(
                    enumeration = {"account", "workspace", "project"},
                    examples = "project")
            String scope,

            @Schema(description = "The account's, the workspace's or the project's id.", examples = "checkout")
            String scopeId,

            @Schema(description = "Of the window that it was counted in.")
            Instant windowStart) {}

    /**
     * The account's first, then the workspace's and the project's.
     *
     * @param workspaceId of a debit; projectId likewise
     * @param at when it was
     */
    public List<Counted> countedBy(
            String accountId, @Nullable String workspaceId, @Nullable String projectId, Instant at) {
        List<BudgetWindowRow> rows = find(
                        "accountId = ?1 and windowStart <= ?2 and windowEnd > ?2 and (scope = 'account'"
                                + " or (scope = 'workspace' and scopeId = ?3) or (scope = 'project' and scopeId = ?4))"
                                + " order by case scope when 'account' then 0 when 'workspace' then 1 else 2 end, windowStart",
                        accountId,
                        at,
                        workspaceId == null ? "" : workspaceId,
                        projectId == null ? "" : projectId)
                .list();
        return rows.stream()
                .map(row -> new Counted(row.scope, row.scopeId, row.windowStart))
                .toList();
    }
}
