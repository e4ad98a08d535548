package ai.mavster.credits.ledger.hold;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.Change;
import ai.mavster.credits.ledger.posting.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Credits that are reserved. What debits draw of it is captured; what is left at the end is released, once.
 *
 * @param amount what was reserved, with all extensions; {@code captured + released} come to it when the hold is closed
 * @param released what is reserved by it no longer: let go, or taken over by another hold that has not given it back
 * @param moved what of the amount it took over from other holds; it is used before what was reserved anew
 * @param lasts how long from its making or its last extension
 * @param since since when it has reserved something without a break
 * @param expiresAt from when on what is left counts as released
 * @param purpose what it is reserved for: budgets of that project and workspace count it
 */
public record Hold(
        String accountId,
        UUID holdId,
        Credits amount,
        Credits captured,
        Credits released,
        Credits moved,
        Duration lasts,
        Instant since,
        Instant expiresAt,
        Purpose purpose) {

    /** A new one. */
    public static Hold made(String accountId, UUID holdId, Change.Reservation reservation, Instant now) {
        return new Hold(
                accountId,
                holdId,
                reservation.credits(),
                Credits.ZERO,
                Credits.ZERO,
                Credits.ZERO,
                reservation.lasts(),
                now,
                now.plus(reservation.lasts()),
                reservation.purpose());
    }

    /** What is still reserved; nothing once it is closed. */
    public Credits remaining() {
        return amount.minus(captured).minus(released);
    }

    public boolean isOpen() {
        return remaining().isPositive();
    }

    public boolean isExpired(Instant now) {
        return !expiresAt.isAfter(now);
    }

    /**
     * As it is at an instant: what it had left counts as released once it has expired, whether or not that was posted.
     */
    public Hold asOf(Instant now) {
        return isExpired(now) ? release() : this;
    }

    /** What it would give back now of what it took over. */
    public Credits unused() {
        return moved.minus(captured).minus(released).max(Credits.ZERO);
    }

    /** After debits have drawn so much of it. */
    public Hold capture(Credits credits) {
        return with(captured.plus(credits), released);
    }

    /** With nothing left. */
    public Hold release() {
        return release(remaining());
    }

    /** With so much less reserved. */
    public Hold release(Credits credits) {
        return with(captured, released.plus(credits));
    }

    /** So much of it is not reserved anew, but taken over from a hold that has reserved it for longer. */
    public Hold takingOver(Credits credits, Instant reservedSince) {
        return new Hold(
                accountId,
                holdId,
                amount,
                captured,
                released,
                moved.plus(credits),
                lasts,
                earlier(since, reservedSince),
                expiresAt,
                purpose);
    }

    /**
     * Another hold gives back what it did not use. As far as this one had given it away it is no longer released;
     * beyond that, there is more of it now.
     */
    public Hold takingBack(Credits credits, Instant reservedSince) {
        Credits own = released.min(credits);
        return new Hold(
                accountId,
                holdId,
                amount.plus(credits).minus(own),
                captured,
                released.minus(own),
                moved,
                lasts,
                isOpen() ? earlier(since, reservedSince) : reservedSince,
                expiresAt,
                purpose);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** With so much more, for a time from now on. */
    public Hold extend(Credits more, Duration forHowLong, Instant now) {
        return new Hold(
                accountId,
                holdId,
                amount.plus(more),
                captured,
                released,
                moved,
                forHowLong,
                isOpen() ? since : now,
                now.plus(forHowLong),
                purpose);
    }

    private Hold with(Credits newCaptured, Credits newReleased) {
        return new Hold(accountId, holdId, amount, newCaptured, newReleased, moved, lasts, since, expiresAt, purpose);
    }
}
