package ai.mavster.credits.operator.account;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.statement.HoldRepository;
import ai.mavster.credits.operator.Lists;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.run.record.Abandonment;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunRepository;
import ai.mavster.credits.run.record.RunWithHold;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an account's runs were allowed and refused, and what is reserved. */
@Singleton
class RunsPage implements OperatorPage {

    /** There are as many as runs are under way. */
    private static final int MOST_HOLDS = 50;

    private final Accounts accounts;
    private final Ledger ledger;
    private final RunRepository runs;
    private final Abandonment abandonment;
    private final HoldRepository holds;
    private final Template template;

    RunsPage(
            Accounts accounts,
            Ledger ledger,
            RunRepository runs,
            Abandonment abandonment,
            HoldRepository holds,
            @Location("operator/runs.html") Template template) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.runs = runs;
        this.abandonment = abandonment;
        this.holds = holds;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get("/operator/accounts/:account_id/runs", this::show);
    }

    private PageAnswer show(Visit visit) {
        String accountId = visit.accountId();
        Accounts.Profile profile = accounts.profile(accountId);
        Instant now = Outcome.await(ledger.read(accountId, AccountView::asOf));
        String status = visit.request().query("status");
        RunRepository.Filter filter = new RunRepository.Filter(
                status == null ? null : status(status), null, null, null, null, null, before(visit.cursor()));
        RunRepository.Part part =
                QuarkusTransaction.requiringNew().call(() -> runs.list(accountId, now, filter, Lists.ROWS + 1));
        List<RunWithHold> shown = part.runs().stream()
                .limit(Lists.ROWS)
                .map(run -> abandonment.asOf(now, run))
                .toList();
        Map<String, @Nullable String> filters = new HashMap<>();
        filters.put("status", status);
        return PageAnswer.of(visit.fill(template)
                .data("profile", profile)
                .data("runs", shown)
                .data("holds", visit.cursor() == null ? holds(accountId, now) : List.of())
                .data("status", status == null ? "" : status)
                .data(
                        "statuses",
                        Arrays.stream(Run.Status.values()).map(EnumId::of).toList())
                .data("next", Lists.next(visit.request().path(), filters, next(part))));
    }

    private List<Hold> holds(String accountId, Instant now) {
        return QuarkusTransaction.requiringNew()
                .call(() -> holds
                        .find("accountId = ?1 and open = true and expiresAt > ?2 order by expiresAt", accountId, now)
                        .page(0, MOST_HOLDS)
                        .list()
                        .stream()
                        .map(row -> row.hold())
                        .toList());
    }

    private static Run.Status status(String id) {
        try {
            return EnumId.parse(Run.Status.class, id);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidInput("status", EnumId.expected(Run.Status.class));
        }
    }

    private static @Nullable String next(RunRepository.Part part) {
        if (part.runs().size() > Lists.ROWS) {
            Run last = part.runs().get(Lists.ROWS - 1).run();
            return Cursor.of(last.startedAt(), List.of(last.runId()));
        }
        RunRepository.Place searched = part.searchedTo();
        return searched == null ? null : Cursor.of(searched.startedAt(), List.of(searched.runId()));
    }

    private static RunRepository.@Nullable Place before(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        Cursor.Place place = Cursor.toPlace(cursor, 1);
        if (!place.ids().get(0).matches(Identifier.PATTERN)) {
            throw new InvalidInput("cursor", "is not a place in this list");
        }
        return new RunRepository.Place(place.time(), place.ids().get(0));
    }
}
