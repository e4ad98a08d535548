package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.subscription.terms.MonthlyGrant;
import ai.mavster.credits.subscription.terms.Subscription;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The coming renewal, if the balance stays as it is.
 *
 * @param outcome full, partial or skipped; skipped also where its period lies in time that has been granted already
 * @param withheld what it falls short of the allotment by
 * @param reason why that much; as the renewal will have it
 * @param useFirst what must be spent before for it to be whole; null: nothing can make it whole
 */
@Schema(name = "NextGrant", description = "The coming renewal, if the balance stays as it is.")
public record NextGrant(
        @Schema(examples = "2026-12-21T18:39:00Z") Instant at,

        @Schema(examples = "2500") Credits amount,

        @Schema(
                enumeration = {"full", "partial", "skipped"},
                examples = "partial")
        String outcome,

        @Schema(description = "What the cap keeps back; never made up.", examples = "500")
        Credits withheld,

        @Schema(
                description =
                        "Why that much: already_granted where its period lies in time that has been granted before, and the reasons of a"
                                + " renewal.",
                enumeration = {
                    "within_cap",
                    "filled_up_to_cap",
                    "at_or_above_cap",
                    "no_cap",
                    "trial_granted_before",
                    "already_granted"
                },
                examples = "filled_up_to_cap")
        String reason,

        @Schema(
                description =
                        "What must be spent before then for it to be whole, 0 if it is; null: nothing can make it whole.",
                examples = "500")
        @Nullable
        Credits useFirst) {

    static @Nullable NextGrant of(SubscriptionView view, AccountView account) {
        Instant at = view.subscription().period().end();
        return of(view, account.balance().minus(account.expiringBy(at)));
    }

    /**
     * @param balanceThen what there is at the period's end if nothing is spent until then
     */
    static @Nullable NextGrant of(SubscriptionView view, Credits balanceThen) {
        Subscription subscription = view.subscription();
        Instant at = subscription.period().end();
        if (!view.status().isRunning() || subscription.endsWithPeriod()) {
            return null;
        }
        if (!subscription.isUngrantedFrom(at)) {
            return new NextGrant(
                    at, Credits.ZERO, MonthlyGrant.Result.SKIPPED.id(), Credits.ZERO, "already_granted", null);
        }
        Subscription then = subscription.enteringNext(view.asOf());
        MonthlyGrant grant = MonthlyGrant.of(then, balanceThen);
        return new NextGrant(
                at, grant.granted(), grant.result().id(), grant.withheld(), grant.reason(), grant.useFirst());
    }
}
