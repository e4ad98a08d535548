package ai.mavster.credits.run.record;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.SelectionQuery;
import org.jspecify.annotations.Nullable;

/** Reads the runs of all accounts, by their start, the newest first, a few at a time. */
@Singleton
public class RunListRepository implements PanacheRepositoryBase<RunRow, RunRow.Key> {

    private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final String SELECT = """
            select r, h from RunRow r left join HoldRow h on h.accountId = r.accountId and h.holdId = r.holdId
            where r.%s = :value and r.startedAt >= :from and r.startedAt < :to
                and (r.startedAt, r.accountId, r.runId) < (:at, :account, :run)
            order by r.startedAt desc, r.accountId desc, r.runId desc""";

    private static final Comparator<RunWithHold> NEWEST_FIRST = Comparator.comparing(
                    (RunWithHold both) -> both.run().startedAt())
            .thenComparing(both -> both.run().accountId())
            .thenComparing(both -> both.run().runId())
            .reversed();

    private final Session session;

    RunListRepository(Session session) {
        this.session = session;
    }

    /** A run's place in the list. */
    public record Place(Instant startedAt, String accountId, String runId) {

        public static Place of(Run run) {
            return new Place(run.startedAt(), run.accountId(), run.runId());
        }
    }

    /**
     * When they started.
     *
     * @param from belongs to it, {@code to} does not; null: any time
     */
    public record Started(@Nullable Instant from, @Nullable Instant to) {}

    /** Those of all accounts that stand in one of these, as it was written last. */
    public List<RunWithHold> byStatus(List<Run.Status> statuses, Started started, @Nullable Place after, int limit) {
        return statuses.stream()
                .flatMap(status -> some("status", status.id(), started, after, limit).stream())
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .toList();
    }

    /** Those of one account, wherever they stand. */
    public List<RunWithHold> byAccount(String accountId, Started started, @Nullable Place after, int limit) {
        return some("accountId", accountId, started, after, limit);
    }

    private List<RunWithHold> some(String field, String value, Started started, @Nullable Place after, int limit) {
        SelectionQuery<RunRepository.Found> query =
                session.createSelectionQuery(SELECT.formatted(field), RunRepository.Found.class);
        return query
                .setParameter("value", value)
                .setParameter("from", started.from == null ? BEGINNING : started.from)
                .setParameter("to", started.to == null ? END : started.to)
                .setParameter("at", after == null ? END : after.startedAt)
                .setParameter("account", after == null ? "" : after.accountId)
                .setParameter("run", after == null ? "" : after.runId)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(RunRepository.Found::both)
                .toList();
    }
}
