package ai.mavster.credits.model;

import ai.mavster.credits.run.RunCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run of a {@link ReferenceAccount}, and what it holds. */
final class ReferenceRun {

    /** As configured. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(24);

    final RunCommands.Start asked;
    Instant startedAt;
    String status = "running";

    @Nullable
    String reason;

    @Nullable
    String projectId;

    long hold;
    long captured;
    long released;

    /** What came from the holds above; of what is used and lent on, this goes first. */
    long moved;

    Duration lasts = RunCommands.HOLD_FOR;

    @Nullable
    Instant expiresAt;

    Instant heldSince = Instant.MIN;

    @Nullable
    Instant finishedAt;

    Instant seenAt;
    long refused;

    /** Its place in the queue, where it waits or has waited. */
    int queueNumber;

    Instant queueExpiresAt = Instant.MAX;

    ReferenceRun(RunCommands.Start asked, Instant startedAt) {
        this.asked = asked;
        this.startedAt = startedAt;
        this.seenAt = startedAt;
    }

    boolean isRunning() {
        return status.equals("running");
    }

    boolean isQueued() {
        return status.equals("queued");
    }

    boolean isBlocked() {
        return status.equals("hard_failure");
    }

    boolean isAbandoned() {
        return status.equals("abandoned");
    }

    long rest() {
        return hold - captured - released;
    }

    boolean countsAt(Instant now) {
        return expiresAt != null && now.isBefore(expiresAt);
    }

    void hold(long more, Duration unlessHeld, Instant now) {
        if (hold == 0) {
            lasts = unlessHeld;
        }
        if (rest() == 0) {
            heldSince = now;
        }
        hold += more;
        expiresAt = now.plus(lasts);
    }

    void letGo() {
        released += rest();
    }

    ReferenceGrants.Holding holding() {
        return new ReferenceGrants.Holding(rest(), heldSince, Objects.requireNonNull(expiresAt));
    }

    void seen(Instant now) {
        if (isRunning()) {
            seenAt = now;
        }
    }

    /** A heartbeat right after a sign of life is not. */
    boolean isWorthWriting(Instant now) {
        return Duration.between(seenAt, now).multipliedBy(1_000).compareTo(ABANDONED_AFTER) >= 0;
    }

    /** It waits in vain, or nothing is heard of it. */
    void pass(Instant now) {
        if (isQueued() && !now.isBefore(queueExpiresAt)) {
            status = "hard_failure";
            finishedAt = queueExpiresAt;
        }
        fallSilent(now);
    }

    /** It is given up a day after the last sign of life, but not while it may draw on what it holds. */
    private void fallSilent(Instant now) {
        Instant silent = seenAt.plus(ABANDONED_AFTER);
        Instant end = expiresAt == null || expiresAt.isBefore(silent) ? silent : expiresAt;
        if (isRunning() && !now.isBefore(end)) {
            status = "abandoned";
            finishedAt = end;
        }
    }
}
