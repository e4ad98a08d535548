package ai.mavster.credits.model;

import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.payment.PaymentCommands;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.recharge.RechargeCommands;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;

/** Makes up how an account is to be recharged, and what the payment provider says of its recharges. */
final class RandomRecharges {

    private static final List<ProviderPayment.Status> STATUSES = List.of(
            ProviderPayment.Status.PAID,
            ProviderPayment.Status.PAID,
            ProviderPayment.Status.DECLINED,
            ProviderPayment.Status.CONFIRMATION_NEEDED);

    private final SplittableRandom random;
    private final ReferenceAccount account;

    /** As the kernel has named them, in the order in which they were made. */
    private List<UUID> ids = List.of();

    RandomRecharges(SplittableRandom random, ReferenceAccount account) {
        this.random = random;
        this.account = account;
    }

    void know(List<UUID> recharges) {
        ids = recharges;
    }

    <A> RandomSteps.Step<A> watching(RandomSteps.Step<A> step) {
        boolean asksForTheEnd = step.command() instanceof Command.Expire;
        return new RandomSteps.Step<>(
                step.command(),
                now -> account.recharges.watch(
                        now, asksForTheEnd, () -> step.expected().apply(now)),
                step.answer());
    }

    RandomSteps.Step<?> next(Instant now) {
        return ids.isEmpty() || random.nextInt(3) == 0 ? put() : heard(now);
    }

    /** Often about as much as there is. */
    private RandomSteps.Step<?> put() {
        long threshold = Math.min(
                1_000_000_000_000_000L,
                switch (random.nextInt(4)) {
                    case 0 -> Math.max(1, account.available());
                    case 1 -> Math.max(1, account.available() / 2);
                    case 2 -> Math.min(account.available(), 1_000_000_000_000L) + 1_000_000;
                    default -> random.nextLong(1, 3_000_000_000L);
                });
        long size = random.nextLong(1, 2_000) * 1_000_000 + random.nextInt(1_000_000);
        boolean gap = random.nextBoolean();
        long most = gap ? threshold + size : size;
        RechargeCommands.Put put = new RechargeCommands.Put(
                account.accountId,
                random.nextInt(5) > 0,
                threshold,
                gap ? null : (Long) size,
                gap ? (Long) most : null,
                most * random.nextInt(1, 4),
                random.nextInt(4) == 0 ? "card_ok" : null);
        return step(put.command(), when -> account.recharges.put(put, when), RechargeCommands::read);
    }

    private RandomSteps.Step<?> heard(Instant now) {
        int place = random.nextInt(ids.size());
        ReferenceRecharges.One one = account.recharges.all.get(place);
        ProviderPayment.Status status = STATUSES.get(random.nextInt(STATUSES.size()));
        Purchase purchase = new Purchase(account.accountId, Purchase.Kind.RECHARGE, ids.get(place));
        Money price = new Money(BigDecimal.valueOf(one.cents(), 2), "EUR");
        return step(
                PaymentCommands.apply(purchase, status, price, now),
                when -> account.recharges.heard(one, status.name().toLowerCase(Locale.ROOT), when),
                PaymentCommands::status);
    }

    private static <A> RandomSteps.Step<A> step(
            Command<A> command, Function<Instant, String> expected, Function<Object, String> answer) {
        return new RandomSteps.Step<>(command, expected, (told, replayed, grants) -> answer.apply(told));
    }
}
