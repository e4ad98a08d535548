package ai.mavster.credits.recharge;

import ai.mavster.credits.checkout.CreditPrices;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recharges' part in each ledger transaction: makes one where what is available has fallen below an account's
 * threshold, and hears what becomes of its payment.
 */
@Singleton
class RechargesParticipant implements Participant {

    private final PaymentGateway.@Nullable Provider provider;
    private final NewRecharges news;
    private final RechargeMetrics metrics;

    RechargesParticipant(Gateways gateways, NewRecharges news, RechargeMetrics metrics) {
        this.provider = gateways.configured().map(PaymentGateway::provider).orElse(null);
        this.news = news;
        this.metrics = metrics;
    }

    /** The price that is in force: needed only where something is bought or shown. */
    record PriceToRead(String accountId) implements Wanted {}

    /** A recharge that no command names. */
    record ToRead(String accountId, RechargeKey key) implements Wanted {}

    /** After the payments: what they order and publish is known. */
    @Override
    public int order() {
        return 720;
    }

    @Override
    public String accountsToSettle() {
        return RechargeTable.ACCOUNTS_TO_LOOK_AT;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        RechargesInBatch state =
                new RechargesInBatch(provider, scope.from(), !scope.commands().isEmpty(), news, metrics);
        RechargeTable.readSettings(reads, scope.accountIds(), state::load);
        Set<RechargeKey> keys = new LinkedHashSet<>(0);
        for (Command<?> command : scope.commands()) {
            if (command instanceof OfRecharge named) {
                keys.add(new RechargeKey(named.accountId(), named.rechargeId()));
            }
        }
        for (Wanted wanted : scope.also()) {
            if (wanted instanceof ToRead of) {
                keys.add(of.key());
            } else if (wanted instanceof PriceToRead of) {
                CreditPrices.read(reads, of.accountId(), scope.from(), price -> state.load(of.accountId(), price));
            }
        }
        keys.forEach(state::lookedFor);
        RechargeTable.readRecharges(reads, keys, state::load);
        return state;
    }
}
