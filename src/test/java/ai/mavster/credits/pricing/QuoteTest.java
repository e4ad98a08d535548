package ai.mavster.credits.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a list of actions comes to. Items are written as {@code "tap 3, chat 1.5"}. */
class QuoteTest {

    private static final Instant NOW = Instant.parse("2026-11-21T18:39:00Z");

    private static final RateCard CARD = new RateCard(
            1,
            List.of(
                    version("free", "0", "0"),
                    version("tap", "0.5", "0.5"),
                    version("chat", "10", "50"),
                    version("tiny", "0.000001", "0.000001"),
                    version("odd", "0.000001", "0.000002"),
                    version("huge", "1", "1000000000"),
                    RateCardTest.version("soon", "2026-11-21T18:39:00.000001Z", "1"),
                    RateCardTest.version("gone", "2026-11-21T18:38:59.999999Z", "1"),
                    RateCardTest.version("gone", "2026-11-21T18:39:00Z", null)));

    private static RateVersion version(String action, String minimum, String maximum) {
        return new RateVersion(
                action,
                Instant.EPOCH,
                "step",
                new Price(Credits.parse(minimum), Credits.parse(maximum)),
                null,
                null,
                Instant.EPOCH,
                Author.NOBODY,
                null);
    }

    private static String estimate(String items) {
        List<Quote.Item> list = items == null
                ? List.of()
                : Arrays.stream(items.split(", ", -1))
                        .map(item -> item.split(" ", -1))
                        .map(parts -> new Quote.Item(parts[0], new BigDecimal(parts[1])))
                        .toList();
        return Quote.of(CARD, list, NOW)
                .fold(
                        estimate -> estimate.min() + " " + estimate.expected() + " " + estimate.max(),
                        unpriced -> "items[" + unpriced.index() + "]." + unpriced.field() + " " + unpriced.message());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # items            | min, expected, max
                               | 0 0 0
            free 3             | 0 0 0
            tap 3              | 1.5 1.5 1.5
            chat 1             | 10 30 50
            chat 1, tap 1      | 10.5 30.5 50.5
            chat 0.5, chat 1.5 | 20 60 100
            # each item is rounded as its debit will be: two halves of a millionth are two millionths, not one
            tiny 0.5, tiny 0.5 | 0.000002 0.000002 0.000002
            tiny 0.4, tiny 0.4 | 0 0 0
            odd 1, odd 1       | 0.000002 0.000004 0.000004
            huge 1             | 1 500000000.5 1000000000
            """)
    void addsUpWhatEachItemCosts(String items, String figures) {
        assertThat(estimate(items)).isEqualTo(figures);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            nobody 1               | items[0].action is not priced by the rate card at 2026-11-21T18:39:00Z
            tap 1, free 2, Tap 1   | items[2].action is not priced by the rate card at 2026-11-21T18:39:00Z
            soon 1                 | items[0].action is not priced by the rate card at 2026-11-21T18:39:00Z
            gone 1                 | items[0].action is not priced by the rate card at 2026-11-21T18:39:00Z
            tap 1, huge 1.000001   | items[1].quantity costs too much: 1.000001 times up to 1000000000 credits is more than \
            the 1000000000 credits that one command may move
            huge 1, free 1, tiny 1 | items[2].quantity brings the sum to more than 1000000000 credits
            huge 1, nobody 1       | items[1].action is not priced by the rate card at 2026-11-21T18:39:00Z
            """)
    void namesTheFirstItemThatHasNoPrice(String items, String message) {
        assertThat(estimate(items)).isEqualTo(message);
    }

    @Test
    void keepsTheItemsWithTheirFigures() {
        Quote.Item item = new Quote.Item("chat", new BigDecimal("1.5"));

        Quote estimate = Quote.of(CARD, List.of(item), NOW).fold(made -> made, unpriced -> null);

        assertThat(estimate.lines())
                .containsExactly(new Quote.Line(
                        item,
                        new Rate("chat", "step", Credits.of(10), Credits.of(50), Instant.EPOCH),
                        new Rate.Cost(Credits.of(15), Credits.of(45), Credits.of(75))));
    }
}
