package ai.mavster.credits.http.page;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Decimals;
import ai.mavster.credits.InvalidInput;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the numbers of forms as their reader writes them: {@code 1.234,5} in German, {@code 1,234.5} in English. */
public final class Numbers {

    private static final int LONGEST = 40;
    private static final Pattern PLAIN = Pattern.compile("\\d+(\\.\\d*)?|\\.\\d+");

    /** Those that locales group by, and those that people type instead; no full stop or comma, which are decided on. */
    private static final Pattern BLANKS_AND_APOSTROPHES = Pattern.compile("[\\s\\u00A0\\u202F'\\u2019]");

    private Numbers() {}

    /**
     * An amount of credits, more than zero. A single point that can be no group is a decimal point in every language;
     * where it can be either it is what the locale has it for: {@code 1.234} is a thousand and more in German.
     *
     * @param field the form's name of it
     * @param text null: it was left empty
     * @throws InvalidInput if it is no number, not more than zero, finer than a millionth, or too much
     */
    public static Credits credits(String field, @Nullable String text, Locale locale) {
        String plain = text == null ? "" : plain(text.strip(), locale);
        if (text == null || text.length() > LONGEST || !PLAIN.matcher(plain).matches()) {
            throw new InvalidInput(field, "must be a number greater than 0");
        }
        BigDecimal number = new BigDecimal(plain);
        if (number.signum() == 0) {
            throw new InvalidInput(field, "must be greater than 0");
        }
        if (number.compareTo(new BigDecimal(Credits.MAX_AMOUNT.toString())) > 0) {
            throw new InvalidInput(field, "must be at most " + Credits.MAX_AMOUNT);
        }
        if (Decimals.isFinerThan(Credits.DECIMALS, number)) {
            throw new InvalidInput(field, Decimals.roundTo(Credits.DECIMALS, number));
        }
        return Credits.of(number);
    }

    /** With a decimal point and without groups, where it is well written; anything else stays none. */
    private static String plain(String text, Locale locale) {
        String written = BLANKS_AND_APOSTROPHES.matcher(text).replaceAll("");
        char decimal = DecimalFormatSymbols.getInstance(locale).getDecimalSeparator() == ',' ? ',' : '.';
        char group = decimal == ',' ? '.' : ',';
        if (isGrouped(written, group, decimal)) {
            return written.replace(String.valueOf(group), "").replace(decimal, '.');
        }
        // Without groups: the locale's own decimal separator, or the point that programs write.
        return written.indexOf(group) < 0 ? written.replace(decimal, '.') : group == '.' ? written : "";
    }

    /** {@code 12.345.678,9}: groups of three, the first of up to three that begin with no zero. */
    private static boolean isGrouped(String written, char group, char decimal) {
        return written.matches("[1-9]\\d{0,2}(%1$s\\d{3})+(%2$s\\d*)?"
                .formatted(Pattern.quote(String.valueOf(group)), Pattern.quote(String.valueOf(decimal))));
    }

    /** As it is put into a field: in the reader's decimals, and without groups, which are hard to edit. */
    public static String field(@Nullable Credits credits, Locale locale) {
        char decimal = DecimalFormatSymbols.getInstance(locale).getDecimalSeparator() == ',' ? ',' : '.';
        return credits == null ? "" : credits.toString().replace('.', decimal);
    }
}
