package ai.mavster.credits.run.record;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.reading.ListSearch;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.run.record.RunListRepository.Place;
import ai.mavster.credits.run.record.RunListRepository.Started;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A search through the runs of all accounts, each as of its account's time. */
final class RunSearch extends ListSearch<Place, RunWithHold, RunWithHold> {

    private final RunListRepository runs;
    private final Ledger ledger;
    private final Abandonment abandonment;
    private final Filter filter;

    RunSearch(RunListRepository runs, Ledger ledger, Abandonment abandonment, Filter filter) {
        this.runs = runs;
        this.ledger = ledger;
        this.abandonment = abandonment;
        this.filter = filter;
    }

    /**
     * Which runs.
     *
     * @param accountId null: of all
     */
    record Filter(List<Run.Status> statuses, @Nullable String accountId, Started started) {

        /**
         * As what those may be written down that stand there now: one that is given up may still be as running, and one
         * that waits in vain as queued.
         */
        private List<Run.Status> written() {
            Set<Run.Status> written = EnumSet.copyOf(statuses);
            if (statuses.contains(Run.Status.ABANDONED)) {
                written.add(Run.Status.RUNNING);
            }
            if (statuses.contains(Run.Status.HARD_FAILURE)) {
                written.add(Run.Status.QUEUED);
            }
            return List.copyOf(written);
        }

        static Filter of(Query query) {
            List<Run.Status> statuses = query.anyOf("status", Run.Status.class);
            return new Filter(
                    statuses.isEmpty() ? List.of(Run.Status.values()) : statuses,
                    query.matching("account_id", Identifier.PATTERN),
                    new Started(query.instant("from"), query.instant("to")));
        }
    }

    @Override
    protected List<RunWithHold> after(@Nullable Place last) {
        return QuarkusTransaction.requiringNew()
                .call(() -> filter.accountId == null
                        ? runs.byStatus(filter.written(), filter.started, last, SLICE)
                        : runs.byAccount(filter.accountId, filter.started, last, SLICE));
    }

    @Override
    protected Place place(RunWithHold row) {
        return Place.of(row.run());
    }

    @Override
    protected List<Map.Entry<RunWithHold, RunWithHold>> matching(List<RunWithHold> slice) {
        Map<String, CompletionStage<Outcome<Instant>>> times = new HashMap<>();
        for (RunWithHold both : slice) {
            times.computeIfAbsent(both.run().accountId(), accountId -> ledger.read(accountId, AccountView::asOf));
        }
        List<Map.Entry<RunWithHold, RunWithHold>> matching = new ArrayList<>();
        for (RunWithHold both : slice) {
            Instant now =
                    Outcome.await(Objects.requireNonNull(times.get(both.run().accountId())));
            RunWithHold then = abandonment.asOf(now, both);
            if (filter.statuses.contains(then.run().status())) {
                matching.add(Map.entry(both, then));
            }
        }
        return matching;
    }

    @Override
    protected String cursor(Place place) {
        return Cursor.of(place.startedAt(), List.of(place.accountId(), place.runId()));
    }

    /** The place that a cursor names. */
    static @Nullable Place start(Cursor.@Nullable Place cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.ids().stream().allMatch(id -> id.matches(Identifier.PATTERN))) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return new Place(cursor.time(), cursor.ids().get(0), cursor.ids().get(1));
    }
}
