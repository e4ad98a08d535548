package ai.mavster.credits.payment;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimTest {

    /** At the boundaries: nothing, a cent, halves of a millionth, all, and more than all. */
    @ParameterizedTest
    @CsvSource({
        "5000,               49.00, 0,     0",
        "5000,               49.00, 0.01,  1.020408",
        "5000,               49.00, 24.50, 2500",
        "5000,               49.00, 48.99, 4998.979592",
        "5000,               49.00, 49.00, 5000",
        "5000,               49.00, 49.01, 5000",
        "0.000001,           0.02,  0.01,  0.000001",
        "0.000001,           0.03,  0.01,  0",
        "0.000003,           0.02,  0.01,  0.000002",
        "1,                  3,     1,     0.333333",
        "1,                  3,     2,     0.666667",
        "1000000000,         0.01,  0.01,  1000000000",
        "9223372036854.775807, 999999999999, 999999999999, 9223372036854.775807",
    })
    void isInProportionAndRoundedHalfUp(String credits, BigDecimal paid, BigDecimal lost, String claimed) {
        assertThat(Claim.of(Credits.parse(credits), paid, lost)).isEqualTo(Credits.parse(claimed));
    }

    /** Whatever the parts, and however each is rounded. */
    @Test
    void partsAddUpToAll() {
        Credits credits = Credits.parse("1000.000001");
        BigDecimal paid = new BigDecimal("7.77");
        Credits claimed = Credits.ZERO;
        for (BigDecimal lost = new BigDecimal("0.01");
                lost.compareTo(paid) <= 0;
                lost = lost.add(new BigDecimal("0.01"))) {
            Credits target = Claim.of(credits, paid, lost);
            assertThat(target).isGreaterThanOrEqualTo(claimed);
            claimed = target;
        }
        assertThat(claimed).isEqualTo(credits);
    }
}
