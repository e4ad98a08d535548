package ai.mavster.credits.subscription;

import ai.mavster.credits.ledger.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account as the design describes it, in plain lists and loops: what the kernel answers is compared with what this answers. It shares
 * no rule with the kernel. Amounts are millionths; answers are text, in the form that {@link Told} gives the kernel's.
 */
final class ReferenceAccount {

    private static final List<String> KINDS_IN_BURN_ORDER = List.of("MONTHLY", "PROMOTIONAL", "ADJUSTMENT", "TOP_UP");

    final String accountId;
    final ReferenceSubscription subscription = new ReferenceSubscription();
    final List<Grant> grants = new ArrayList<>();
    final List<Debit> debits = new ArrayList<>();
    final List<String> entries = new ArrayList<>();
    private final Map<String, Remembered> keys = new HashMap<>();

    ReferenceAccount(String accountId) {
        this.accountId = accountId;
    }

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

        boolean countsAt(Instant now) {
            return expiresAt == null || now.isBefore(expiresAt);
        }

        @Override
        public String toString() {
            return "#%d %s %d of %d until %s".formatted(seq, kind, remaining, credits, expiresAt);
        }
    }

    /** What a debit took; {@code id} is the kernel's, once it has told it. */
    static final class Debit {
        @Nullable
        UUID id;

        final List<Grant> from = new ArrayList<>();
        final List<Long> taken = new ArrayList<>();
        final List<Long> left = new ArrayList<>();

        long left() {
            return left.stream().mapToLong(Long::longValue).sum();
        }

        long taken() {
            return taken.stream().mapToLong(Long::longValue).sum();
        }
    }

    private record Remembered(Command<?> request, String answer) {}

    long balance() {
        return grants.stream().mapToLong(grant -> grant.remaining).sum();
    }

    /** What is left of it at an instant if nothing is spent until then. */
    long balanceAt(Instant instant) {
        return grants.stream()
                .filter(grant -> grant.countsAt(instant))
                .mapToLong(grant -> grant.remaining)
                .sum();
    }

    String debit(Command.Debit debit, Instant now) {
        settle(now);
        String earlier = remembered(debit.idempotencyKey(), debit);
        if (earlier != null) {
            return earlier;
        }
        long asked = debit.credits().millionths();
        long available = balance();
        if (!subscription.runsAt(now)) {
            return "refused SUBSCRIPTION_REQUIRED [account_id=%s, balance=%s, required=%s, subscription_status=%s]"
                    .formatted(accountId, Told.credits(available), Told.credits(asked), subscription.statusAt(now));
        }
        boolean takesLess = debit.onInsufficient() == Command.OnInsufficient.TAKE_AVAILABLE && available > 0;
        if (asked > available && !takesLess) {
            return "refused INSUFFICIENT_CREDITS [account_id=%s, available=%s, required=%s, shortfall=%s]"
                    .formatted(
                            accountId, Told.credits(available), Told.credits(asked), Told.credits(asked - available));
        }
        Debit taken = new Debit();
        List<String> posted = new ArrayList<>();
        for (long rest = Math.min(asked, available); rest > 0; ) {
            Grant grant = nextToBurn(now);
            long part = Math.min(rest, grant.remaining);
            taken.from.add(grant);
            taken.taken.add(part);
            taken.left.add(part);
            posted.add(enter("debit", grant, -part));
            rest -= part;
        }
        debits.add(taken);
        return remember(debit.idempotencyKey(), debit, "debit", asked, Math.min(asked, available), posted);
    }

    private Grant nextToBurn(Instant now) {
        Grant best = null;
        for (Grant grant : grants) {
            if (grant.remaining > 0 && grant.countsAt(now) && (best == null || burnsBefore(grant, best))) {
                best = grant;
            }
        }
        if (best == null) {
            throw new NoSuchElementException("Nothing left of " + grants);
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

    String grant(Command.Grant grant, Instant now) {
        settle(now);
        String earlier = remembered(grant.idempotencyKey(), grant);
        if (earlier != null) {
            return earlier;
        }
        long credits = grant.credits().millionths();
        if (!fits(credits)) {
            return "refused BALANCE_LIMIT_EXCEEDED []";
        }
        String kind = grant.kind().name();
        String posted = give(kind, credits, grant.expiresAt(), now);
        return remember(grant.idempotencyKey(), grant, posting(kind), credits, credits, List.of(posted));
    }

    private static String posting(String kind) {
        return kind.equals("MONTHLY") ? "monthly_grant" : kind.toLowerCase(Locale.ROOT);
    }

    boolean fits(long credits) {
        return balance() <= Long.MAX_VALUE - credits;
    }

    /** A new grant; one that has expired already is gone at once. */
    String give(String kind, long credits, @Nullable Instant expiresAt, Instant now) {
        Grant given = new Grant(entries.size() + 1L, kind, credits, expiresAt);
        grants.add(given);
        String posted = enter(posting(kind), given, credits);
        settle(now);
        return posted;
    }

    String reverse(Command.Reversal reversal, Instant now) {
        settle(now);
        String earlier = remembered(reversal.idempotencyKey(), reversal);
        if (earlier != null) {
            return earlier;
        }
        Debit debit = debits.stream()
                .filter(one -> reversal.debitId().equals(one.id))
                .findFirst()
                .orElse(null);
        if (debit == null) {
            return "refused DEBIT_NOT_FOUND []";
        }
        long asked =
                reversal.credits() == null ? debit.left() : reversal.credits().millionths();
        if (asked == 0 || asked > debit.left()) {
            return "refused REVERSAL_EXCEEDS_DEBIT [debit_credits=%s, reversed=%s, reversible=%s]"
                    .formatted(
                            Told.credits(debit.taken()),
                            Told.credits(debit.taken() - debit.left()),
                            Told.credits(debit.left()));
        }
        if (!fits(asked)) {
            return "refused BALANCE_LIMIT_EXCEEDED []";
        }
        List<String> posted = new ArrayList<>();
        long rest = asked;
        for (int i = debit.from.size() - 1; i >= 0; i--) {
            long part = Math.min(rest, debit.left.get(i));
            if (part > 0) {
                debit.left.set(i, debit.left.get(i) - part);
                posted.add(enter("reversal", debit.from.get(i), part));
                rest -= part;
            }
        }
        settle(now);
        return remember(reversal.idempotencyKey(), reversal, "reversal", asked, asked, posted);
    }

    /** Takes out what has expired. */
    String settle(Instant now) {
        while (true) {
            Grant soonest = null;
            for (Grant grant : grants) {
                if (grant.remaining > 0 && !grant.countsAt(now) && (soonest == null || burnsBefore(grant, soonest))) {
                    soonest = grant;
                }
            }
            if (soonest == null) {
                return "settled " + Told.credits(balance());
            }
            enter("expiry", soonest, -soonest.remaining);
        }
    }

    private String enter(String posting, Grant grant, long credits) {
        grant.remaining = Math.addExact(grant.remaining, credits);
        String entry = Told.entry(entries.size() + 1L, grant.seq, credits, balance());
        entries.add(posting + " " + entry);
        return entry;
    }

    private String remember(
            @Nullable String key, Command<?> request, String kind, long asked, long moved, List<String> posted) {
        String answer = Told.posting(kind, asked, moved, balance(), posted);
        if (key != null) {
            keys.put(key, new Remembered(request, answer));
        }
        return answer;
    }

    private @Nullable String remembered(@Nullable String key, Command<?> request) {
        Remembered earlier = key == null ? null : keys.get(key);
        if (earlier == null) {
            return null;
        }
        return earlier.request.equals(request) ? earlier.answer + " again" : "refused IDEMPOTENCY_KEY_REUSED []";
    }
}
