package ai.mavster.credits.recharge;

import ai.mavster.credits.checkout.CreditPrice;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentChanged;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.PaymentsInBatch;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.recharge.announced.Announcements;
import ai.mavster.credits.recharge.terms.RechargeSettings;
import ai.mavster.credits.recharge.terms.RechargeState;
import ai.mavster.credits.recharge.terms.RechargeState.Heard;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import ai.mavster.credits.sql.RoundTrip;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The recharges of one batch: which are made in it, and what becomes of others. */
final class RechargesInBatch implements Participant.InBatch {

    private final PaymentGateway.@Nullable Provider provider;
    private final Instant now;
    private final boolean decides;
    private final NewRecharges news;
    private final RechargeMetrics metrics;
    private final Map<String, RechargeSettings> settings = new HashMap<>(0);
    private final Map<String, RechargeSettings> changedSettings = new LinkedHashMap<>(0);
    private final Map<String, CreditPrice> prices = new HashMap<>(0);
    private final Set<RechargeKey> lookedFor = new HashSet<>(0);
    private final Map<RechargeKey, Recharge> recharges = new HashMap<>(0);
    private final Map<RechargeKey, Recharge> created = new LinkedHashMap<>(0);
    private final Map<RechargeKey, Recharge> changed = new LinkedHashMap<>(0);
    private final Set<RechargeKey> ended = new HashSet<>(0);

    /**
     * @param provider who is paid; null: nobody, so nothing is bought
     * @param now the real time
     * @param decides whether anything is to be changed at all
     */
    RechargesInBatch(
            PaymentGateway.@Nullable Provider provider,
            Instant now,
            boolean decides,
            NewRecharges news,
            RechargeMetrics metrics) {
        this.provider = provider;
        this.now = now;
        this.decides = decides;
        this.news = news;
        this.metrics = metrics;
    }

    void load(RechargeSettings ofAccount) {
        settings.put(ofAccount.accountId(), ofAccount);
    }

    void load(String accountId, CreditPrice price) {
        prices.put(accountId, price);
    }

    void lookedFor(RechargeKey key) {
        lookedFor.add(key);
    }

    void load(Recharge recharge) {
        recharges.put(RechargeKey.of(recharge), recharge);
    }

    RechargeSettings settings(String accountId) {
        RechargeSettings known = settings.get(accountId);
        return known == null ? RechargeSettings.initial(accountId) : known;
    }

    void save(RechargeSettings after) {
        settings.put(after.accountId(), after);
        changedSettings.put(after.accountId(), after);
    }

    PaymentGateway.@Nullable Provider provider() {
        return provider;
    }

    /** The real time. */
    Instant now() {
        return now;
    }

    CreditPrice price(String accountId) {
        CreditPrice price = prices.get(accountId);
        if (price == null) {
            throw new Participant.NotRead(List.of(new RechargesParticipant.PriceToRead(accountId)));
        }
        return price;
    }

    /** Null: the account has none of this id. */
    @Nullable
    Recharge recharge(String accountId, UUID rechargeId) {
        RechargeKey key = new RechargeKey(accountId, rechargeId);
        Recharge recharge = recharges.get(key);
        if (recharge == null && !lookedFor.contains(key)) {
            throw new Participant.NotRead(List.of(new RechargesParticipant.ToRead(accountId, key)));
        }
        return recharge;
    }

    /** Keeps a recharge that is not as it was. */
    void put(Recharge after) {
        RechargeKey key = RechargeKey.of(after);
        recharges.put(key, after);
        (created.containsKey(key) ? created : changed).put(key, after);
        if (after.endedAt() != null) {
            ended.add(key);
        }
    }

    @Override
    public void hear(Fact fact, AccountView account) {
        if (!decides) {
            return;
        }
        if (fact instanceof PaymentChanged payment) {
            if (payment.payment().purchase().kind() == Purchase.Kind.RECHARGE) {
                heard(payment.payment(), account);
            }
        } else if (fact instanceof Fact.Closed) {
            closed(account);
        } else if (settings.containsKey(account.accountId()) && RechargeTrigger.takes(fact, account)) {
            RechargeTrigger.consider(this, account);
        }
    }

    /** A recharge is made: it is in flight until it has ended. */
    void begin(Recharge recharge, RechargeSettings after) {
        created.put(RechargeKey.of(recharge), recharge);
        put(recharge);
        save(after);
    }

    private void heard(Payment payment, AccountView account) {
        Recharge before = recharge(account.accountId(), payment.paymentId());
        if (before == null) {
            return;
        }
        RechargeStatus after = RechargeState.after(before.status(), heard(payment.status()));
        if (after != before.status()) {
            put(before.at(after, account.asOf()));
            RechargeSettings left = settle(before, after);
            Announcement news = Announcements.of(after, payment, left, account);
            if (news != null) {
                account.publish(news);
            }
        }
    }

    private static Heard heard(Payment.Status status) {
        return switch (status) {
            case PENDING -> Heard.PENDING;
            case CONFIRMATION_NEEDED -> Heard.CONFIRMATION_NEEDED;
            case PAID -> Heard.PAID;
            case UNCREDITED -> Heard.PAID_UNCREDITED;
            case FAILED -> Heard.DECLINED;
            case CANCELED -> Heard.CANCELED;
        };
    }

    /** What the settings come to where a recharge has ended. */
    private RechargeSettings settle(Recharge before, RechargeStatus after) {
        RechargeSettings ofAccount = settings(before.accountId());
        if (after.isOpen()) {
            return ofAccount;
        }
        UUID id = before.rechargeId();
        RechargeSettings now = switch (after) {
            case SUCCEEDED ->
                ofAccount.succeeded(id, before.status().isFailed() ? before.credits() : null, before.periodStart());
            case UNCREDITED -> ofAccount.uncredited(id);
            default -> ofAccount.failed(id, before.credits(), before.periodStart(), this.now);
        };
        save(now);
        return now;
    }

    /** What the provider was never asked for ends at once; of all else it is found out what becomes of it. */
    private void closed(AccountView account) {
        RechargeSettings before = settings.get(account.accountId());
        if (before == null || (!before.enabled() && before.inFlight() == null)) {
            return;
        }
        save(before.closed());
        UUID inFlight = before.inFlight();
        Recharge recharge = inFlight == null ? null : recharge(account.accountId(), inFlight);
        if (recharge != null && recharge.status() == RechargeStatus.CREATED) {
            PaymentsInBatch payments = account.inBatch(PaymentsInBatch.class);
            payments.cancel(
                    Objects.requireNonNull(payments.payment(account.accountId(), recharge.rechargeId())), account);
        }
    }

    /** Where waiting after failures is over a recharge may be due. */
    @Override
    public boolean settle(AccountView account) {
        RechargeSettings before = settings.get(account.accountId());
        if (before == null || !before.isPauseOver(now)) {
            return false;
        }
        save(before.resumed());
        RechargeTrigger.consider(this, account);
        return true;
    }

    @Override
    public void write(RoundTrip writes) {
        RechargeTable.write(writes, created.values(), changed.values(), changedSettings.values(), ended, now);
    }

    @Override
    public void committed() {
        ended.forEach(
                key -> metrics.ended(Objects.requireNonNull(recharges.get(key)).status()));
        if (!created.isEmpty()) {
            news.happened();
        }
    }
}
