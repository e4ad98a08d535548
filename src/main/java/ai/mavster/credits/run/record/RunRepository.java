package ai.mavster.credits.run.record;

import ai.mavster.credits.Metadata;
import ai.mavster.credits.ledger.statement.HoldRow;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Reads runs with their holds. */
@Singleton
public class RunRepository implements PanacheRepositoryBase<RunRow, RunRow.Key> {

    private static final String SELECT = """
            select r, h from RunRow r left join HoldRow h on h.accountId = r.accountId and h.holdId = r.holdId
            where r.accountId = :account""";

    private static final String ORDER = " order by r.startedAt desc, r.runId desc";

    /** Of a running one, that it is given up by now. */
    private static final String SILENT =
            "r.status = 'running' and r.seenAt <= :seenBy and (h.expiresAt is null or h.expiresAt <= :now)";

    /** How many runs a filter scans for one page. */
    public static final int SEARCHED = 2_000;

    private final Session session;
    private final Abandonment abandonment;

    RunRepository(Session session, Abandonment abandonment) {
        this.session = session;
        this.abandonment = abandonment;
    }

    /** The two of a row of {@link #SELECT}. */
    record Found(RunRow run, @Nullable HoldRow hold) {

        RunWithHold both() {
            return new RunWithHold(run.run(), hold == null ? null : hold.hold(), Metadata.ofJson(run.metadata));
        }
    }

    /**
     * Which runs of an account; null: any.
     *
     * @param from when they started at the earliest; {@code to}: they started before
     * @param before the last run of the page before
     */
    public record Filter(
            Run.@Nullable Status status,
            @Nullable String projectId,
            @Nullable String testId,
            @Nullable String parentRunId,
            @Nullable Instant from,
            @Nullable Instant to,
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

    /** Accounts with runs that wait for credits: those with greater ids than one, in the order of their ids. */
    public List<String> accountsWithQueuedRuns(String after, int limit) {
        return session.createSelectionQuery(
                        "select distinct r.accountId from RunRow r where r.status = 'queued' and r.accountId > :after"
                                + " order by r.accountId",
                        String.class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList();
    }

    /** The runs of some accounts that are running or wait, by account, as it was written last. */
    public Map<String, Set<String>> underWay(Collection<String> accountIds) {
        return Stream.of("running", "queued")
                .flatMap(status -> session.createSelectionQuery(
                                "select r from RunRow r where r.accountId in (:accounts) and r.status = '" + status
                                        + "'",
                                RunRow.class)
                        .setParameterList("accounts", accountIds)
                        .setMaxResults(SEARCHED)
                        .getResultStream())
                .collect(Collectors.groupingBy(
                        row -> row.accountId,
                        Collectors.mapping(row -> row.runId + " " + row.status, Collectors.toSet())));
    }

    /** How many runs wait for credits, in the whole database. */
    long countQueued() {
        return count("status = 'queued'");
    }

    /**
     * Some runs, newest first.
     *
     * @param searchedTo the last one read, where not all were
     */
    public record Part(List<RunWithHold> runs, @Nullable Place searchedTo) {}

    /**
     * Newest first. A filter other than by start scans so many runs at a time: none of the others has an index
     * in this order.
     *
     * @param now which of them are given up by then
     */
    public Part list(String accountId, Instant now, Filter filter, int limit) {
        Map<String, Map<String, Object>> started = started(filter);
        Place to = filter.isSearch() ? placeAt(accountId, started, SEARCHED) : null;
        Map<String, Map<String, Object>> conditions = new LinkedHashMap<>(started);
        if (filter.status != null) {
            putStatus(conditions, filter.status, now);
        }
        put(conditions, "projectId", filter.projectId);
        put(conditions, "testId", filter.testId);
        put(conditions, "parentRunId", filter.parentRunId);
        if (to != null) {
            conditions.put(
                    " and (r.startedAt, r.runId) >= (:lastTime, :lastId)",
                    Map.of("lastTime", to.startedAt, "lastId", to.runId));
        }
        return new Part(query(accountId, conditions, ORDER, limit), to);
    }

    private static Map<String, Map<String, Object>> started(Filter filter) {
        Map<String, Map<String, Object>> started = new LinkedHashMap<>();
        if (filter.before != null) {
            started.put(
                    " and (r.startedAt, r.runId) < (:startedAt, :runId)",
                    Map.of("startedAt", filter.before.startedAt, "runId", filter.before.runId));
        }
        if (filter.to != null) {
            started.put(" and r.startedAt < :to", Map.of("to", filter.to));
        }
        if (filter.from != null) {
            started.put(" and r.startedAt >= :from", Map.of("from", filter.from));
        }
        return started;
    }

    /** As it is at an instant, whether or not it was written down that a run is given up. */
    private void putStatus(Map<String, Map<String, Object>> conditions, Run.Status status, Instant now) {
        Map<String, Object> silence = Map.of("seenBy", abandonment.seenBy(now), "now", now);
        switch (status) {
            case RUNNING -> conditions.put(" and r.status = 'running' and not (" + SILENT + ")", silence);
            case QUEUED -> conditions.put(" and r.status = 'queued' and r.queueExpiresAt > :now", Map.of("now", now));
            case HARD_FAILURE ->
                conditions.put(
                        " and (r.status = 'hard_failure' or r.status = 'queued' and r.queueExpiresAt <= :now)",
                        Map.of("now", now));
            case ABANDONED -> conditions.put(" and (r.status = 'abandoned' or " + SILENT + ")", silence);
            default -> put(conditions, "status", status.id());
        }
    }

    /** The run that is so many places further down the list; null: it is not as long. */
    private @Nullable Place placeAt(String accountId, Map<String, Map<String, Object>> started, int runs) {
        SelectionQuery<Place> query = session.createSelectionQuery(
                "select r.startedAt, r.runId from RunRow r where r.accountId = :account"
                        + String.join("", started.keySet())
                        + ORDER,
                Place.class);
        query.setParameter("account", accountId);
        started.values().forEach(values -> values.forEach(query::setParameter));
        return query.setFirstResult(runs - 1).setMaxResults(1).getSingleResultOrNull();
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
