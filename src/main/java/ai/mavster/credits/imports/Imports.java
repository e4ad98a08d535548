package ai.mavster.credits.imports;

import ai.mavster.credits.Author;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.account.AccountRepository;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Texts;
import ai.mavster.credits.subscription.SubscriptionImport;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Checks accounts that come from another system, and brings them over: all of them through the ledger's lanes at once.
 */
@Singleton
class Imports {

    private static final Instant EARLIEST_ANCHOR = Instant.parse("2000-01-01T00:00:00Z");

    /** One balance an account, however often it is sent and by whom. */
    private static final String BALANCE_KEY = "import:balance";

    private static final String ORIGIN = "Brought over from another system";

    private final AccountRepository accounts;
    private final SubscriptionImport subscriptions;
    private final Ledger ledger;
    private final Clock clock;

    Imports(AccountRepository accounts, SubscriptionImport subscriptions, Ledger ledger, Clock clock) {
        this.accounts = accounts;
        this.subscriptions = subscriptions;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** One account of a request: as it was read, or why it could not be. */
    record Element(
            @Nullable ImportedAccount account, @Nullable RuntimeException fault) {}

    /** What became of one account. */
    @Schema(name = "ImportOutcome")
    enum Verdict {
        IMPORTED,
        UNCHANGED,
        REFUSED
    }

    /**
     * What became of one account, and why.
     *
     * @param accountId null: it could not be read
     * @param note what was left as it is
     * @param fault why it was refused
     */
    record Result(
            @Nullable String accountId,
            Verdict outcome,
            @Nullable String note,
            @Nullable RuntimeException fault) {}

    /** One account that was checked. */
    private record Candidate(
            @Nullable ImportedAccount account, @Nullable RuntimeException fault) {}

    /** In the order of the elements. One that is refused holds up no other. */
    List<Result> bringOver(List<Element> elements, boolean dryRun, Author by) {
        Set<String> plans = subscriptions.planIds();
        Set<String> seen = new HashSet<>();
        List<Candidate> candidates = elements.stream()
                .map(element -> candidate(element, plans, seen))
                .toList();
        Set<String> known = QuarkusTransaction.requiringNew().call(() -> accounts.existing(seen));
        if (!dryRun) {
            create(candidates, known);
        }
        List<CompletionStage<Result>> stages = new ArrayList<>();
        for (Candidate candidate : candidates) {
            ImportedAccount account = candidate.account;
            if (account == null || candidate.fault != null) {
                stages.add(CompletableFuture.completedStage(refused(account, candidate.fault)));
            } else {
                boolean isNew = !known.contains(account.accountId());
                stages.add(dryRun ? foretell(account, isNew) : write(account, isNew, by));
            }
        }
        return stages.stream().map(Outcome::join).toList();
    }

    private Candidate candidate(Element element, Set<String> plans, Set<String> seen) {
        ImportedAccount account = element.account;
        if (account == null) {
            return new Candidate(null, element.fault);
        }
        try {
            check(account, plans);
            require(seen.add(account.accountId()), "account_id", "comes twice");
            return new Candidate(account, null);
        } catch (InvalidInput e) {
            return new Candidate(account, e);
        }
    }

    private void check(ImportedAccount account, Set<String> plans) {
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
        require(plans.contains(account.plan()), "plan", "must be a plan that there is: GET /v1/plans lists them");
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
            throw new InvalidInput(field, message);
        }
    }

    private static ZoneId zone(ImportedAccount account) {
        try {
            return ZoneId.of(account.timeZone() == null ? "UTC" : account.timeZone());
        } catch (DateTimeException e) {
            throw new InvalidInput("time_zone", "must be a time zone's IANA name, such as Europe/Berlin");
        }
    }

    private void create(List<Candidate> candidates, Set<String> known) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<AccountRepository.Profile> fresh = new ArrayList<>();
        for (Candidate candidate : candidates) {
            ImportedAccount account = candidate.account;
            if (account != null && candidate.fault == null && !known.contains(account.accountId())) {
                fresh.add(new AccountRepository.Profile(
                        account.accountId(), account.name(), account.billingEmail(), zone(account), null));
            }
        }
        QuarkusTransaction.requiringNew().run(() -> accounts.create(fresh, now));
    }

    private CompletionStage<Result> foretell(ImportedAccount account, boolean isNew) {
        if (isNew) {
            return CompletableFuture.completedStage(result(account, true, false));
        }
        return ledger.read(account.accountId(), SubscriptionImport::isSubscribed)
                .thenApply(read -> read.fold(
                        (subscribed, replayed) -> result(account, account.plan() != null && !subscribed, subscribed),
                        refusal -> refused(account, refusal)));
    }

    private CompletionStage<Result> write(ImportedAccount account, boolean isNew, Author by) {
        return credit(account, by)
                .thenCompose(credited -> credited.fold(
                        (isCredited, replayed) -> subscribe(account, by)
                                .thenApply(subscribed -> subscribed.fold(
                                        (isSubscribed, again) ->
                                                result(account, isNew || isCredited || isSubscribed, !isSubscribed),
                                        refusal -> refused(account, refusal))),
                        refusal -> CompletableFuture.completedStage(refused(account, refusal))));
    }

    /** Whether it was credited just now. */
    private CompletionStage<Outcome<Boolean>> credit(ImportedAccount account, Author by) {
        if (account.balance() == null || account.balance().isZero()) {
            return CompletableFuture.completedStage(Outcome.accepted(false));
        }
        Command.Grant grant = new Command.Grant(
                account.accountId(),
                BALANCE_KEY,
                GrantKind.ADJUSTMENT,
                account.balance(),
                null,
                null,
                false,
                Texts.note(ORIGIN),
                by);
        return ledger.submit(grant).thenApply(outcome -> outcome.map((posting, replayed) -> !replayed));
    }

    /** Whether it was subscribed just now. */
    private CompletionStage<Outcome<Boolean>> subscribe(ImportedAccount account, Author by) {
        if (account.plan() == null || account.status() == null || account.anchor() == null) {
            return CompletableFuture.completedStage(Outcome.accepted(false));
        }
        SubscriptionImport.Request request = new SubscriptionImport.Request(
                account.accountId(),
                account.plan(),
                account.status(),
                account.anchor(),
                zone(account),
                Boolean.TRUE.equals(account.cancelAtPeriodEnd()),
                account.monthlyCredits(),
                account.monthlyBalance());
        return ledger.submit(subscriptions.command(request, by, ORIGIN));
    }

    private static Result result(ImportedAccount account, boolean changes, boolean keeps) {
        return new Result(
                account.accountId(),
                changes ? Verdict.IMPORTED : Verdict.UNCHANGED,
                changes && keeps && account.plan() != null
                        ? "It has a subscription already, which stays as it is."
                        : null,
                null);
    }

    private static Result refused(ImportedAccount account, Refusal refusal) {
        return refused(
                account,
                refusal.code() == Refusal.Code.IDEMPOTENCY_KEY_REUSED
                        ? new InvalidInput("balance", "was brought over before, as another amount")
                        : new RefusalException(refusal));
    }

    private static Result refused(@Nullable ImportedAccount account, @Nullable RuntimeException fault) {
        return new Result(account == null ? null : account.accountId(), Verdict.REFUSED, null, fault);
    }
}
