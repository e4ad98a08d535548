package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.ledger.posting.PostingKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which postings of an account; of each thing any of the values, and any at all where there are none.
 *
 * @param from belongs to it
 * @param to does not belong to it
 */
public record PostingFilter(
        List<PostingKind> kinds,
        List<String> runIds,
        List<String> projectIds,
        List<String> workspaceIds,
        List<String> testIds,
        List<String> actions,
        @Nullable Instant from,
        @Nullable Instant to) {

    static PostingFilter of(Query query) {
        return new PostingFilter(
                query.anyOf("kind", PostingKind.class),
                query.anyMatching("run_id", Identifier.PATTERN),
                query.anyMatching("project_id", Identifier.PATTERN),
                query.anyMatching("workspace_id", Identifier.PATTERN),
                query.anyMatching("test_id", Identifier.PATTERN),
                query.anyMatching("action", Identifier.PATTERN),
                query.instant("from"),
                query.instant("to"));
    }

    /** Conditions on the row {@code p}, with the value of the one parameter of each. */
    Map<String, Object> conditions() {
        Map<String, Object> conditions = new LinkedHashMap<>();
        any(conditions, "kind", kinds.stream().map(PostingKind::id).toList());
        any(conditions, "runId", runIds);
        any(conditions, "projectId", projectIds);
        any(conditions, "workspaceId", workspaceIds);
        any(conditions, "testId", testIds);
        any(conditions, "action", actions);
        if (from != null) {
            conditions.put("p.occurredAt >= :from", from);
        }
        if (to != null) {
            conditions.put("p.occurredAt < :to", to);
        }
        return conditions;
    }

    private static void any(Map<String, Object> conditions, String field, List<String> values) {
        if (!values.isEmpty()) {
            conditions.put("p.%1$s in (:%1$s)".formatted(field), values);
        }
    }

    /** Whether it takes looking at postings that are not among those it is for. */
    boolean isSearch() {
        return !conditions().isEmpty();
    }
}
