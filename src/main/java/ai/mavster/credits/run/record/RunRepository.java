package ai.mavster.credits.run.record;

import ai.mavster.credits.ledger.statement.HoldRow;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Reads runs with their holds. */
@Singleton
public class RunRepository implements PanacheRepositoryBase<RunRow, RunRow.Key> {

    private static final String SELECT = """
            select r, h from RunRow r left join HoldRow h on h.accountId = r.accountId and h.holdId = r.holdId
            where r.accountId = :account""";

    private static final String BEFORE = " and (r.startedAt, r.runId) < (:startedAt, :runId)";
    private static final String ORDER = " order by r.startedAt desc, r.runId desc";

    /** How many runs a filter looks through for one page. */
    public static final int SEARCHED = 2_000;

    private final Session session;

    RunRepository(Session session) {
        this.session = session;
    }

    /** The two of a row of {@link #SELECT}. */
    record Found(RunRow run, @Nullable HoldRow hold) {

        RunWithHold both() {
            return new RunWithHold(run.run(), hold == null ? null : hold.hold());
        }
    }

    /**
     * Which runs of an account; null: any.
     *
     * @param before the last run of the page before
     */
    public record Filter(
            Run.@Nullable Status status,
            @Nullable String projectId,
            @Nullable String testId,
            @Nullable String parentRunId,
            @Nullable Place before) {

        public boolean isSearch() {
            return status != null || projectId != null || testId != null || parentRunId != null;
        }
    }

    /** A run's place in the list, by its start. */
    public record Place(Instant startedAt, String runId) {}

    public Optional<RunWithHold> find(String accountId, String runId) {
        return query(accountId, Map.of(" and r.runId = :run", Map.of("run", runId)), "", 1).stream()
                .findFirst();
    }

    /**
     * Some runs, newest first.
     *
     * @param searchedTo the last one looked at, where not all were
     */
    public record Part(List<RunWithHold> runs, @Nullable Place searchedTo) {}

    /**
     * Newest first. A filter other than by place looks through so many runs at a time: none of the others has an index
     * in this order.
     */
    public Part list(String accountId, Filter filter, int limit) {
        Map<String, Map<String, Object>> conditions = new LinkedHashMap<>();
        put(conditions, "status", filter.status == null ? null : filter.status.id());
        put(conditions, "projectId", filter.projectId);
        put(conditions, "testId", filter.testId);
        put(conditions, "parentRunId", filter.parentRunId);
        Place to = conditions.isEmpty() ? null : placeAt(accountId, filter.before, SEARCHED);
        if (to != null) {
            conditions.put(
                    " and (r.startedAt, r.runId) >= (:fromTime, :fromId)",
                    Map.of("fromTime", to.startedAt, "fromId", to.runId));
        }
        if (filter.before != null) {
            conditions.put(BEFORE, parameters(filter.before));
        }
        return new Part(query(accountId, conditions, ORDER, limit), to);
    }

    /** The run that is so many places further down the list; null: it is not as long. */
    private @Nullable Place placeAt(String accountId, @Nullable Place before, int runs) {
        SelectionQuery<Place> query = session.createSelectionQuery(
                "select r.startedAt, r.runId from RunRow r where r.accountId = :account"
                        + (before == null ? "" : BEFORE)
                        + ORDER,
                Place.class);
        query.setParameter("account", accountId);
        if (before != null) {
            parameters(before).forEach(query::setParameter);
        }
        return query.setFirstResult(runs - 1).setMaxResults(1).getSingleResultOrNull();
    }

    private static Map<String, Object> parameters(Place before) {
        return Map.of("startedAt", before.startedAt, "runId", before.runId);
    }

    private static void put(Map<String, Map<String, Object>> conditions, String field, @Nullable String value) {
        if (value != null) {
            conditions.put(" and r." + field + " = :" + field, Map.of(field, value));
        }
    }

    private List<RunWithHold> query(
            String accountId, Map<String, Map<String, Object>> conditions, String order, int limit) {
        SelectionQuery<Found> query =
                session.createSelectionQuery(SELECT + String.join("", conditions.keySet()) + order, Found.class);
        query.setParameter("account", accountId);
        conditions.values().forEach(values -> values.forEach(query::setParameter));
        return query.setMaxResults(limit).getResultList().stream()
                .map(Found::both)
                .toList();
    }
}
