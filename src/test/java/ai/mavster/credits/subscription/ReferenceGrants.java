package ai.mavster.credits.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The grants of a {@link ReferenceAccount}, and what moved them. */
final class ReferenceGrants {

    private static final List<String> KINDS_IN_BURN_ORDER = List.of("MONTHLY", "PROMOTIONAL", "ADJUSTMENT", "TOP_UP");

    final List<Grant> all = new ArrayList<>();
    final List<String> entries = new ArrayList<>();

    static final class Grant {
        final long seq;
        final String kind;
        final long credits;
        final @Nullable Instant expiresAt;
        long remaining;

        Grant(long seq, String kind, long credits, @Nullable Instant expiresAt) {
            this.seq = seq;
            this.kind = kind;
            this.credits = credits;
            this.expiresAt = expiresAt;
        }

        boolean isOver(Instant now) {
            return expiresAt != null && !now.isBefore(expiresAt);
        }

        @Override
        public String toString() {
            return "#%d %s %d of %d until %s".formatted(seq, kind, remaining, credits, expiresAt);
        }
    }

    /** What was taken of one grant, and what of that has not been given back. */
    static final class Share {
        final Grant grant;
        final long taken;
        long left;

        Share(Grant grant, long taken) {
            this.grant = grant;
            this.taken = taken;
            this.left = taken;
        }
    }

    long balance() {
        return all.stream().mapToLong(grant -> grant.remaining).sum();
    }

    /** What is left of it at an instant if nothing happens until then, and so much is held all the time. */
    long balanceAt(Instant instant, long held) {
        long over = all.stream()
                .filter(grant -> grant.isOver(instant))
                .mapToLong(grant -> grant.remaining)
                .sum();
        return Math.max(balance() - over, held);
    }

    String give(String kind, long credits, @Nullable Instant expiresAt) {
        Grant given = new Grant(entries.size() + 1L, kind, credits, expiresAt);
        all.add(given);
        return enter(posting(kind), given, credits);
    }

    static String posting(String kind) {
        return kind.equals("MONTHLY") ? "monthly_grant" : kind.toLowerCase(Locale.ROOT);
    }

    /** Spends credits, whichever burn next. */
    List<Share> take(long credits) {
        List<Share> shares = new ArrayList<>();
        for (long rest = credits; rest > 0; ) {
            Grant grant = next(any -> true);
            long part = Math.min(rest, grant.remaining);
            shares.add(new Share(grant, part));
            enter("debit", grant, -part);
            rest -= part;
        }
        return shares;
    }

    /** Takes out what is over and not held. */
    void expire(Instant now, long held) {
        for (long rest = balance() - balanceAt(now, held); rest > 0; ) {
            Grant grant = next(one -> one.isOver(now));
            long part = Math.min(rest, grant.remaining);
            enter("expiry", grant, -part);
            rest -= part;
        }
    }

    /** Gives back, of the share that was taken last first. */
    void giveBack(List<Share> shares, long credits) {
        long rest = credits;
        for (int i = shares.size() - 1; i >= 0; i--) {
            Share share = shares.get(i);
            long part = Math.min(rest, share.left);
            if (part > 0) {
                share.left -= part;
                enter("reversal", share.grant, part);
                rest -= part;
            }
        }
    }

    private Grant next(Predicate<Grant> which) {
        Grant best = null;
        for (Grant grant : all) {
            if (grant.remaining > 0 && which.test(grant) && (best == null || burnsBefore(grant, best))) {
                best = grant;
            }
        }
        if (best == null) {
            throw new NoSuchElementException("Nothing left of " + all);
        }
        return best;
    }

    private static boolean burnsBefore(Grant one, Grant other) {
        Instant ends = one.expiresAt == null ? Instant.MAX : one.expiresAt;
        Instant otherEnds = other.expiresAt == null ? Instant.MAX : other.expiresAt;
        if (!ends.equals(otherEnds)) {
            return ends.isBefore(otherEnds);
        }
        int kind = KINDS_IN_BURN_ORDER.indexOf(one.kind);
        int otherKind = KINDS_IN_BURN_ORDER.indexOf(other.kind);
        return kind == otherKind ? one.seq < other.seq : kind < otherKind;
    }

    private String enter(String posting, Grant grant, long credits) {
        grant.remaining = Math.addExact(grant.remaining, credits);
        String entry = Told.entry(posting, entries.size() + 1L, grant.seq, credits, balance());
        entries.add(entry);
        return entry;
    }
}
