package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Salt;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account of a batch as features see it. */
final class BatchView implements AccountView {

    private static final Credits SMALLEST = new Credits(1);

    private final AccountState account;
    private final Batch batch;

    BatchView(AccountState account, Batch batch) {
        this.account = account;
        this.batch = batch;
    }

    @Override
    public String accountId() {
        return account.accountId();
    }

    @Override
    public Credits balance() {
        return account.balance();
    }

    @Override
    public Credits held() {
        return account.held();
    }

    @Override
    public long seq() {
        return account.seq();
    }

    @Override
    public long seqWhenRead() {
        return account.seqWhenLoaded();
    }

    @Override
    public Instant asOf() {
        return account.asOf();
    }

    @Override
    public boolean isOnTestClock() {
        return account.isOnTestClock();
    }

    @Override
    public ZoneId timeZone() {
        return ZoneId.of(account.timeZone());
    }

    @Override
    public Salt salt() {
        return account.salt();
    }

    @Override
    public @Nullable Credits remaining(UUID grantId) {
        OpenGrant grant = account.open().get(grantId);
        return grant == null ? null : grant.remaining();
    }

    @Override
    public int burnRank(UUID grantId) {
        return account.open().rank(grantId);
    }

    /** All that expires until then, but for what holds need. */
    @Override
    public Credits expiringBy(Instant instant) {
        Credits expiring = Credits.ZERO;
        for (OpenGrant grant : account.unexpired()) {
            if (!grant.isExpired(instant)) {
                break;
            }
            expiring = expiring.plus(grant.remaining());
        }
        return expiring.min(account.available());
    }

    @Override
    public @Nullable Hold hold(UUID holdId) {
        return account.hold(holdId);
    }

    @Override
    public UUID newId() {
        return account.newId();
    }

    @Override
    public UUID nextId() {
        return UuidV7.next(batch.now());
    }

    @Override
    public <B extends Participant.InBatch> B inBatch(Class<B> type) {
        return batch.participant(type);
    }

    @Override
    public @Nullable Refusal refusal(Command.Debit debit) {
        return batch.charged(debit, account).fold((charged, replayed) -> null, refusal -> refusal);
    }

    @Override
    public @Nullable Refusal refusal(Change.Reservation reservation) {
        return batch.refusal(reservation, account);
    }

    @Override
    public Credits spendable(Purpose purpose) {
        Credits all = account.available().max(SMALLEST);
        Command.Debit debit =
                Command.Debit.asked(account.accountId(), all, Command.OnInsufficient.TAKE_AVAILABLE, purpose);
        return batch.charged(debit, account).fold((charged, replayed) -> charged, refusal -> Credits.ZERO);
    }

    @Override
    public void publish(Fact fact) {
        batch.journal().note(account, fact);
    }
}
