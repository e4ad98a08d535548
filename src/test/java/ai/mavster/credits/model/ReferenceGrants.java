package ai.mavster.credits.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The grants of a {@link ReferenceAccount}, and what moved them. Time passes from one instant to the next at which
 * something ends, so nothing hangs on when it is looked at.
 */
final class ReferenceGrants {

    private static final List<String> KINDS_IN_BURN_ORDER = List.of("MONTHLY", "PROMOTIONAL", "ADJUSTMENT", "TOP_UP");

    private static final Comparator<Grant> BURN_ORDER = Comparator.comparing(Grant::ends)
            .thenComparing(grant -> KINDS_IN_BURN_ORDER.indexOf(grant.kind))
            .thenComparing(grant -> grant.seq);

    final List<Grant> all = new ArrayList<>();
    final List<String> entries = new ArrayList<>();

    /** What was claimed and not there any more. */
    long owed;

    static final class Grant {
        final long seq;
        final String kind;
        final long credits;
        final @Nullable Instant expiresAt;
        long remaining;

        /** It has ended: what remains of it a hold has kept. */
        boolean over;

        Grant(long seq, String kind, long credits, @Nullable Instant expiresAt) {
            this.seq = seq;
            this.kind = kind;
            this.credits = credits;
            this.expiresAt = expiresAt;
        }

        Instant ends() {
            return expiresAt == null ? Instant.MAX : expiresAt;
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

    /** A hold, as far as it keeps grants from ending. */
    record Holding(long rest, Instant since, Instant ends) {}

    /** The grant that an entry has posted. */
    Grant bySeq(long seq) {
        return all.stream().filter(grant -> grant.seq == seq).findFirst().orElseThrow();
    }

    long balance() {
        return all.stream().mapToLong(grant -> grant.remaining).sum();
    }

    /** What is left of each grant at an instant if nothing happens until then. */
    Map<Grant, Long> leftAt(Instant instant, Collection<Holding> holds) {
        Map<Grant, Long> left = new LinkedHashMap<>();
        inBurnOrder().forEach(grant -> left.put(grant, grant.remaining));
        long held = holds.stream().mapToLong(Holding::rest).sum();
        TreeSet<Instant> ends = new TreeSet<>();
        holds.forEach(hold -> ends.add(hold.ends));
        all.stream().filter(grant -> !grant.over).forEach(grant -> ends.add(grant.ends()));
        for (Instant end : ends.headSet(instant, true)) {
            for (Holding hold : holds) {
                if (hold.ends.equals(end)) {
                    held -= hold.rest;
                    letGo(left, hold, end);
                }
            }
            for (Grant grant : List.copyOf(left.keySet())) {
                if (!grant.over && grant.ends().equals(end)) {
                    long others = sum(left) - left.get(grant);
                    left.put(grant, Math.min(left.get(grant), Math.max(0, held - others)));
                }
            }
        }
        return left;
    }

    /** The same grants as they will be at an instant if nothing happens until then. */
    ReferenceGrants at(Instant instant, Collection<Holding> holds) {
        ReferenceGrants then = new ReferenceGrants();
        leftAt(instant, holds).forEach((grant, amount) -> {
            Grant copy = new Grant(grant.seq, grant.kind, grant.credits, grant.expiresAt);
            copy.remaining = amount;
            copy.over = !grant.ends().isAfter(instant);
            then.all.add(copy);
        });
        return then;
    }

    /** So much as the hold reserved, of what was kept while it did. */
    private static void letGo(Map<Grant, Long> left, Holding hold, Instant now) {
        long rest = hold.rest;
        for (Grant grant : List.copyOf(left.keySet())) {
            boolean kept = grant.over || grant.ends().isBefore(now);
            if (kept && grant.ends().isAfter(hold.since)) {
                long part = Math.min(rest, left.get(grant));
                left.put(grant, left.get(grant) - part);
                rest -= part;
            }
        }
    }

    static long sum(Map<Grant, Long> left) {
        return left.values().stream().mapToLong(amount -> amount).sum();
    }

    /** Takes out what is over by now. */
    void pass(Instant now, Collection<Holding> holds) {
        enterExpired(leftAt(now, holds));
        for (Grant grant : all) {
            grant.over |= !grant.ends().isAfter(now);
        }
    }

    /** Takes out what a hold has kept that ends now, before its time. */
    void letGo(Holding hold, Instant now) {
        Map<Grant, Long> left = new LinkedHashMap<>();
        inBurnOrder().forEach(grant -> left.put(grant, grant.remaining));
        letGo(left, hold, now);
        enterExpired(left);
    }

    private void enterExpired(Map<Grant, Long> left) {
        left.forEach((grant, amount) -> {
            if (amount < grant.remaining) {
                enter("expiry", grant, amount - grant.remaining);
            }
        });
    }

    /** A new grant; one that is over already is gone at once. */
    String give(String kind, String posting, long credits, @Nullable Instant expiresAt, Instant now) {
        Grant given = new Grant(entries.size() + 1L, kind, credits, expiresAt);
        all.add(given);
        String entry = enter(posting, given, credits);
        if (!given.ends().isAfter(now)) {
            given.over = true;
            enter("expiry", given, -credits);
        }
        payDebts(Map.of(given, credits));
        return entry;
    }

    /** Of what has just come in and is not over, as it burns. */
    private void payDebts(Map<Grant, Long> came) {
        for (Grant grant : inBurnOrder()) {
            long part = grant.over ? 0 : Math.min(owed, came.getOrDefault(grant, 0L));
            if (part > 0) {
                enter("settlement", grant, -part);
                owed -= part;
            }
        }
    }

    static String posting(String kind) {
        return kind.equals("MONTHLY") ? "monthly_grant" : kind.toLowerCase(Locale.ROOT);
    }

    /** Spends credits, whichever burn next; what is kept is for captures only, and goes first. */
    List<Share> take(String posting, long credits, long captured) {
        List<Share> shares = new ArrayList<>();
        long ofKept = captured;
        long rest = credits;
        for (Grant grant : inBurnOrder()) {
            long part = Math.min(grant.over ? Math.min(ofKept, rest) : rest, grant.remaining);
            if (part > 0) {
                shares.add(new Share(grant, part));
                enter(posting, grant, -part);
                ofKept -= grant.over ? part : 0;
                rest -= part;
            }
        }
        if (rest > 0) {
            throw new IllegalStateException("Nothing left of " + all);
        }
        return shares;
    }

    /** Takes back of one grant, whatever would be spent before it. */
    void takeOf(String posting, Grant grant, long credits) {
        enter(posting, grant, -credits);
    }

    /** Gives back, of the share that was taken last first; what goes to a grant that is over is gone at once. */
    List<String> giveBack(List<Share> shares, long credits) {
        int before = entries.size();
        Map<Grant, Long> tooLate = new LinkedHashMap<>();
        Map<Grant, Long> came = new LinkedHashMap<>();
        long rest = credits;
        for (int i = shares.size() - 1; i >= 0; i--) {
            Share share = shares.get(i);
            long part = Math.min(rest, share.left);
            if (part > 0) {
                share.left -= part;
                enter("reversal", share.grant, part);
                rest -= part;
                came.put(share.grant, part);
                if (share.grant.over) {
                    tooLate.put(share.grant, part);
                }
            }
        }
        List<String> entered = List.copyOf(entries.subList(before, entries.size()));
        inBurnOrder().stream()
                .filter(tooLate::containsKey)
                .forEach(grant -> enter("expiry", grant, -tooLate.get(grant)));
        payDebts(came);
        return entered;
    }

    private List<Grant> inBurnOrder() {
        return all.stream().sorted(BURN_ORDER).toList();
    }

    private String enter(String posting, Grant grant, long credits) {
        grant.remaining = Math.addExact(grant.remaining, credits);
        String entry = Text.entry(posting, entries.size() + 1L, grant.seq, credits, balance());
        entries.add(entry);
        return entry;
    }
}
