package ai.mavster.credits.portal.overview;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.burndown.OpenGrants;
import ai.mavster.credits.ledger.posting.GrantKind;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left of the credits of one kind that expire together, in the order in which they are spent. Pure.
 *
 * @param kind the key of a text
 * @param expiresAt null: never, or not at one time
 */
@TemplateData
public record CreditsLeft(
        String kind, Credits credits, @Nullable Instant expiresAt, boolean expires) {

    /** How many grants are listed. */
    static final int GRANTS = 100;

    private static final int ROWS = 8;

    private record Group(GrantKind kind, @Nullable Instant expiresAt) {}

    /**
     * @param first at most {@link #GRANTS}
     * @param balance which includes what holds have kept of expired ones, and grants beyond the first
     */
    static List<CreditsLeft> of(OpenGrants.First first, Credits balance) {
        Map<Group, Credits> groups = new LinkedHashMap<>();
        first.grants()
                .forEach(grant ->
                        groups.merge(new Group(grant.kind(), grant.expiresAt()), grant.remaining(), Credits::plus));
        List<CreditsLeft> rows = new ArrayList<>();
        Credits shown = Credits.ZERO;
        for (Map.Entry<Group, Credits> group : groups.entrySet()) {
            if (rows.size() == ROWS) {
                break;
            }
            Instant expiresAt = group.getKey().expiresAt();
            rows.add(new CreditsLeft(kind(group.getKey().kind()), group.getValue(), expiresAt, expiresAt != null));
            shown = shown.plus(group.getValue());
        }
        Credits rest = balance.minus(shown);
        if (rest.isPositive()) {
            boolean all = rows.size() == groups.size() && first.all();
            rows.add(new CreditsLeft(all ? "overview.kind.kept" : "overview.kind.others", rest, null, true));
        }
        return rows;
    }

    private static String kind(GrantKind kind) {
        return switch (kind) {
            case MONTHLY -> "overview.kind.monthly";
            case PROMOTIONAL -> "overview.kind.promotional";
            case ADJUSTMENT -> "overview.kind.adjustment";
            case TOP_UP -> "overview.kind.top_up";
        };
    }
}
