package ai.mavster.credits.http.page;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Money;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes texts, numbers, money and dates as a reader has them; in templates it is {@code t}. */
@TemplateData
public final class Texts {

    /** As wide as a plus. */
    private static final String MINUS = "\u2212";

    private final Language language;
    private final ZoneId zone;

    Texts(Language language, ZoneId zone) {
        this.language = language;
        this.zone = zone;
    }

    public String language() {
        return language.tag();
    }

    public Locale locale() {
        return language.locale();
    }

    public ZoneId zone() {
        return zone;
    }

    public String say(String key) {
        return language.say(key);
    }

    public String say(String key, @Nullable Object first) {
        return language.say(key, written(key, first));
    }

    public String say(String key, @Nullable Object first, @Nullable Object second) {
        return language.say(key, written(key, first, second));
    }

    public String say(String key, @Nullable Object first, @Nullable Object second, @Nullable Object third) {
        return language.say(key, written(key, first, second, third));
    }

    public String say(
            String key,
            @Nullable Object first,
            @Nullable Object second,
            @Nullable Object third,
            @Nullable Object fourth) {
        return language.say(key, written(key, first, second, third, fourth));
    }

    private Object[] written(String key, @Nullable Object... arguments) {
        Object[] written = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            written[i] = arguments[i] instanceof Credits credits && language.isWithNoun(key, i)
                    ? inWords(credits)
                    : written(arguments[i]);
        }
        return written;
    }

    public boolean has(String key) {
        return language.has(key);
    }

    /** Credits, money and dates within texts are written as they are elsewhere; whole numbers are left to the text, which may ask for a plural. */
    private Object written(@Nullable Object argument) {
        if (argument instanceof Credits credits) {
            return credits(credits);
        }
        if (argument instanceof Money money) {
            return money(money);
        }
        if (argument instanceof Instant instant) {
            return date(instant);
        }
        if (argument instanceof LocalDate day) {
            return day(day);
        }
        return argument == null ? "" : argument;
    }

    /** All decimals that there are, at most six. */
    public String credits(Credits credits) {
        return number(new BigDecimal(credits.toString()), Credits.DECIMALS);
    }

    /** In sentences: {@code 1 credit}, {@code 12.5 credits}. */
    public String inWords(Credits credits) {
        return say(credits.equals(Credits.of(1)) ? "layout.credits.one" : "layout.credits.many", credits);
    }

    /** The noun alone, for an amount that stands apart from it. */
    public String unit(Credits credits) {
        return say(credits.equals(Credits.of(1)) ? "layout.unit.one" : "layout.unit.many");
    }

    /** With the sign of what comes in or goes out. */
    public String signed(Credits credits) {
        return credits.isZero()
                ? credits(credits)
                : (credits.isNegative() ? MINUS : "+") + credits(credits.isNegative() ? credits.negated() : credits);
    }

    /** To whole credits, for where there is little room. */
    public String rounded(Credits credits) {
        return number(new BigDecimal(credits.toString()), 0);
    }

    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale()).format(number);
    }

    public String number(BigDecimal number, int decimals) {
        NumberFormat format = NumberFormat.getNumberInstance(locale());
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(number);
    }

    public String percent(long percent) {
        return NumberFormat.getPercentInstance(locale()).format(BigDecimal.valueOf(percent, 2));
    }

    public String money(Money money) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale());
        Currency currency = Currency.getInstance(money.currency());
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        return format.format(money.value());
    }

    /** The day of an instant in the account's zone: {@code 21 Nov 2026}. */
    public String date(Instant instant) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale())
                .format(instant.atZone(zone));
    }

    public String dateTime(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale())
                .format(instant.atZone(zone));
    }

    /** The time of day in the account's zone. */
    public String time(Instant instant) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale())
                .format(instant.atZone(zone));
    }

    public String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale())
                .format(day);
    }
}
