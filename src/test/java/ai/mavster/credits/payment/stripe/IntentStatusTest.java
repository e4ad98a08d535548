package ai.mavster.credits.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.payment.ProviderPayment.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentStatusTest {

    @ParameterizedTest
    @CsvSource({
        // at a page, the customer is there
        "succeeded, true, , , PAID",
        "succeeded, true, card_declined, open, PAID",
        "processing, true, , complete, PENDING",
        "requires_action, true, , open, PENDING",
        "requires_confirmation, true, , , PENDING",
        "requires_payment_method, true, , open, PENDING",
        "requires_payment_method, true, card_declined, open, PENDING",
        "requires_payment_method, true, card_declined, , PENDING",
        "requires_payment_method, true, card_declined, complete, DECLINED",
        "requires_payment_method, true, card_declined, expired, CANCELED",
        "canceled, true, , expired, CANCELED",
        // with a saved card, nobody is
        "succeeded, false, , , PAID",
        "processing, false, , , PENDING",
        "requires_capture, false, , , PENDING",
        "requires_action, false, , , CONFIRMATION_NEEDED",
        "requires_payment_method, false, authentication_required, , CONFIRMATION_NEEDED",
        "requires_payment_method, false, payment_intent_authentication_failure, , DECLINED",
        "requires_payment_method, false, card_declined, , DECLINED",
        "requires_payment_method, false, , , DECLINED",
        "canceled, false, authentication_required, , CANCELED",
        "of_a_later_version, false, , , PENDING",
    })
    void goesByTheStatusTheErrorAndThePage(String status, boolean atPage, String code, String page, Status expected) {
        assertThat(IntentStatus.of(status, atPage, code, page)).isEqualTo(expected);
    }
}
