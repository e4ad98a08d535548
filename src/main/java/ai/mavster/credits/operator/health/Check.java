package ai.mavster.credits.operator.health;

import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A figure and what is to be said of it. Pure.
 *
 * @param name what was measured
 * @param value in words
 * @param state good, bad, or unknown where it could not be measured
 * @param meaning what it means that it is bad, or what it counts
 * @param path the page where it is seen to; null: there is none
 */
@TemplateData
public record Check(
        String name,
        String value,
        State state,
        String meaning,
        @Nullable String path) {

    private static final BigDecimal MILLISECOND = new BigDecimal("0.001");

    /** How a figure is. */
    public enum State {
        GOOD("good", "Good"),
        BAD("bad", "Look here"),
        UNKNOWN("", "Unknown");

        private final String tone;
        private final String word;

        State(String tone, String word) {
            this.tone = tone;
            this.word = word;
        }

        /** The class of a badge. */
        public String tone() {
            return tone;
        }

        public String word() {
            return word;
        }
    }

    public boolean isBad() {
        return state == State.BAD;
    }

    /**
     * So many of something.
     *
     * @param count null: unknown
     * @param most what is good yet
     */
    static Check count(String name, @Nullable BigDecimal count, long most, String meaning, @Nullable String path) {
        return count == null
                ? new Check(name, "unknown", State.UNKNOWN, meaning, path)
                : new Check(
                        name,
                        String.format(Locale.ENGLISH, "%,d", count.longValue()),
                        count.compareTo(BigDecimal.valueOf(most)) > 0 ? State.BAD : State.GOOD,
                        meaning,
                        path);
    }

    /**
     * How long something takes, or has waited.
     *
     * @param seconds null: unknown
     * @param most what is good yet
     */
    static Check time(String name, @Nullable BigDecimal seconds, Duration most, String meaning, @Nullable String path) {
        return seconds == null
                ? new Check(name, "unknown", State.UNKNOWN, meaning, path)
                : new Check(
                        name,
                        inWords(seconds),
                        seconds.abs().compareTo(BigDecimal.valueOf(most.toSeconds())) > 0 ? State.BAD : State.GOOD,
                        meaning,
                        path);
    }

    /** {@code 12 ms}, {@code 3.5 s}, {@code 4 min}, {@code 2 h}, {@code 3 days}. */
    private static String inWords(BigDecimal seconds) {
        BigDecimal size = seconds.abs();
        long whole = size.longValue();
        String sign = seconds.signum() < 0 ? "\u2212" : "";
        if (size.signum() == 0) {
            return "0 s";
        }
        if (size.compareTo(MILLISECOND) < 0) {
            return "under 1 ms";
        }
        if (whole < 1) {
            return sign
                    + size.movePointRight(3).setScale(0, RoundingMode.HALF_UP).toPlainString() + " ms";
        }
        if (whole < 60) {
            return sign + whole + " s";
        }
        if (whole < 7_200) {
            return sign + whole / 60 + " min";
        }
        return whole < 172_800 ? sign + whole / 3_600 + " h" : sign + whole / 86_400 + " days";
    }
}
