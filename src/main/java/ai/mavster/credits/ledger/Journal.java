package ai.mavster.credits.ledger;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.burndown.BurnOrder.Movement;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was decided into postings with ids, places and hashes, applies them to the accounts, and keeps them for
 * writing.
 */
final class Journal {

    private final List<Posting> postings = new ArrayList<>();
    private final List<OpenedGrant> openedGrants = new ArrayList<>(0);
    private final List<Noted> facts = new ArrayList<>();

    /** A grant that this batch made. */
    record OpenedGrant(UUID grantId, Instant at, @Nullable Money amount) {}

    /** Something that has happened to an account, in the order of happening. */
    record Noted(AccountState account, Fact fact) {}

    List<Posting> postings() {
        return postings;
    }

    List<OpenedGrant> openedGrants() {
        return openedGrants;
    }

    List<Noted> facts() {
        return facts;
    }

    void note(AccountState account, Fact fact) {
        facts.add(new Noted(account, fact));
    }

    Posting debit(AccountState account, Command.Debit debit, Purpose purpose, Decision.Effect effect) {
        for (Fact.Capture capture : effect.captures()) {
            account.change(capture.hold().capture(capture.credits()));
        }
        Posting posting = post(account, Head.of(PostingKind.DEBIT, debit, purpose, null), account.newId(), effect);
        note(account, new Fact.Posted(posting, effect.captures()));
        return posting;
    }

    /** Gives credits. A grant that has expired by now, as a missed month's may have, expires at once. */
    Posting grant(AccountState account, Command.Grant grant) {
        Head head = Head.of(grant.kind().posting(), grant, Purpose.NONE, null);
        return opening(account, head, grant.kind(), grant.credits(), grant.expiresAt());
    }

    /** Gives back what was clawed back of a grant. */
    Posting reinstatement(AccountState account, Correction.Reinstatement reinstatement) {
        Head head = Head.of(PostingKind.REINSTATEMENT, reinstatement, Purpose.NONE, reinstatement.grantId());
        return opening(account, head, GrantKind.TOP_UP, reinstatement.credits(), null);
    }

    private Posting opening(
            AccountState account, Head head, GrantKind kind, Credits credits, @Nullable Instant expiresAt) {
        UUID id = account.newId();
        account.grants().opened(new OpenGrant(id, kind, credits, Credits.ZERO, expiresAt, account.seq() + 1));
        openedGrants.add(new OpenedGrant(id, account.asOf(), head.amount()));
        List<Movement> incoming = List.of(new Movement(id, credits));
        return incoming(account, head, id, new Decision.Effect(credits, List.of(), incoming));
    }

    /** Gives credits back. Where a grant they came from has expired they expire with it, at once. */
    Posting reversal(AccountState account, Correction.Reversal reversal, Decision.Effect effect) {
        ReversibleDebit debit = Objects.requireNonNull(account.reversible(reversal.debitId()));
        Purpose purpose = debit.purpose().withoutQuantity();
        Head head = Head.of(PostingKind.REVERSAL, reversal, purpose, debit.debitId());
        account.reversed(debit.after(effect.movements()));
        return incoming(account, head, account.newId(), effect);
    }

    /** Takes credits back that were not spent. */
    Posting withdrawal(AccountState account, Correction.Withdrawal withdrawal, Decision.Effect effect) {
        return withdrawal(account, Head.of(withdrawal.kind(), withdrawal, Purpose.NONE, null), effect);
    }

    /** Claims credits back of a grant: what of the claim is not taken is owed from now on. */
    Posting clawback(AccountState account, Correction.Clawback clawback, Decision.Effect effect) {
        Credits taken = sum(effect.movements()).negated();
        account.owe(account.owed().plus(effect.requested().minus(taken)));
        Head head = Head.of(PostingKind.CLAWBACK, clawback, Purpose.NONE, clawback.grantId());
        return withdrawal(account, head, effect);
    }

    private Posting withdrawal(AccountState account, Head head, Decision.Effect effect) {
        Posting posting = post(account, head, account.newId(), effect);
        note(account, new Fact.Posted(posting, List.of()));
        return posting;
    }

    /** Closes an account; of one that is closed already it may take what was kept. */
    void close(AccountState account, Command.Close close) {
        inOrderOfTheirEnds(account.holds()).forEach(hold -> release(account, hold, null));
        if (close.voids() && account.available().isPositive()) {
            Correction.Withdrawal all =
                    new Correction.Withdrawal(account.accountId(), null, null, null, Texts.NONE, close.author());
            withdrawal(
                    account,
                    Head.of(PostingKind.VOID, all, Purpose.NONE, null),
                    CorrectionDecision.voidingAll(account));
        }
        if (account.closedAt() == null) {
            account.close();
            note(account, new Fact.Closed(close));
        }
    }

    /** However they were read: which of them lets go first decides what expires with it. */
    private static List<Hold> inOrderOfTheirEnds(Collection<Hold> holds) {
        return holds.stream()
                .sorted(Comparator.comparing(Hold::expiresAt).thenComparing(Hold::holdId))
                .toList();
    }

    /**
     * A posting that brings credits. What has expired of them is taken out, and then what is owed: it is answered with
     * what is left then.
     */
    private Posting incoming(AccountState account, Head head, UUID id, Decision.Effect effect) {
        List<Movement> settling = CorrectionDecision.settlement(account, effect.movements());
        Credits settled = sum(settling).negated();
        Credits stay = settled.negated();
        for (Movement movement : effect.movements()) {
            stay = account.isExpired(movement.grantId()) ? stay : stay.plus(movement.credits());
        }
        Posting posting = post(
                account,
                head,
                id,
                effect,
                new Answered(account.balance().plus(stay), account.owed().minus(settled)));
        note(account, new Fact.Posted(posting, List.of()));
        expire(account, Decision.expireAtOnce(account, effect.movements()));
        settle(account, head.author(), settled, settling);
        return posting;
    }

    /** By the author of the credits that it takes. */
    private void settle(AccountState account, Author author, Credits settled, List<Movement> movements) {
        if (settled.isPositive()) {
            account.owe(account.owed().minus(settled));
            withdrawal(
                    account,
                    new Head(PostingKind.SETTLEMENT, null, author, Purpose.NONE, null),
                    new Decision.Effect(settled, List.of(), movements));
        }
    }

    /** Takes expired credits out, if there are any. */
    void expire(AccountState account, List<Movement> movements) {
        if (!movements.isEmpty()) {
            Credits total = sum(movements).negated();
            Posting posting = post(
                    account,
                    new Head(PostingKind.EXPIRY, null, Author.EXPIRY, Purpose.NONE, null),
                    account.newId(),
                    new Decision.Effect(total, List.of(), movements));
            note(account, new Fact.Posted(posting, List.of()));
        }
    }

    /** Takes over from these holds what they have left, and reserves the rest anew. */
    Hold reserve(AccountState account, Change.Reservation reservation, List<Hold> from) {
        Hold hold = Hold.made(account.accountId(), account.newId(), reservation, account.asOf());
        Credits added = reservation.credits();
        for (Fact.Capture part : Decision.captures(from, reservation.credits())) {
            Hold giving = part.hold().release(part.credits());
            account.change(giving);
            note(account, new Fact.Released(giving, part.credits()));
            hold = hold.takingOver(part.credits(), part.hold().since());
            added = added.minus(part.credits());
        }
        account.change(hold);
        note(account, new Fact.Held(hold, reservation.credits(), added));
        return hold;
    }

    Hold extend(AccountState account, Hold hold, Change.Extension extension) {
        Hold extended = hold.extend(
                extension.credits(), extension.lasts() == null ? hold.lasts() : extension.lasts(), account.asOf());
        account.change(extended);
        note(account, new Fact.Held(extended, extension.credits(), extension.credits()));
        return extended;
    }

    /**
     * Ends a hold. What it has kept from expiring expires, but for what it gives back.
     *
     * @param recipient gets what it took over and did not use; null: nobody does
     */
    Hold release(AccountState account, Hold hold, @Nullable Hold recipient) {
        Hold released = hold.release();
        if (hold.isOpen()) {
            Credits back = recipient == null ? Credits.ZERO : hold.unused();
            account.change(released);
            note(account, new Fact.Released(released, hold.remaining()));
            if (recipient != null && back.isPositive()) {
                Hold taking = recipient.takingBack(back, hold.since());
                account.change(taking);
                note(account, new Fact.Held(taking, back, Credits.ZERO));
            }
            expire(account, Decision.expire(account, List.of(hold.release(back)), account.asOf()));
        }
        return released;
    }

    /** What the account has, and owes, once all that a command does is done. */
    private record Answered(Credits balance, Credits owed) {}

    private Posting post(AccountState account, Head head, UUID id, Decision.Effect effect) {
        Credits balance = account.balance().plus(sum(effect.movements()));
        return post(account, head, id, effect, new Answered(balance, account.owed()));
    }

    private static Credits sum(List<Movement> movements) {
        return movements.stream().map(Movement::credits).reduce(Credits.ZERO, Credits::plus);
    }

    private Posting post(AccountState account, Head head, UUID id, Decision.Effect effect, Answered answered) {
        Credits moved = sum(effect.movements());
        Posting posting = new Posting(
                account.accountId(),
                id,
                head.kind(),
                head.idempotencyKey(),
                effect.requested(),
                head.kind().inDirection(moved),
                effect.captures().stream().map(Fact.Capture::credits).reduce(Credits.ZERO, Credits::plus),
                answered.balance,
                account.held(),
                answered.owed,
                head.purpose(),
                head.reverses(),
                head.author(),
                head.texts(),
                account.salt().digest(id, head.texts()),
                head.amount(),
                account.asOf(),
                account.seq() + 1,
                List.of(),
                HashChain.VERSION,
                null);
        HashChain.Covered covered = head.covered(posting, effect.movements().size(), account.salt());
        Posting posted = effect.movements().isEmpty()
                ? posting.withHash(HashChain.aside(account.hash(), covered))
                : posting.withEntries(entries(account, covered, effect.movements()));
        postings.add(posted);
        account.touch();
        return posted;
    }

    private static List<Posting.Entry> entries(
            AccountState account, HashChain.Covered covered, List<Movement> movements) {
        List<Posting.Entry> entries = new ArrayList<>(movements.size());
        for (Movement movement : movements) {
            Credits after = account.balance().plus(movement.credits());
            long seq = account.seq() + 1;
            byte[] hash = HashChain.next(
                    account.hash(), covered, new HashChain.Link(seq, movement.grantId(), movement.credits(), after));
            Posting.Entry entry = new Posting.Entry(seq, movement.grantId(), movement.credits(), after, hash);
            account.apply(entry);
            entries.add(entry);
        }
        return entries;
    }
}
