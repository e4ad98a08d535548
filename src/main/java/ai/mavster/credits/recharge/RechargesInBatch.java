package ai.mavster.credits.recharge;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.checkout.CreditPrice;
import ai.mavster.credits.event.Announcement;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentChanged;
import ai.mavster.credits.payment.PaymentGateway.Provider;
import ai.mavster.credits.payment.PaymentsInBatch;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.recharge.RechargeTable.Key;
import ai.mavster.credits.recharge.announced.Announcements;
import ai.mavster.credits.recharge.terms.RechargeDecision;
import ai.mavster.credits.recharge.terms.RechargeDecision.Why;
import ai.mavster.credits.recharge.terms.RechargeSettings;
import ai.mavster.credits.recharge.terms.RechargeState;
import ai.mavster.credits.recharge.terms.RechargeState.Heard;
import ai.mavster.credits.recharge.terms.RechargeStatus;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.subscription.NextGrant;
import ai.mavster.credits.subscription.SubscriptionView;
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

    private final @Nullable Provider provider;
    private final Instant now;
    private final boolean decides;
    private final NewRecharges news;
    private final Map<String, RechargeSettings> settings = new HashMap<>(0);
    private final Map<String, RechargeSettings> changedSettings = new LinkedHashMap<>(0);
    private final Map<String, CreditPrice> prices = new HashMap<>(0);
    private final Set<Key> lookedFor = new HashSet<>(0);
    private final Map<Key, Recharge> recharges = new HashMap<>(0);
    private final Map<Key, Recharge> created = new LinkedHashMap<>(0);
    private final Map<Key, Recharge> changed = new LinkedHashMap<>(0);
    private final Set<Key> ended = new HashSet<>(0);

    /**
     * @param provider who is paid; null: nobody, so nothing is bought
     * @param now the real time
     * @param decides whether anything is to be changed at all
     */
    RechargesInBatch(@Nullable Provider provider, Instant now, boolean decides, NewRecharges news) {
        this.provider = provider;
        this.now = now;
        this.decides = decides;
        this.news = news;
    }

    void load(RechargeSettings ofAccount) {
        settings.put(ofAccount.accountId(), ofAccount);
    }

    void load(String accountId, CreditPrice price) {
        prices.put(accountId, price);
    }

    void lookedFor(Key key) {
        lookedFor.add(key);
    }

    void load(Recharge recharge) {
        recharges.put(Key.of(recharge), recharge);
    }

    RechargeSettings settings(String accountId) {
        RechargeSettings known = settings.get(accountId);
        return known == null ? RechargeSettings.initial(accountId) : known;
    }

    void save(RechargeSettings after) {
        settings.put(after.accountId(), after);
        changedSettings.put(after.accountId(), after);
    }

    @Nullable
    Provider provider() {
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
        Key key = new Key(accountId, rechargeId);
        Recharge recharge = recharges.get(key);
        if (recharge == null && !lookedFor.contains(key)) {
            throw new Participant.NotRead(List.of(new RechargesParticipant.ToRead(accountId, key)));
        }
        return recharge;
    }

    /** Keeps a recharge that is not as it was. */
    void put(Recharge after) {
        Key key = Key.of(after);
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
        } else if (settings.containsKey(account.accountId()) && takes(fact, account)) {
            consider(account);
        }
    }

    /**
     * What an account's owner uses, and time. What is taken back from them is no reason to sell it to them again, and
     * what expires where a renewal is due that grants anew is not missed.
     */
    private static boolean takes(Fact fact, AccountView account) {
        if (fact instanceof Fact.Held held) {
            return held.credits().isPositive();
        }
        if (!(fact instanceof Fact.Posted posted)) {
            return false;
        }
        Posting posting = posted.posting();
        return !posting.credits().isZero()
                && (posting.kind() == PostingKind.DEBIT
                        || (posting.kind() == PostingKind.EXPIRY && !isRenewing(account)));
    }

    private static boolean isRenewing(AccountView account) {
        SubscriptionView subscription = SubscriptionView.of(account);
        NextGrant next = subscription == null ? null : subscription.nextGrant(account);
        return next != null
                && !next.at().isAfter(account.asOf())
                && next.amount().isPositive();
    }

    /** Makes a recharge, if one is to be made. */
    private void consider(AccountView account) {
        RechargeSettings before = settings(account.accountId());
        RechargeDecision decision = RechargeDecision.of(before, situation(account));
        if (decision.why() == null) {
            begin(before, decision, account);
        } else if (decision.why() == Why.ABOVE_LIMIT && !before.counted().in(periodStart(account)).limitReported()) {
            save(before.limitReported(periodStart(account)));
            account.publish(Announcements.limitReached(before, Objects.requireNonNull(decision.credits())));
        }
    }

    private RechargeDecision.Situation situation(AccountView account) {
        return new RechargeDecision.Situation(
                account.available(),
                Credits.ZERO,
                SubscriptionView.of(account) == null ? null : periodStart(account),
                now,
                provider != null,
                () -> code(account.barrier()),
                credits -> price(account.accountId()).of(credits));
    }

    private static Refusal.@Nullable Code code(@Nullable Refusal refusal) {
        return refusal == null ? null : refusal.code();
    }

    /** Of an account that has a subscription. */
    static Instant periodStart(AccountView account) {
        return Objects.requireNonNull(SubscriptionView.of(account))
                .subscription()
                .periodAt(account.asOf())
                .start();
    }

    private void begin(RechargeSettings before, RechargeDecision decision, AccountView account) {
        UUID id = account.nextId();
        Instant period = periodStart(account);
        Recharge recharge = new Recharge(
                account.accountId(),
                id,
                RechargeStatus.CREATED,
                Objects.requireNonNull(decision.credits()),
                before.terms().paymentMethod(),
                period,
                account.asOf(),
                null,
                null);
        Money price = Objects.requireNonNull(decision.price());
        account.inBatch(PaymentsInBatch.class)
                .order(
                        new Purchase(account.accountId(), Purchase.Kind.RECHARGE, id),
                        recharge.credits(),
                        price,
                        Objects.requireNonNull(provider),
                        now);
        created.put(Key.of(recharge), recharge);
        put(recharge);
        save(before.begun(id, recharge.credits(), period));
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
        RechargeSettings now =
                switch (after) {
                    case SUCCEEDED -> ofAccount.succeeded(id, before.status().isFailed() ? before.credits() : null, before.periodStart());
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
            payments.cancel(Objects.requireNonNull(payments.payment(account.accountId(), inFlight)), account);
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
        consider(account);
        return true;
    }

    @Override
    public void write(RoundTrip writes) {
        RechargeTable.write(writes, created.values(), changed.values(), changedSettings.values(), ended, now);
    }

    @Override
    public void committed() {
        if (!created.isEmpty()) {
            news.happened();
        }
    }
}
