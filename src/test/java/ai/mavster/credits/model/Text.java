package ai.mavster.credits.model;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.account.AccountSummary;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Texts;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.PutSubscription;
import ai.mavster.credits.subscription.RenewSubscription;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers as text, so that the kernel's and the reference's can be compared and read. Grants are named by the entry
 * that posted them.
 */
final class Text {

    private Text() {}

    static String credits(long millionths) {
        return new Credits(millionths).toString();
    }

    static String entry(String posting, long seq, long grant, long credits, long balanceAfter) {
        return "%s %d: #%d %+d -> %d".formatted(posting, seq, grant, credits, balanceAfter);
    }

    static String posting(
            String kind,
            long asked,
            long moved,
            long captured,
            long balance,
            long held,
            long owed,
            List<String> entries) {
        return posting(kind, asked, moved, captured, balances(balance, held, balance - held, owed), entries);
    }

    private static String posting(
            String kind, long asked, long moved, long captured, String balances, List<String> entries) {
        return "%s of %s moved %s, %s of it from holds, %s, entries %s"
                .formatted(kind, credits(asked), credits(moved), credits(captured), balances, entries);
    }

    private static String balances(long balance, long held, long available, long owed) {
        return "balance %s, held %s, available %s, owed %s"
                .formatted(credits(balance), credits(held), credits(available), credits(owed));
    }

    static String posting(Posting posting, boolean replayed, Function<UUID, Long> grants) {
        String kind = posting.kind().id();
        return posting(
                        kind,
                        posting.requested().millionths(),
                        posting.credits().millionths(),
                        posting.captured().millionths(),
                        balances(
                                posting.balance().millionths(),
                                posting.held().millionths(),
                                posting.available().millionths(),
                                posting.owed().millionths()),
                        posting.entries().stream()
                                .map(entry -> entry(
                                        kind,
                                        entry.seq(),
                                        grants.apply(entry.grantId()),
                                        entry.credits().millionths(),
                                        entry.balanceAfter().millionths()))
                                .toList())
                + beside(posting.texts(), posting.amount(), posting.author())
                + (replayed ? " again" : "");
    }

    /** What is told with a posting, and moves nothing. */
    static String beside(Texts texts, @Nullable Money amount, Author author) {
        return ", with %s for %s by %s".formatted(texts, amount, author);
    }

    static String refusal(Refusal refusal) {
        Map<String, Object> members = new TreeMap<>(refusal.members());
        members.computeIfPresent("next_grant", (name, next) -> next((NextGrant) next));
        if (members.containsKey("next_grant") && members.get("next_grant") == null) {
            members.put("next_grant", next(null));
        }
        return "refused " + refusal.code()
                + members.toString().replace('{', '[').replace('}', ']').replaceFirst("^", " ")
                + (refusal.wayOut() == null ? "" : " until " + refusal.wayOut().retryableAfter());
    }

    /** What could not be asked for; anything else is a failure of the test. */
    static String invalid(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof InvalidInput invalid) {
            return "invalid " + invalid.field();
        }
        throw new AssertionError(failure);
    }

    static String row(long entries, long balance, long held, long owed, @Nullable Instant closedAt) {
        return "%d entries, %d of which %d held, %d owed%s"
                .formatted(entries, balance, held, owed, closedAt == null ? "" : ", closed " + closedAt);
    }

    static String figures(String outcome, long granted, long withheld, long balance, @Nullable Long cap) {
        return "%s %s, %s withheld at %s under %s"
                .formatted(
                        outcome,
                        credits(granted),
                        credits(withheld),
                        credits(balance),
                        cap == null ? "no cap" : credits(cap));
    }

    static String changed(PutSubscription.Done done) {
        return done.view() == null
                ? "first the " + done.missing()
                : subscription(done.view().subscription());
    }

    static String subscription(Subscription subscription) {
        return subscription(
                subscription.terms().plan().planId(),
                subscription.status().id(),
                subscription.anchor(),
                subscription.zone().getId(),
                subscription.period(),
                subscription.cancelAtPeriodEnd(),
                subscription.granted() == null ? null : subscription.granted().until(),
                subscription.granted() == null
                        ? 0
                        : subscription.granted().allotment().millionths(),
                subscription.granted() != null && subscription.granted().forTrial(),
                millionths(subscription.terms().own()),
                subscription.nextTerms() == null
                        ? null
                        : subscription.nextTerms().plan().planId(),
                subscription.nextTerms() == null
                        ? null
                        : millionths(subscription.nextTerms().own()),
                subscription.billedFrom());
    }

    private static @Nullable Long millionths(@Nullable Credits credits) {
        return credits == null ? null : credits.millionths();
    }

    static String change(
            String kind,
            Instant at,
            @Nullable String previousPlan,
            @Nullable String previousStatus,
            String plan,
            @Nullable Long own,
            @Nullable String nextPlan,
            String status,
            boolean ends,
            long granted,
            long withheld) {
        return "%s at %s: %s %s, now %s of %s %s%s, next %s; granted %d, withheld %d"
                .formatted(
                        kind,
                        at,
                        previousPlan,
                        previousStatus,
                        plan,
                        own,
                        status,
                        ends ? ", then ends" : "",
                        nextPlan,
                        granted,
                        withheld);
    }

    static String subscription(
            String plan,
            String status,
            Instant anchor,
            String zone,
            Period period,
            boolean ends,
            @Nullable Instant grantedUntil,
            long grantedFor,
            boolean grantedAsTrial,
            @Nullable Long own,
            @Nullable String nextPlan,
            @Nullable Long nextOwn,
            int billedFrom) {
        return "%s %s from %s in %s, period %d from %s to %s%s, granted until %s for %d%s, own %s, next %s %s, billed from %d"
                .formatted(
                        plan,
                        status,
                        anchor,
                        zone,
                        period.index(),
                        period.start(),
                        period.end(),
                        ends ? ", then ends" : "",
                        grantedUntil,
                        grantedFor,
                        grantedAsTrial ? " as a trial" : "",
                        own,
                        nextPlan,
                        nextOwn,
                        billedFrom);
    }

    static String renewed(RenewSubscription.Done renewed) {
        MonthlyGrant grant = renewed.grant();
        String what = renewed.due() != SubscriptionDecision.Due.RENEWAL
                ? ""
                : grant == null
                        ? " of granted time"
                        : " "
                                + figures(
                                        grant.result().name().toLowerCase(Locale.ROOT),
                                        grant.granted().millionths(),
                                        grant.withheld().millionths(),
                                        grant.balance().millionths(),
                                        grant.cap() == null ? null : grant.cap().millionths());
        return renewed.due() + what + (renewed.more() ? " and more" : "");
    }

    /**
     * What a read shows of an account.
     *
     * @param next the coming renewal
     */
    static String overview(
            long balance, long held, long owed, long spendable, @Nullable String blockedBy, String next) {
        return overview(balances(balance, held, balance - held, owed), spendable, blockedBy, next);
    }

    private static String overview(String balances, long spendable, @Nullable String blockedBy, String next) {
        return "%s, spendable %s, blocked by %s, next %s".formatted(balances, credits(spendable), blockedBy, next);
    }

    static String overview(AccountSummary overview) {
        return overview(
                balances(
                        overview.balance().millionths(),
                        overview.held().millionths(),
                        overview.available().millionths(),
                        overview.owed().millionths()),
                overview.spendable().millionths(),
                overview.blockedBy() == null ? null : overview.blockedBy().name(),
                next(overview.nextGrant()));
    }

    private static String next(@Nullable NextGrant next) {
        return next == null
                ? "none"
                : next(
                        next.at(),
                        next.amount().millionths(),
                        next.outcome(),
                        next.withheld().millionths(),
                        millionths(next.useFirst()));
    }

    static String next(Instant at, long granted, String outcome, long withheld, @Nullable Long useFirst) {
        return "%s %d %s, %d withheld unless %d are used first".formatted(at, granted, outcome, withheld, useFirst);
    }
}
