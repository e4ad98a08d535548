package ai.mavster.credits.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two example cards that come with the schema. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ShippedRateCardTest {

    private static Map<String, String> card(String card, String... fields) {
        Reply reply =
                Customer.get("/v1/rate-card?limit=1000&at=2020-01-01T00:00:00Z").is(200);
        Map<String, String> rates = new TreeMap<>();
        for (int i = 0; i < reply.json().at("/data").size(); i++) {
            String row = "data/" + i + "/";
            if (card.equals(reply.at(row + "card"))) {
                rates.put(
                        reply.at(row + "action"),
                        reply.all(
                                java.util.Arrays.stream(fields).map(row::concat).toArray(String[]::new)));
            }
        }
        return rates;
    }

    @Test
    void maveraIsAsPublished() {
        assertThat(card("mavera", "credits", "unit", "note"))
                .isEqualTo(Map.of(
                        "/responses", "{\"min\":1,\"max\":5} request Depends on the tokens.",
                        "/mave/chat", "{\"min\":10,\"max\":50} request Depends on how complex the research is.",
                        "GET:/personas", "0 request Free.",
                        "POST:/personas", "300 request Creation of a custom persona.",
                        "/focus-groups",
                                "{\"min\":50,\"max\":200} request Depends on the sample size and the questions.",
                        "/video-analyses", "{\"min\":100,\"max\":500} request Depends on the length of the video.",
                        "POST:/brand-voices", "50 request Creation of a brand voice."));
    }

    @Test
    void mavsterIsPricedByWhatTheWorkIs() {
        assertThat(card("mavster", "credits", "unit"))
                .isEqualTo(Map.ofEntries(
                        Map.entry("tap:scratch", "1 step"),
                        Map.entry("tap:scratch:region", "0.6 step"),
                        Map.entry("tap:memory-hit", "0.1 step"),
                        Map.entry("tap:memory-hit:region", "0.06 step"),
                        Map.entry("tap:memory-miss", "1 step"),
                        Map.entry("tap:memory-miss:region", "0.6 step"),
                        Map.entry("visual-assert:scratch", "2 step"),
                        Map.entry("visual-assert:scratch:region", "1.2 step"),
                        Map.entry("visual-assert:memory-hit", "0.2 step"),
                        Map.entry("visual-assert:memory-hit:region", "0.12 step"),
                        Map.entry("visual-assert:memory-miss", "2 step"),
                        Map.entry("visual-assert:memory-miss:region", "1.2 step"),
                        Map.entry("scroll:scratch", "0.5 step"),
                        Map.entry("scroll:scratch:region", "0.3 step"),
                        Map.entry("scroll:memory-hit", "0.05 step"),
                        Map.entry("scroll:memory-hit:region", "0.03 step"),
                        Map.entry("scroll:memory-miss", "0.5 step"),
                        Map.entry("scroll:memory-miss:region", "0.3 step"),
                        Map.entry("drag:scratch", "1.5 step"),
                        Map.entry("drag:scratch:region", "0.9 step"),
                        Map.entry("drag:memory-hit", "0.15 step"),
                        Map.entry("drag:memory-hit:region", "0.09 step"),
                        Map.entry("drag:memory-miss", "1.5 step"),
                        Map.entry("drag:memory-miss:region", "0.9 step"),
                        Map.entry("wait-until:scratch", "0.5 evaluation"),
                        Map.entry("wait-until:scratch:region", "0.3 evaluation"),
                        Map.entry("wait-until:memory-hit", "0.05 evaluation"),
                        Map.entry("wait-until:memory-hit:region", "0.03 evaluation"),
                        Map.entry("wait-until:memory-miss", "0.5 evaluation"),
                        Map.entry("wait-until:memory-miss:region", "0.3 evaluation"),
                        Map.entry("segmentation:none", "0 step"),
                        Map.entry("segmentation:auto", "0.75 changed screen"),
                        Map.entry("segmentation:auto:cache-hit", "0 screen"),
                        Map.entry("segmentation:force-fresh", "0.75 screen"),
                        Map.entry("self-healing:round", "3 round"),
                        Map.entry("keyboard", "0 step"),
                        Map.entry("wait", "0 step"),
                        Map.entry("built-in", "0 step")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tap", "visual-assert", "scroll", "drag", "wait-until"})
    void memoryAndALookAtLessCostLess(String work) {
        Map<String, String> card = card("mavster", "credits");
        for (String part : List.of("", ":region")) {
            Credits scratch = Credits.parse(card.get(work + ":scratch" + part));
            Credits hit = Credits.parse(card.get(work + ":memory-hit" + part));

            assertThat(card.get(work + ":memory-miss" + part)).isEqualTo(scratch.toString());
            assertThat(hit.isPositive()).isTrue();
            assertThat(hit.plus(hit).plus(hit)).isLessThan(scratch);
        }
        for (String how : List.of(":scratch", ":memory-hit", ":memory-miss")) {
            assertThat(Credits.parse(card.get(work + how + ":region"))).isLessThan(Credits.parse(card.get(work + how)));
        }
    }

    @Test
    void whereNoPriceIsPublishedItSaysSo() {
        assertThat(card("mavster", "note").values())
                .allSatisfy(note -> assertThat(note).startsWith("Example, not a published price. "));
        assertThat(card("mavster", "author/id", "effective_from").values())
                .containsOnly("shipped 1970-01-01T00:00:00Z");
        assertThat(card("mavster", "note").get("self-healing:round"))
                .contains("also the last one of a healing that ends exhausted");
    }
}
