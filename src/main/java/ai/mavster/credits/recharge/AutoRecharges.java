package ai.mavster.credits.recharge;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Money;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.checkout.CreditPrice;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.recharge.terms.RechargeCost;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import ai.mavster.credits.recharge.terms.RechargeTerms;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How accounts are recharged, for their owners: all of it blocks. */
@Singleton
public class AutoRecharges {

    private final Ledger ledger;
    private final RechargeRepository recharges;

    AutoRecharges(Ledger ledger, RechargeRepository recharges) {
        this.ledger = ledger;
        this.recharges = recharges;
    }

    /**
     * As it is now.
     *
     * @param cost the most it may cost; null: something is not set
     */
    public record Present(AutoRecharge settings, @Nullable RechargeCost cost) {}

    public Present present(String accountId) {
        PutRechargeSettings.Done now = Outcome.await(ledger.read(accountId, PutRechargeSettings.Done::of));
        return new Present(now.autoRecharge(), now.cost());
    }

    /**
     * What was bought, or tried to.
     *
     * @param confirmationUrl where the customer confirms it; null: that is not needed
     */
    public record Made(
            RechargeStatus status,
            Credits credits,
            Money price,
            @Nullable String declineCode,
            @Nullable String confirmationUrl,
            Instant at) {}

    /** The last ones, the newest first. */
    public List<Made> newestFirst(String accountId, int most) {
        return QuarkusTransaction.requiringNew()
                .call(() -> recharges.newestFirst(accountId, null, most).stream()
                        .map(AutoRecharges::made)
                        .toList());
    }

    private static Made made(RechargeRepository.Paid paid) {
        RechargeRow recharge = paid.recharge();
        RechargePaymentRow payment = paid.payment();
        RechargeStatus status = EnumId.parse(RechargeStatus.class, recharge.status);
        return new Made(
                status,
                new Credits(recharge.credits),
                new Money(payment.amount, payment.currency),
                payment.declineCode,
                status == RechargeStatus.CONFIRMATION_NEEDED ? payment.confirmationUrl : null,
                recharge.createdAt);
    }

    /**
     * What these terms may cost at most, by the price that is in force. Changes nothing.
     *
     * @throws InvalidInput on the field that does not fit, or has no price
     */
    public RechargeCost cost(String accountId, RechargeTerms terms) {
        terms.require(true);
        CreditPrice price = Outcome.await(ledger.read(
                accountId, account -> account.inBatch(RechargesInBatch.class).price(accountId)));
        PutRechargeSettings.requirePriced(terms, price);
        RechargeCost cost = RechargeCost.of(terms, price.credits(), price.amount());
        if (cost == null) {
            throw new InvalidInput("limit_per_period", "must cost an amount of money");
        }
        return cost;
    }

    /**
     * Switches it on, on these terms.
     *
     * @throws InvalidInput on the field that does not fit
     * @throws RefusalException if there is no payment provider, or the account is closed
     */
    public void switchOn(String accountId, RechargeTerms terms) {
        Outcome.await(ledger.submit(new PutRechargeSettings(
                accountId,
                true,
                Optional.ofNullable(terms.threshold()),
                Optional.ofNullable(terms.creditsToAdd()),
                Optional.ofNullable(terms.topUpTo()),
                Optional.ofNullable(terms.limitPerPeriod()),
                Optional.ofNullable(terms.paymentMethod()))));
    }

    /** Switches it off; what was set stays for the next time. */
    public void switchOff(String accountId) {
        Outcome.await(ledger.submit(new PutRechargeSettings(accountId, false, null, null, null, null, null)));
    }
}
