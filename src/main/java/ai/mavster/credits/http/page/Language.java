package ai.mavster.credits.http.page;

import java.text.MessageFormat;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A language that there is a bundle for.
 *
 * @param messages by their keys, in the form of {@link MessageFormat}
 * @param fallback the English ones, for what is not translated
 */
public record Language(Locale locale, Map<String, String> messages, Map<String, String> fallback) {

    private static final Pattern AMOUNT_WITH_NOUN = Pattern.compile("\\{(\\d),credits}");

    /** For pages that are no account's. */
    public static final ZoneId UTC = ZoneOffset.UTC;

    /** As in {@code lang} and {@code Content-Language}. */
    public String tag() {
        return locale.toLanguageTag();
    }

    public boolean has(String key) {
        return messages.containsKey(key) || fallback.containsKey(key);
    }

    /**
     * @throws IllegalArgumentException if there is no such text: a fault of ours
     */
    public String say(String key, Object... arguments) {
        return new MessageFormat(AMOUNT_WITH_NOUN.matcher(pattern(key)).replaceAll("{$1}"), locale).format(arguments);
    }

    /** Whether an argument of a text is an amount with its noun: {@code {0,credits}}. */
    boolean isWithNoun(String key, int argument) {
        return pattern(key).contains("{" + argument + ",credits}");
    }

    private String pattern(String key) {
        String pattern = messages.getOrDefault(key, fallback.get(key));
        if (pattern == null) {
            throw new IllegalArgumentException("There is no text " + key);
        }
        return pattern;
    }

    /** Texts with the dates of a zone. */
    public Texts texts(ZoneId zone) {
        return new Texts(this, zone);
    }
}
