package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The percents of a limit at which an alert is raised. Pure.
 *
 * @param percents of the limit, each above zero, lowest first
 */
public record Thresholds(List<BigDecimal> percents) {

    static final Thresholds NONE = new Thresholds(List.of());

    /** Of a budget that names none. */
    static final Thresholds DEFAULT =
            of(List.of(BigDecimal.valueOf(50), BigDecimal.valueOf(75), BigDecimal.valueOf(90)));

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public Thresholds {
        percents = List.copyOf(percents);
        if (percents.stream().anyMatch(percent -> percent.signum() <= 0)) {
            throw new IllegalArgumentException("A threshold must be above 0 percent");
        }
    }

    /** These, each once. */
    public static Thresholds of(Collection<BigDecimal> percents) {
        TreeSet<BigDecimal> sorted = new TreeSet<>();
        percents.forEach(percent ->
                sorted.add(new BigDecimal(percent.stripTrailingZeros().toPlainString())));
        return new Thresholds(new ArrayList<>(sorted));
    }

    /** Of the form that {@link #text} has. */
    static Thresholds parse(String text) {
        return text.isEmpty()
                ? NONE
                : new Thresholds(
                        Arrays.stream(text.split(",", -1)).map(BigDecimal::new).toList());
    }

    /** As the database keeps them: {@code 50,75,90}. */
    String text() {
        return percents.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(","));
    }

    /** Those that an amount has reached: it is as much of the limit, or more. None of no limit, and none of nothing. */
    List<BigDecimal> reached(@Nullable Credits limit, Credits amount) {
        if (limit == null || !limit.isPositive() || percents.isEmpty()) {
            return List.of();
        }
        BigDecimal hundredfold = BigDecimal.valueOf(amount.millionths()).multiply(HUNDRED);
        BigDecimal of = BigDecimal.valueOf(limit.millionths());
        List<BigDecimal> reached = new ArrayList<>(0);
        for (BigDecimal percent : percents) {
            if (hundredfold.compareTo(percent.multiply(of)) < 0) {
                break;
            }
            reached.add(percent);
        }
        return reached;
    }
}
