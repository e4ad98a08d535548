package ai.mavster.credits.model;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.TestAccounts;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.subscription.PutSubscription;
import ai.mavster.credits.subscription.RenewSubscription;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.PlanEffective;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes up changes and renewals of one account's subscription. */
final class RandomSubscriptionSteps {

    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("UTC"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/Sao_Paulo"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("Pacific/Apia"));

    private final SplittableRandom random;
    private final ReferenceAccount account;

    RandomSubscriptionSteps(SplittableRandom random, ReferenceAccount account) {
        this.random = random;
        this.account = account;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    RandomSteps.Step<PutSubscription.Done> change(Instant now) {
        Instant anchor = switch (random.nextInt(10)) {
            case 0 -> now;
            case 1 -> now.plus(Duration.ofMinutes(4));
            case 2 -> now.minus(Duration.ofDays(random.nextInt(1, 60)));
            case 3 -> now.minusSeconds(random.nextInt(1, 70_000_000));
            default -> null;
        };
        SubscriptionStatus status =
                random.nextInt(3) > 0 ? SubscriptionStatus.ACTIVE : any(List.of(SubscriptionStatus.values()));
        PlanTerms plan = random.nextInt(3) == 0 ? null : any(ModelPlans.ALL);
        SubscriptionDecision.Request request = new SubscriptionDecision.Request(
                account.accountId,
                plan == null ? null : plan.planId(),
                own(),
                random.nextInt(4) == 0 ? null : status,
                anchor,
                random.nextInt(3) == 0 ? any(ZONES) : null,
                random.nextInt(2) == 0 ? null : Boolean.valueOf(random.nextInt(3) == 0),
                any(List.of(PlanChange.values())),
                random.nextInt(3) == 0 ? any(List.of(PlanEffective.values())) : null);
        return new RandomSteps.Step<>(
                new PutSubscription(request, new Cause(TestAccounts.AUTHOR, null), false, null),
                when -> account.subscription.put(request, plan, account, when),
                (changed, replayed, grants) -> Text.changed(changed));
    }

    private SubscriptionDecision.@Nullable Own own() {
        return switch (random.nextInt(8)) {
            case 0 -> new SubscriptionDecision.Own(Credits.of(random.nextInt(1, 40_000)));
            case 1 -> new SubscriptionDecision.Own(null);
            default -> null;
        };
    }

    RandomSteps.Step<RenewSubscription.Done> renewal(Instant now) {
        Instant asOf = random.nextInt(4) == 0 ? now.plus(Duration.ofDays(random.nextInt(-40, 40))) : now;
        return new RandomSteps.Step<>(
                new RenewSubscription(account.accountId, asOf),
                when -> account.subscription.renew(asOf, account, when),
                (renewed, replayed, grants) -> Text.renewed(renewed));
    }
}
