package ai.mavster.credits.portal.usage;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.usage.Dimension;
import ai.mavster.credits.usage.UsageAccount;
import ai.mavster.credits.usage.UsageByDay;
import io.quarkus.qute.TemplateData;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of the usage is asked for.
 *
 * @param by the dimension as in the address
 * @param range null: there is no such range
 * @param from the field as it was sent, or the first day of the range
 * @param to likewise the last day
 */
@TemplateData
public record Choice(String by, @Nullable Range range, String from, String to) {

    private static final Map<String, Dimension> DIMENSIONS = Map.of(
            "action", Dimension.ACTION,
            "project", Dimension.PROJECT,
            "test", Dimension.TEST,
            "workspace", Dimension.WORKSPACE);

    /** @param key of its name among the texts */
    @TemplateData
    public record Tab(String by, String key) {}

    static Choice of(PageRequest request, UsageAccount account) {
        Range range = Range.of(account, request.query("range"), request.query("from"), request.query("to"));
        Instant last = range.to().minusNanos(1);
        return new Choice(
                by(request),
                range,
                day(range.from(), account),
                day(last.isAfter(account.asOf()) ? account.asOf() : last, account));
    }

    private static String day(Instant instant, UsageAccount account) {
        return LocalDate.ofInstant(instant, account.zone()).toString();
    }

    /** Where it is wrong, to be shown again. */
    static Choice asSent(PageRequest request) {
        String from = request.query("from");
        String to = request.query("to");
        return new Choice(by(request), null, from == null ? "" : from, to == null ? "" : to);
    }

    private static String by(PageRequest request) {
        String by = request.query("by");
        return by != null && DIMENSIONS.containsKey(by) ? by : "action";
    }

    /** What it may be grouped by. */
    public List<Tab> tabs() {
        return List.of(
                new Tab("action", "usage.by.action"),
                new Tab("project", "usage.by.project"),
                new Tab("test", "usage.by.test"),
                new Tab("workspace", "usage.by.workspace"));
    }

    public boolean isCustom() {
        return range == null || range.id().equals(Range.CUSTOM);
    }

    /** Whether lines of the table have runs of their own. */
    public boolean hasRuns() {
        return by.equals("test") || by.equals("project");
    }

    /** The same by another dimension. */
    public String query(String otherBy) {
        String query = "?by=" + encoded(otherBy) + "&range=" + (range == null ? Range.CUSTOM : encoded(range.id()));
        return isCustom() ? query + "&from=" + encoded(from) + "&to=" + encoded(to) : query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * @throws InvalidInput if there is no such range
     */
    UsageByDay.Question question(UsageAccount account) {
        if (range == null) {
            throw new InvalidInput("from", "must be a day");
        }
        return new UsageByDay.Question(
                account, range.from(), range.to(), DIMENSIONS.getOrDefault(by, Dimension.ACTION));
    }
}
