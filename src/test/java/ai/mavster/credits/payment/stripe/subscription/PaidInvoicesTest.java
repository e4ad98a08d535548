package ai.mavster.credits.payment.stripe.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.subscription.terms.PaidTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaidInvoicesTest {

    private static final Instant START = month(1);

    private static Instant month(int number) {
        return Instant.parse("2026-%02d-10T00:00:00Z".formatted(number));
    }

    /** By the months that each invoice begins and ends with. */
    private static List<PaidTime> invoices(String months) {
        return months == null
                ? List.of()
                : Arrays.stream(months.split(" ", -1))
                        .map(invoice -> invoice.split("-", -1))
                        .map(ends -> new PaidTime(month(Integer.parseInt(ends[0])), month(Integer.parseInt(ends[1]))))
                        .toList();
    }

    @ParameterizedTest
    @CsvSource({
        ", 1, 1",
        "1-2, 1, 2",
        "1-2 2-3, 1, 3",
        "2-3 1-2, 1, 3",
        "1-2 1-2, 1, 2",
        // the second month was never paid
        "1-2 3-4, 3, 4",
        "4-5 3-4 1-2, 3, 5",
        // and was in the end
        "1-2 3-4 2-3, 1, 4",
        // a year, and a month within it
        "1-12 3-4, 1, 12",
    })
    void theLastStretchWithoutAGapCounts(String months, int from, int until) {
        assertThat(PaidInvoices.last(invoices(months), START)).isEqualTo(new PaidTime(month(from), month(until)));
    }
}
