package ai.mavster.credits.payment.stripe.event;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.payment.stripe.client.StripeSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StripeStartTest {

    private static StripeSettings with(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(StripeSettings.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(StripeSettings.class);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> StripeStart.check(with(Map.of())))
                .hasMessage("CREDITS_PAYMENTS is stripe, which needs CREDITS_STRIPE_API_KEY and"
                        + " CREDITS_STRIPE_WEBHOOK_SECRETS to be set.");
        assertThatThrownBy(() -> StripeStart.check(with(Map.of("credits.stripe.api-key", "sk_test_1"))))
                .hasMessageContaining("needs CREDITS_STRIPE_WEBHOOK_SECRETS to be set");
    }

    @Test
    void aKeyForBrowsersIsRefusedAndNotRepeated() {
        Map<String, String> settings =
                Map.of("credits.stripe.api-key", "pk_live_1", "credits.stripe.webhook-secrets", "whsec_1");
        assertThatThrownBy(() -> StripeStart.check(with(settings)))
                .hasMessageContaining("CREDITS_STRIPE_API_KEY must be a secret or a restricted key")
                .hasMessageNotContaining("pk_live");
    }
}
