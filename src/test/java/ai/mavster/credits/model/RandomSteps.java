package ai.mavster.credits.model;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Correction;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.ledger.posting.Texts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes up what callers might ask of one account. Many figures are taken from where it stands: rules break at their
 * edges.
 */
final class RandomSteps {

    private static final List<String> TESTS = List.of("t1", "t2");

    private final SplittableRandom random;
    private final ReferenceAccount account;
    private final RandomRunSteps runs;
    final RandomBudgetSteps budgets;
    private final RandomSubscriptionSteps subscriptions;
    private final RandomClosing closing;
    private final RandomClawbacks clawbacks;
    final RandomRecharges recharges;
    private final RandomWords words;
    private final List<Step<?>> keyed = new ArrayList<>();
    private final Map<UUID, Long> granted = new LinkedHashMap<>();

    /** So many runs at a time that some call others, which call others. */
    private final boolean runsTests;

    private int keys;

    RandomSteps(SplittableRandom random, ReferenceAccount account) {
        this.random = random;
        this.account = account;
        this.runs = new RandomRunSteps(random, account, this::key);
        this.budgets = new RandomBudgetSteps(random, account);
        this.words = new RandomWords(random);
        this.subscriptions = new RandomSubscriptionSteps(random, account);
        this.closing = new RandomClosing(random, account, words);
        this.clawbacks = new RandomClawbacks(random, account, words, granted, () -> "key-" + keys++);
        this.recharges = new RandomRecharges(random, account);
        this.runsTests = random.nextInt(3) == 0;
    }

    /** What the reference answers, and how the kernel's answer reads. */
    record Step<A>(Command<A> command, Function<Instant, String> expected, Answer<A> answer) {}

    /** Reads an answer of the kernel's. */
    interface Answer<A> {
        String read(A answer, boolean replayed, Function<UUID, Long> grants);
    }

    Step<?> next(Instant now) {
        Step<?> step = random.nextInt(12) == 0 ? recharges.next(now) : other(now);
        return recharges.watching(step);
    }

    private Step<?> other(Instant now) {
        if (!account.subscription.exists() && random.nextInt(4) == 0) {
            return subscriptions.change(now);
        }
        if (closing.isDue()) {
            return closing.step();
        }
        if (random.nextInt(12) == 0) {
            return keep(clawbacks.next());
        }
        int dice = runsTests && random.nextBoolean() ? random.nextInt(60, 81) : random.nextInt(100);
        if (dice < 12 && !keyed.isEmpty()) {
            return any(keyed);
        }
        if (dice < 18) {
            return budgets.next(now);
        }
        if (dice < 36) {
            return keep(debit(now));
        }
        if (dice < 39) {
            return keep(withdrawal());
        }
        if (dice < 47) {
            return keep(grant(now));
        }
        if (dice < 60) {
            return keep(reversal(now));
        }
        if (dice < 71) {
            return keep(runs.start());
        }
        if (dice < 76) {
            return keep(runs.extension());
        }
        if (dice < 81) {
            return runs.end();
        }
        if (dice < 83) {
            return expiry();
        }
        return dice < 92 ? subscriptions.change(now) : subscriptions.renewal(now);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private Step<?> keep(Step<?> step) {
        keyed.add(step);
        return step;
    }

    /** Mostly a new key; now and then one that was used before, likely for something else; or none. */
    private @Nullable String key() {
        int dice = random.nextInt(20);
        if (dice == 0) {
            return null;
        }
        return "key-" + (dice == 1 && keys > 0 ? random.nextInt(keys) : keys++);
    }

    private Step<Posting> debit(Instant now) {
        Command.OnInsufficient onInsufficient =
                random.nextInt(3) == 0 ? Command.OnInsufficient.TAKE_AVAILABLE : Command.OnInsufficient.REFUSE;
        String runId = random.nextInt(5) < 2 ? null : runs.any();
        Purpose purpose = random.nextBoolean()
                ? new Purpose(null, null, null, null, null, runId)
                : new Purpose(
                        "tap",
                        new BigDecimal("1.5"),
                        random.nextBoolean() ? null : "workspace-" + random.nextInt(2),
                        "project-" + random.nextInt(3),
                        any(TESTS),
                        runId);
        Command.Debit debit = new Command.Debit(
                account.accountId,
                key(),
                new Credits(spend(runId, now)),
                onInsufficient,
                purpose,
                false,
                random.nextInt(3) == 0 ? Texts.of(words.metadata()) : Texts.NONE,
                words.author());
        return new Step<>(debit, when -> account.debit(debit, when), (posting, replayed, grants) -> {
            if (!replayed && !account.debits.isEmpty()) {
                account.debits.stream()
                        .filter(one -> one.id == null)
                        .findFirst()
                        .ifPresent(one -> one.id = posting.postingId());
            }
            return Text.posting(posting, replayed, grants);
        });
    }

    private long spend(@Nullable String runId, Instant now) {
        long spendable = account.available() + account.runs.reservedFor(runId);
        return switch (random.nextInt(12)) {
            case 10, 11 -> budgets.aboutWhatIsLeft(now);
            case 0 -> 0;
            case 1 -> spendable;
            case 2 -> Math.min(spendable, Long.MAX_VALUE - 1) + 1;
            case 3 -> spendable / 2;
            case 4 -> Math.max(0, account.balance() - 4_500_000_000L);
            case 5 -> random.nextLong(1, 10);
            case 6 -> Credits.of(random.nextInt(1, 3000)).millionths();
            default -> Credits.of(random.nextInt(1, 20)).millionths();
        };
    }

    private Step<Posting> grant(Instant now) {
        GrantKind kind = any(List.of(GrantKind.values()));
        long credits = switch (random.nextInt(12)) {
            case 0 -> 1;
            case 1 -> 1_500_000_000L;
            case 2 -> 4_500_000_000L;
            case 3 -> random.nextInt(60) == 0 ? Long.MAX_VALUE / 2 : 5;
            default -> Credits.of(random.nextInt(1, 50)).millionths();
        };
        // A monthly one has a key always: so the proof's word on it can be foretold.
        String key = key();
        Command.Grant grant = new Command.Grant(
                account.accountId,
                key == null && kind == GrantKind.MONTHLY ? "key-" + keys++ : key,
                kind,
                new Credits(credits),
                words.amount(),
                expiry(now),
                false,
                new Texts(
                        random.nextBoolean() ? "reference" : null,
                        random.nextBoolean() ? "note" : null,
                        words.metadata()),
                words.author());
        return new Step<>(grant, when -> account.grant(grant, when), (posting, replayed, grants) -> {
            granted.put(posting.postingId(), posting.firstSeq());
            return Text.posting(posting, replayed, grants);
        });
    }

    private @Nullable Instant expiry(Instant now) {
        return switch (random.nextInt(8)) {
            case 0 -> now;
            case 1 -> now.plus(1, ChronoUnit.MICROS);
            case 2 -> now.plus(Duration.ofDays(30));
            case 3 -> now.plusSeconds(random.nextInt(1, 10_000_000));
            case 4 -> account.subscription.exists() ? account.subscription.periodEnd() : null;
            default -> null;
        };
    }

    private Step<Posting> reversal(Instant now) {
        List<ReferenceDebit> known =
                account.debits.stream().filter(debit -> debit.id != null).toList();
        ReferenceDebit debit = known.isEmpty() || random.nextInt(30) == 0
                ? new ReferenceDebit(now, null, null, null, null, List.of())
                : any(known);
        UUID id = debit.id == null ? new UUID(random.nextLong(), random.nextLong()) : debit.id;
        Long credits = switch (random.nextInt(6)) {
            case 0 -> Math.max(1, debit.left());
            case 1 -> debit.left() + 1;
            case 2 -> debit.left() / 2 + 1;
            case 3 -> 1L;
            default -> null;
        };
        Correction.Reversal reversal = new Correction.Reversal(
                account.accountId,
                key(),
                id,
                credits == null ? null : new Credits(credits),
                Texts.note("why"),
                words.author());
        return new Step<>(reversal, when -> account.reverse(reversal, when), Text::posting);
    }

    /** A grant is known by its id once the kernel has told it. */
    private Step<Posting> withdrawal() {
        List<Map.Entry<UUID, Long>> known = List.copyOf(granted.entrySet());
        int dice = random.nextInt(20);
        Map.Entry<UUID, Long> grant = dice < 12 && !known.isEmpty() ? any(known) : null;
        UUID id = grant != null ? grant.getKey() : dice == 19 ? new UUID(random.nextLong(), random.nextLong()) : null;
        ReferenceGrants.Grant named = grant == null ? null : account.grants.bySeq(grant.getValue());
        long left = named == null ? account.available() : named.remaining;
        Long credits = switch (random.nextInt(6)) {
            case 0 -> Math.max(1, left);
            case 1 -> Math.min(left, Long.MAX_VALUE - 1) + 1;
            case 2 -> left / 2 + 1;
            case 3 -> Math.max(1, Math.min(left, account.available()));
            default -> id == null ? Long.valueOf(1) : null;
        };
        Correction.Withdrawal withdrawal = new Correction.Withdrawal(
                account.accountId,
                key(),
                id,
                credits == null ? null : new Credits(credits),
                new Texts(null, "why", words.metadata()),
                words.author());
        return new Step<>(withdrawal, now -> account.corrections.withdraw(withdrawal, named, now), Text::posting);
    }

    private Step<AccountView> expiry() {
        return new Step<>(
                new Command.Expire(account.accountId), account::settle, (view, replayed, grants) -> "settled");
    }

    /** An instant at which something of the account's ends. */
    @Nullable
    Instant edge(Instant now) {
        List<Instant> edges = new ArrayList<>(account.runs.ends());
        edges.addAll(account.budgets.ends(now));
        account.grants.all.stream()
                .map(grant -> grant.expiresAt)
                .filter(Objects::nonNull)
                .forEach(edges::add);
        if (account.subscription.exists()) {
            edges.add(account.subscription.periodEnd());
        }
        edges.removeIf(edge -> !edge.isAfter(now));
        return edges.isEmpty() ? null : any(edges);
    }
}
