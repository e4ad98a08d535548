package ai.mavster.credits.http.page;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The languages of the pages: those that {@code messages/page_<language>.properties} is there for. English is there, and
 * is what a text is in that another language lacks.
 */
@Singleton
public class Languages {

    private final Map<String, Language> byTag = new LinkedHashMap<>();
    private final Language english;

    Languages() {
        Map<String, String> fallback =
                read("en").orElseThrow(() -> new IllegalStateException("There are no English texts"));
        this.english = new Language(Locale.ENGLISH, fallback, fallback);
        byTag.put("en", english);
        for (String tag : Locale.getISOLanguages()) {
            if (!byTag.containsKey(tag)) {
                read(tag)
                        .ifPresent(messages ->
                                byTag.put(tag, new Language(Locale.forLanguageTag(tag), messages, fallback)));
            }
        }
    }

    private static Optional<Map<String, String>> read(String tag) {
        try (InputStream file = Languages.class.getResourceAsStream("/messages/page_" + tag + ".properties")) {
            if (file == null) {
                return Optional.empty();
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            Map<String, String> messages = new TreeMap<>();
            properties.stringPropertyNames().forEach(key -> messages.put(key, properties.getProperty(key)));
            return Optional.of(Map.copyOf(messages));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With dates that cannot be misread, and hours up to 24. */
    public Language english() {
        return new Language(Locale.UK, english.messages(), english.fallback());
    }

    /** All of them, English first. */
    public List<Language> all() {
        return List.copyOf(byTag.values());
    }

    /**
     * The one that a browser likes best, numbers and dates as in its region.
     *
     * @param accepted the header {@code Accept-Language}; null: it says nothing
     */
    public Language of(@Nullable String accepted) {
        if (accepted == null || accepted.length() > 200) {
            return english;
        }
        try {
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(accepted)) {
                Locale locale = Locale.forLanguageTag(range.getRange());
                Language language = byTag.get(locale.getLanguage());
                if (language != null && range.getWeight() > 0) {
                    return new Language(locale, language.messages(), language.fallback());
                }
            }
        } catch (IllegalArgumentException malformed) {
            return english;
        }
        return english;
    }
}
