package ai.mavster.credits.portal.usage;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.portal.Sentence;
import ai.mavster.credits.subscription.terms.Period;
import ai.mavster.credits.subscription.terms.Subscription;
import ai.mavster.credits.usage.UsageAccount;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of usage that is chosen. Pure.
 *
 * @param id as in the address
 * @param name for the choice
 * @param from belongs to it
 * @param to does not; it may lie in the future
 */
@TemplateData
public record Range(String id, Sentence name, Instant from, Instant to) {

    /** Any days, which the address has, too. */
    static final String CUSTOM = "custom";

    private static final String CURRENT = "current";
    private static final int PERIODS_BEFORE = 5;
    private static final int[] LAST_DAYS = {7, 30, 90};
    private static final int LAST_YEAR = 9998;

    /** What there is to choose: the billing periods, if there are any, and the last days. */
    static List<Range> choices(UsageAccount account) {
        List<Range> choices = new ArrayList<>(periods(account));
        for (int days : LAST_DAYS) {
            choices.add(lastDays(days, account));
        }
        return List.copyOf(choices);
    }

    private static List<Range> periods(UsageAccount account) {
        Period period = account.period();
        Subscription terms = account.terms();
        List<Range> periods = new ArrayList<>();
        if (period == null || terms == null) {
            return periods;
        }
        periods.add(new Range(CURRENT, Sentence.of("usage.range.current"), period.start(), period.end()));
        for (int i = 1; i <= PERIODS_BEFORE && period.start().isAfter(terms.createdAt()); i++) {
            period = terms.periodAt(period.start().minusNanos(1));
            periods.add(new Range(
                    "period-" + i,
                    Sentence.of("usage.range.period", period.start(), period.end()),
                    period.start(),
                    period.end()));
        }
        return periods;
    }

    private static Range lastDays(int days, UsageAccount account) {
        LocalDate today = LocalDate.ofInstant(account.asOf(), account.zone());
        return new Range(
                "last-" + days,
                Sentence.of("usage.range.last", days),
                start(today.minusDays(days - 1), account.zone()),
                start(today.plusDays(1), account.zone()));
    }

    /**
     * The one that is asked for.
     *
     * @param id null: the current billing period, or the last 30 days where there is none
     * @param from the first day of a range of its own
     * @param to the last day of it; null: today
     * @throws InvalidInput if there is no such range
     */
    static Range of(UsageAccount account, @Nullable String id, @Nullable String from, @Nullable String to) {
        if (CUSTOM.equals(id)) {
            LocalDate first = day("from", from);
            LocalDate last = to == null ? LocalDate.ofInstant(account.asOf(), account.zone()) : day("to", to);
            return new Range(
                    CUSTOM,
                    Sentence.of("usage.range.custom"),
                    start(first, account.zone()),
                    start(last.plusDays(1), account.zone()));
        }
        return choices(account).stream()
                .filter(choice -> id == null || choice.id.equals(id))
                .findFirst()
                .filter(choice -> id != null || choice.id.equals(CURRENT))
                .orElseGet(() -> lastDays(30, account));
    }

    private static LocalDate day(String field, @Nullable String text) {
        try {
            LocalDate day = LocalDate.parse(text == null ? "" : text);
            if (day.getYear() > 0 && day.getYear() <= LAST_YEAR) {
                return day;
            }
        } catch (DateTimeParseException malformed) {
            // What is said of it is the same.
        }
        throw new InvalidInput(field, "must be a day, such as 2026-11-21");
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}
