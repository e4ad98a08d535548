package ai.mavster.credits.imports;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.http.Elements;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.imports.ImportResource.Imported;
import ai.mavster.credits.imports.ImportResource.Result;
import ai.mavster.credits.imports.ImportResource.Verdict;
import ai.mavster.credits.ledger.Answers;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.GrantKind;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.Outcome;
import ai.mavster.credits.subscription.SubscriptionImport;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Checks accounts that come from another system, and brings them over: all of them through the ledger's lanes at once. */
@Singleton
class Imports {

    private static final Instant EARLIEST_ANCHOR = Instant.parse("2000-01-01T00:00:00Z");

    /** One balance an account, whoever sends it how often. */
    private static final String BALANCE_KEY = "import:balance";

    private static final String ORIGIN = "Brought over from another system";

    private final Accounts accounts;
    private final SubscriptionImport subscriptions;
    private final Ledger ledger;
    private final Answers answers;
    private final Problems problems;
    private final Elements elements;
    private final Clock clock;

    Imports(
            Accounts accounts,
            SubscriptionImport subscriptions,
            Ledger ledger,
            Answers answers,
            Problems problems,
            Elements elements,
            Clock clock) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.ledger = ledger;
        this.answers = answers;
        this.problems = problems;
        this.elements = elements;
        this.clock = clock;
    }

    /** One account of a request: as it was read, or why it cannot be. */
    private record Candidate(
            @Nullable Imported account,
            SubscriptionImport.@Nullable Known plan,
            @Nullable Problem fault) {

        private static Candidate faulty(@Nullable Imported account, Problem fault) {
            return new Candidate(account, null, fault);
        }
    }

    ImportResource.Report bringOver(List<JsonNode> wanted, boolean dryRun, String by) {
        Map<String, SubscriptionImport.Known> plans = subscriptions.plans();
        Set<String> seen = new HashSet<>();
        List<Candidate> candidates =
                wanted.stream().map(element -> candidate(element, plans, seen)).toList();
        Set<String> known = accounts.existing(seen);
        if (!dryRun) {
            create(candidates, known);
        }
        List<CompletionStage<Result>> stages = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Imported account = candidate.account;
            if (account == null || candidate.fault != null) {
                stages.add(CompletableFuture.completedStage(refused(account, candidate.fault)));
            } else {
                boolean isNew = !known.contains(account.accountId());
                stages.add(dryRun ? foretell(account, isNew) : write(account, candidate.plan, isNew, by));
            }
        }
        List<Result> results = stages.stream().map(answers::join).toList();
        return new ImportResource.Report(
                dryRun,
                count(results, Verdict.IMPORTED),
                count(results, Verdict.UNCHANGED),
                count(results, Verdict.REFUSED),
                results);
    }

    private static long count(List<Result> results, Verdict outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    private Candidate candidate(JsonNode element, Map<String, SubscriptionImport.Known> plans, Set<String> seen) {
        Imported account;
        try {
            account = elements.read(element, Imported.class);
        } catch (ProblemException e) {
            return Candidate.faulty(null, e.problem());
        }
        try {
            check(account, plans);
        } catch (ProblemException e) {
            return Candidate.faulty(account, e.problem());
        }
        return seen.add(account.accountId())
                ? new Candidate(account, account.plan() == null ? null : plans.get(account.plan()), null)
                : Candidate.faulty(
                        account,
                        Problems.invalidRequest("account_id", "comes twice").problem());
    }

    private void check(Imported account, Map<String, SubscriptionImport.Known> plans) {
        zone(account);
        if (account.plan() == null) {
            boolean any = account.status() != null
                    || account.anchor() != null
                    || account.cancelAtPeriodEnd() != null
                    || account.monthlyCredits() != null
                    || account.monthlyBalance() != null;
            require(!any, "plan", "is required where there is anything of a subscription");
            return;
        }
        require(plans.containsKey(account.plan()), "plan", "must be a plan that there is: GET /v1/plans lists them");
        require(account.status() != null, "status", "is required with a plan");
        Instant anchor = account.anchor();
        require(anchor != null, "anchor", "is required with a plan");
        require(
                anchor != null && !anchor.isBefore(EARLIEST_ANCHOR) && !anchor.isAfter(clock.instant()),
                "anchor",
                "must lie between " + EARLIEST_ANCHOR + " and now");
    }

    private static void require(boolean condition, String field, String message) {
        if (!condition) {
            throw Problems.invalidRequest(field, message);
        }
    }

    private static ZoneId zone(Imported account) {
        try {
            return ZoneId.of(account.timeZone() == null ? "UTC" : account.timeZone());
        } catch (DateTimeException e) {
            throw Problems.invalidRequest("time_zone", "must be a time zone's IANA name, such as Europe/Berlin");
        }
    }

    private void create(List<Candidate> candidates, Set<String> known) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Accounts.Profile> fresh = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Imported account = candidate.account;
            if (account != null && candidate.fault == null && !known.contains(account.accountId())) {
                fresh.add(new Accounts.Profile(
                        account.accountId(),
                        account.name(),
                        account.billingEmail(),
                        zone(account).getId()));
            }
        }
        QuarkusTransaction.requiringNew().run(() -> accounts.create(fresh, now));
    }

    private CompletionStage<Result> foretell(Imported account, boolean isNew) {
        if (isNew) {
            return CompletableFuture.completedStage(result(account, true, false));
        }
        return ledger.look(account.accountId(), SubscriptionImport::isSubscribed)
                .thenApply(looked -> looked.fold(
                        (subscribed, replayed) -> result(account, account.plan() != null && !subscribed, subscribed),
                        refusal -> refused(account, refusal)));
    }

    private CompletionStage<Result> write(
            Imported account, SubscriptionImport.@Nullable Known plan, boolean isNew, String by) {
        return credit(account)
                .thenCompose(credited -> credited.fold(
                        (isCredited, replayed) -> subscribe(account, plan, by)
                                .thenApply(subscribed -> subscribed.fold(
                                        (isSubscribed, again) ->
                                                result(account, isNew || isCredited || isSubscribed, !isSubscribed),
                                        refusal -> refused(account, refusal))),
                        refusal -> CompletableFuture.completedStage(refused(account, refusal))));
    }

    /** Whether it was credited just now. */
    private CompletionStage<Outcome<Boolean>> credit(Imported account) {
        if (account.balance() == null) {
            return CompletableFuture.completedStage(Outcome.accepted(false));
        }
        Command.Grant grant = new Command.Grant(
                account.accountId(), BALANCE_KEY, GrantKind.ADJUSTMENT, account.balance(), null, null, ORIGIN);
        return ledger.submit(grant).thenApply(outcome -> outcome.map((posting, replayed) -> !replayed));
    }

    /** Whether it was subscribed just now. */
    private CompletionStage<Outcome<Boolean>> subscribe(
            Imported account, SubscriptionImport.@Nullable Known plan, String by) {
        if (plan == null || account.status() == null || account.anchor() == null) {
            return CompletableFuture.completedStage(Outcome.accepted(false));
        }
        SubscriptionImport.Wish wish = new SubscriptionImport.Wish(
                account.accountId(),
                account.status(),
                account.anchor(),
                zone(account),
                Boolean.TRUE.equals(account.cancelAtPeriodEnd()),
                account.monthlyCredits(),
                account.monthlyBalance());
        return ledger.submit(subscriptions.command(wish, plan, by, ORIGIN));
    }

    private static Result result(Imported account, boolean changes, boolean keeps) {
        return new Result(
                account.accountId(),
                changes ? Verdict.IMPORTED : Verdict.UNCHANGED,
                changes && keeps && account.plan() != null
                        ? "It has a subscription already, which stays as it is."
                        : null,
                null);
    }

    private Result refused(Imported account, Refusal refusal) {
        return refused(
                account,
                refusal.code() == Refusal.Code.IDEMPOTENCY_KEY_REUSED
                        ? Problems.invalidRequest("balance", "was brought over before, as another amount")
                                .problem()
                        : problems.of(refusal));
    }

    private static Result refused(@Nullable Imported account, @Nullable Problem problem) {
        return new Result(account == null ? null : account.accountId(), Verdict.REFUSED, null, problem);
    }
}
