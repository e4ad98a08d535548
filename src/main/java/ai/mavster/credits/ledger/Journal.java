package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what was decided into postings with ids, places and hashes, applies them to the accounts, and keeps them for writing. */
final class Journal {

    private final Instant now;
    private final List<Posting> postings = new ArrayList<>();
    private final List<Opened> opened = new ArrayList<>();

    Journal(Instant now) {
        this.now = now;
    }

    /** A grant that this batch made. */
    record Opened(Command.Grant command, UUID grantId, Instant at) {}

    Instant now() {
        return now;
    }

    List<Posting> postings() {
        return postings;
    }

    List<Opened> opened() {
        return opened;
    }

    Posting post(AccountState account, Command.Debit debit, Decision.Effect effect) {
        account.reserve(effect.captured().negated());
        return post(
                account,
                new Head(PostingKind.DEBIT, debit, debit.purpose(), null, null, null),
                account.newId(now),
                effect.requested(),
                effect.movements());
    }

    /** Gives credits. A grant that has expired by now, as a missed month's may have, expires at once, before the next command is decided. */
    Posting post(AccountState account, Command.Grant grant) {
        UUID id = account.newId(now);
        long seq = account.seq() + 1;
        account.opened(new OpenGrant(id, grant.kind(), grant.credits(), Credits.ZERO, grant.expiresAt(), seq));
        opened.add(new Opened(grant, id, account.asOf(now)));
        return settled(
                account,
                post(
                        account,
                        new Head(grant.kind().posting(), grant, Purpose.NONE, null, grant.note(), grant.expiresAt()),
                        id,
                        grant.credits(),
                        List.of(new BurnOrder.Movement(id, grant.credits()))));
    }

    /** Gives credits back. Where a grant they came from has expired they expire with it, at once, and the balance told shows that. */
    Posting post(AccountState account, Command.Reversal reversal, ReversibleDebit debit, Decision.Effect effect) {
        Posting posting = post(
                account,
                new Head(
                        PostingKind.REVERSAL,
                        reversal,
                        debit.purpose().withoutQuantity(),
                        debit.debitId(),
                        reversal.note(),
                        null),
                account.newId(now),
                effect.requested(),
                effect.movements());
        account.reversed(debit.after(effect.movements()));
        return settled(account, posting);
    }

    /** The last posting as its caller is told: with the balance that is left once what has expired is taken out. */
    private Posting settled(AccountState account, Posting posting) {
        int at = postings.size() - 1;
        settle(account);
        Posting told = posting.withBalance(account.balance());
        postings.set(at, told);
        return told;
    }

    void settle(AccountState account) {
        List<BurnOrder.Movement> movements = Decision.expire(account, account.asOf(now));
        if (!movements.isEmpty()) {
            Credits total = movements.stream()
                    .map(BurnOrder.Movement::credits)
                    .reduce(Credits.ZERO, Credits::plus)
                    .negated();
            post(
                    account,
                    new Head(PostingKind.EXPIRY, null, Purpose.NONE, null, null, null),
                    account.newId(now),
                    total,
                    movements);
        }
    }

    private record Head(
            PostingKind kind,
            Command.@Nullable Keyed command,
            Purpose purpose,
            @Nullable UUID reverses,
            @Nullable String note,
            @Nullable Instant expiresAt) {}

    private Posting post(
            AccountState account, Head head, UUID id, Credits requested, List<BurnOrder.Movement> movements) {
        Instant occurredAt = account.asOf(now);
        String key = head.command == null ? null : head.command.idempotencyKey();
        byte[] fingerprint = head.command == null || key == null ? null : head.command.fingerprint();
        Credits moved = Credits.ZERO;
        for (BurnOrder.Movement movement : movements) {
            moved = moved.plus(movement.credits());
        }
        Credits credits = moved.isNegative() ? moved.negated() : moved;
        long firstSeq = account.seq() + 1;
        List<Posting.Entry> entries = new ArrayList<>(movements.size());
        for (BurnOrder.Movement movement : movements) {
            long seq = account.seq() + 1;
            Credits after = account.balance().plus(movement.credits());
            byte[] hash = HashChain.next(
                    account.hash(),
                    new HashChain.Link(
                            account.accountId(),
                            seq,
                            movement.grantId(),
                            movement.credits(),
                            after,
                            id,
                            head.kind,
                            key,
                            requested,
                            credits,
                            head.purpose,
                            head.reverses,
                            head.note,
                            occurredAt,
                            head.expiresAt));
            Posting.Entry entry = new Posting.Entry(seq, movement.grantId(), movement.credits(), after, hash);
            account.apply(entry);
            entries.add(entry);
        }
        Posting posting = new Posting(
                account.accountId(),
                id,
                head.kind,
                key,
                fingerprint,
                requested,
                credits,
                account.balance(),
                account.held(),
                head.purpose,
                head.reverses,
                head.note,
                occurredAt,
                firstSeq,
                List.copyOf(entries));
        postings.add(posting);
        return posting;
    }
}
