package ai.mavster.credits.payment.stripe.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeStatusTest {

    @ParameterizedTest
    @CsvSource({
        "active, false, ACTIVE",
        "active, true, PAUSED",
        "trialing, false, TRIALING",
        "trialing, true, PAUSED",
        "past_due, false, PAST_DUE",
        "past_due, true, PAUSED",
        "unpaid, false, PAST_DUE",
        "paused, false, PAUSED",
        "canceled, false, CANCELED",
        "canceled, true, CANCELED",
        "incomplete, false,",
        "incomplete, true,",
        "incomplete_expired, false,",
        "of_a_later_version, false, PAST_DUE",
    })
    void eachHasItsOwn(String status, boolean collectionPaused, SubscriptionStatus expected) {
        assertThat(StripeStatus.of(status, collectionPaused)).isEqualTo(expected);
    }
}
