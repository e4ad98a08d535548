package ai.mavster.credits.portal.limit;

import ai.mavster.credits.Decimals;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.page.Texts;
import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The percents at which alerts are raised, as a form has them: {@code 50, 75, 90}. Pure. */
final class Percents {

    private static final int MOST = 20;
    private static final int LONGEST = 300;
    private static final int DECIMALS = 2;
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1000);
    private static final Pattern BETWEEN = Pattern.compile("[;\\s%]+|,(?=[\\s%]|$)");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("\\d+,\\d{1,2}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}(\\.\\d{1,2})?");

    private Percents() {}

    /**
     * @param text null: none
     * @throws InvalidInput if it is no list of percents above 0 and up to 1000, or has too many
     */
    static List<BigDecimal> of(String field, @Nullable String text, Locale locale) {
        List<BigDecimal> percents = new ArrayList<>();
        if (text != null && text.length() > LONGEST) {
            throw wrong(field);
        }
        for (String part : text == null ? new String[0] : BETWEEN.split(text, -1)) {
            if (hasDecimalComma(locale) && DECIMAL_COMMA.matcher(part).matches()) {
                percents.add(percent(field, part.replace(',', '.')));
            } else {
                for (String number : part.split(",", -1)) {
                    if (!number.isEmpty()) {
                        percents.add(percent(field, number));
                    }
                }
            }
        }
        if (percents.size() > MOST) {
            throw wrong(field);
        }
        return percents;
    }

    private static BigDecimal percent(String field, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw wrong(field);
        }
        BigDecimal percent = new BigDecimal(text);
        if (percent.signum() == 0 || percent.compareTo(LARGEST) > 0 || Decimals.isFinerThan(DECIMALS, percent)) {
            throw wrong(field);
        }
        return percent;
    }

    private static InvalidInput wrong(String field) {
        return new InvalidInput(field, "must be percents above 0 and up to 1000, such as 50, 75, 90");
    }

    private static boolean hasDecimalComma(Locale locale) {
        return DecimalFormatSymbols.getInstance(locale).getDecimalSeparator() == ',';
    }

    /** As a form has them. */
    static String field(Collection<BigDecimal> percents, Texts texts) {
        String between = hasDecimalComma(texts.locale()) ? "; " : ", ";
        return percents.stream().map(percent -> texts.number(percent, DECIMALS)).collect(Collectors.joining(between));
    }
}
