package ai.mavster.credits;

import static io.restassured.RestAssured.given;

import ai.mavster.credits.embedded.Eventually;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The service's own metrics at one time, by name and labels; those that are not a number are left out. */
public record Scrape(Map<String, BigDecimal> samples) {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    public static Scrape now() {
        Map<String, BigDecimal> samples = new TreeMap<>();
        String text = given().get("/q/metrics").then().statusCode(200).extract().asString();
        text.lines()
                .filter(line -> line.matches(
                        "(clock|connections|credits|ledger|estimated|holds|payment|renewals|requests|waiting)_.*"))
                .filter(line -> !line.endsWith("NaN"))
                .forEach(line -> samples.put(
                        line.substring(0, line.lastIndexOf(' ')).replaceFirst(",\\}$", "}"),
                        new BigDecimal(line.substring(line.lastIndexOf(' ') + 1))));
        return new Scrape(samples);
    }

    public BigDecimal of(String sample) {
        return samples.getOrDefault(sample, BigDecimal.ZERO);
    }

    /**
     * That a sample has risen since by just so much. Callers are answered before anything is counted, so it may take a
     * moment.
     */
    public void risesBy(String sample, String rise) {
        Eventually.holds(
                DEADLINE,
                () -> now().of(sample).subtract(of(sample)).compareTo(new BigDecimal(rise)) == 0,
                () -> sample + " rises by " + rise + ": " + now());
    }
}
