package ai.mavster.credits.payment.stripe.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingAnchorTest {

    @ParameterizedTest
    @CsvSource({
        // behind, or now: Stripe's own
        "2026-01-31T10:00:00Z, 2026-11-30T00:00:00Z, 2026-01-31T10:00:00Z",
        "2026-11-30T00:00:00Z, 2026-11-30T00:00:00Z, 2026-11-30T00:00:00Z",
        // ahead, by less than a month: the month that ends there
        "2026-12-14T10:00:00Z, 2026-11-30T00:00:00Z, 2026-11-14T10:00:00Z",
        "2026-12-30T00:00:00Z, 2026-11-30T00:00:00Z, 2026-11-30T00:00:00Z",
        // by more: the one of these months that holds now
        "2027-02-14T10:00:00Z, 2026-11-30T00:00:00Z, 2026-11-14T10:00:00Z",
        // from a shorter month no whole one leads there
        "2027-03-31T00:00:00Z, 2027-03-15T00:00:00Z, 2027-01-31T00:00:00Z",
        "2026-12-31T00:00:00Z, 2026-12-15T00:00:00Z, 2026-10-31T00:00:00Z",
        "2028-02-29T00:00:00Z, 2028-02-15T00:00:00Z, 2028-01-29T00:00:00Z",
    })
    void isWhereMonthsLeadToStripesOwn(Instant anchor, Instant now, Instant expected) {
        assertThat(BillingAnchor.of(anchor, now)).isEqualTo(expected);
    }
}
