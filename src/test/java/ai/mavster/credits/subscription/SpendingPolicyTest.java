package ai.mavster.credits.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.plan.BillingInterval;
import ai.mavster.credits.plan.PlanTerms;
import ai.mavster.credits.plan.Rollover;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which subscriptions may spend, by what is set. */
class SpendingPolicyTest {

    private static final Instant SINCE = Instant.parse("2027-01-10T00:00:00Z");
    private static final PlanTerms BASIC =
            new PlanTerms("basic", Credits.of(3000), null, Rollover.CAPPED, null, BillingInterval.MONTH, 1);

    private static Subscription subscription(SubscriptionStatus status, boolean ends) {
        return SubscriptionDecision.change(
                null,
                new SubscriptionDecision.Request(
                        "acct", "basic", null, status, null, null, ends, PlanChange.NEXT_RENEWAL, null),
                BASIC,
                ZoneOffset.UTC,
                SINCE);
    }

    private static SpendingPolicy spending(String statuses, Duration grace) {
        return new SpendingPolicy(
                Arrays.stream(statuses.split(" "))
                        .map(id -> EnumId.parse(SubscriptionStatus.class, id))
                        .collect(Collectors.toSet()),
                grace);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # may spend,             status,   after,     allowed
            active trialing,         active,   PT0S,      true
            active trialing,         trialing, PT0S,      true
            active trialing,         past_due, PT0S,      true
            active trialing,         past_due, PT71H59M,  true
            active trialing,         past_due, PT72H,     false
            active trialing,         paused,   PT0S,      false
            active trialing,         canceled, PT0S,      false
            active,                  trialing, PT0S,      false
            active past_due,         past_due, PT1000H,   true
            active paused,           paused,   PT1000H,   true
            """)
    void itIsByStatusAndForSomeDaysAfterItFellPastDue(String statuses, String status, Duration after, boolean allowed) {
        Subscription subscription = subscription(SubscriptionStatus.valueOf(status.toUpperCase(Locale.ROOT)), false);

        assertThat(spending(statuses, Duration.ofDays(3)).allows(subscription, SINCE.plus(after)))
                .isEqualTo(allowed);
    }

    @Test
    void withoutGracePastDueMayNotSpendForAnInstant() {
        SpendingPolicy spending = spending("active", Duration.ZERO);
        Subscription pastDue = subscription(SubscriptionStatus.PAST_DUE, false);

        assertThat(spending.allows(pastDue, SINCE)).isFalse();
        assertThat(spending.graceUntil(pastDue, SINCE)).isNull();
    }

    @Test
    void graceCountsFromWhenItFellPastDueNotFromLaterChanges() {
        SpendingPolicy spending = spending("active", Duration.ofDays(3));
        Subscription pastDue = subscription(SubscriptionStatus.PAST_DUE, false);
        Subscription later = SubscriptionDecision.change(
                pastDue,
                new SubscriptionDecision.Request(
                        "acct",
                        "basic",
                        new SubscriptionDecision.Own(Credits.of(5)),
                        SubscriptionStatus.PAST_DUE,
                        null,
                        null,
                        false,
                        PlanChange.NEXT_RENEWAL,
                        null),
                BASIC,
                ZoneOffset.UTC,
                SINCE.plus(Duration.ofDays(2)));

        assertThat(spending.graceUntil(later, SINCE)).isEqualTo(SINCE.plus(Duration.ofDays(3)));
    }

    @Test
    void whatHasEndedMayNotSpend() {
        SpendingPolicy spending = spending("active trialing", Duration.ofDays(3));
        Subscription ending = subscription(SubscriptionStatus.ACTIVE, true);

        assertThat(spending.allows(ending, ending.period().end().minusNanos(1))).isTrue();
        assertThat(spending.allows(ending, ending.period().end())).isFalse();
        assertThat(spending.allows(null, SINCE)).isFalse();
    }
}
