package ai.mavster.credits;

import static io.restassured.RestAssured.given;

import ai.mavster.credits.embedded.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The metrics that the service exposes, each with the labels of its series. */
record ExposedMetrics(Map<String, List<Map<String, String>>> series) {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Given by Prometheus to whatever it scrapes. */
    private static final Set<String> OF_TARGETS = Set.of("job", "instance");

    /** As they are once there was a debit, and a garbage collection. */
    static ExposedMetrics now() {
        Customer.on("basic").debit("1").is(201);
        System.gc();
        Eventually.holds(
                DEADLINE,
                () -> scraped().series.containsKey("credits_used_by_endpoint_total"),
                () -> "a debit is counted");
        return scraped();
    }

    private static ExposedMetrics scraped() {
        String scraped =
                given().get("/q/metrics").then().statusCode(200).extract().asString();
        Map<String, List<Map<String, String>>> series = new TreeMap<>();
        SAMPLE.matcher(scraped).results().forEach(sample -> {
            Map<String, String> labels = new TreeMap<>();
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
            }
            series.computeIfAbsent(sample.group(1), first -> new ArrayList<>()).add(labels);
        });
        return new ExposedMetrics(series);
    }

    /** A metric as the page of metrics names it: with or without what histograms and timers have it end in. */
    static Pattern onThePage(String metric) {
        return Pattern.compile("`" + metric.replaceFirst("_(bucket|count|sum)$", "(_$1)?") + "`");
    }

    /** What of a query the service does not expose; nothing, if it can be answered. */
    List<String> unknownOf(PromQuery query) {
        List<String> unknown = new ArrayList<>();
        for (PromQuery.Selector selector : query.selectors()) {
            List<Map<String, String>> found = series.getOrDefault(selector.metric(), List.of());
            if (found.isEmpty()) {
                unknown.add(selector.metric());
            }
            selector.conditions().forEach((label, condition) -> {
                if (!isKnown(found, label, condition)) {
                    unknown.add(selector.metric() + " with " + label + " " + condition);
                }
            });
        }
        for (String label : query.groupedBy()) {
            if (query.selectors().stream().noneMatch(selector -> hasLabel(selector.metric(), label))) {
                unknown.add("by " + label);
            }
        }
        return unknown;
    }

    boolean hasLabel(String metric, String label) {
        return OF_TARGETS.contains(label)
                || series.getOrDefault(metric, List.of()).stream().anyMatch(labels -> labels.containsKey(label));
    }

    /** Of the framework's own, a value may only come about later: the status of a failure, say. */
    private static boolean isKnown(List<Map<String, String>> found, String label, PromQuery.Condition condition) {
        return OF_TARGETS.contains(label)
                || found.stream()
                        .filter(labels -> labels.containsKey(label))
                        .anyMatch(labels -> label.equals("status") || condition.admits(labels.get(label)));
    }
}
