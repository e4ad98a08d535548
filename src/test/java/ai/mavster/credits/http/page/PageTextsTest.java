package ai.mavster.credits.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The bundles have what pages say, and nothing that none says; each language says the same. */
class PageTextsTest {

    private static final Path JAVA = Path.of("src", "main", "java");
    private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates");

    private static final Pattern SAID = Pattern.compile("\\bsay\\(\\s*['\"]([a-z0-9_-]+\\.[a-z0-9_.-]+)['\"]\\s*[,)]");
    private static final Pattern DONE = Pattern.compile("\\.done\\([^;]*?\"([a-z0-9_]+)\"\\s*\\)");
    private static final Pattern NAMED = Pattern.compile("\\bnamed\\(\\s*\\w+,\\s*\"([a-z_]+)\"");

    /** A whole key, or what one begins with. */
    private static final Pattern LITERAL = Pattern.compile("['\"]([a-z][a-z0-9_-]*\\.[a-z0-9_.-]*)['\"]");

    /** The code of a problem, or what a form has done. */
    private static final Pattern WORD = Pattern.compile("\"([a-z_]+)\"");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)(,\\w+)?");

    private final List<Language> languages = new Languages().all();
    private final Map<String, String> english = languages.get(0).messages();

    @Test
    void whatIsSaidIsThere() {
        Set<String> said = new TreeSet<>();
        sources().values().forEach(source -> said.addAll(found(SAID, source)));
        sources().values().forEach(source -> found(DONE, source).forEach(what -> said.add("done." + what)));
        sources()
                .values()
                .forEach(source -> found(NAMED, source)
                        .forEach(code ->
                                said.addAll(List.of("problem." + code + ".title", "problem." + code + ".detail"))));

        assertThat(english.keySet()).containsAll(said);
        assertThat(said).contains("layout.skip", "problem.no_session.title");
    }

    @Test
    void whatIsThereIsSaid() {
        Set<String> literals = new TreeSet<>();
        Set<String> words = new TreeSet<>();
        Stream.of(Refusal.Code.values()).map(Refusal.Code::id).forEach(words::add);
        sources().values().forEach(source -> {
            literals.addAll(found(LITERAL, source));
            words.addAll(found(WORD, source));
        });
        List<String> prefixes = literals.stream()
                .filter(text -> text.matches(".*[._-]") && !text.matches("(problem|done)\\."))
                .toList();

        List<String> unused = english.keySet().stream()
                .filter(key -> !literals.contains(key))
                .filter(key -> !(key.matches("(problem|done)\\..*") && isIn(words, key.split("\\.", -1)[1])))
                .filter(key -> prefixes.stream().noneMatch(key::startsWith))
                .toList();

        assertThat(unused).isEmpty();
    }

    @Test
    void eachLanguageHasThemAllWithTheSamePlaces() {
        SoftAssertions all = new SoftAssertions();
        for (Language language : languages) {
            all.assertThat(language.messages().keySet()).as(language.tag()).isEqualTo(english.keySet());
            language.messages()
                    .forEach((key, text) -> all.assertThat(places(text))
                            .as(language.tag() + " " + key)
                            .isEqualTo(places(english.getOrDefault(key, ""))));
        }
        all.assertAll();
        assertThat(languages).extracting(Language::tag).contains("en", "de");
    }

    @Test
    void eachIsAMessage() {
        SoftAssertions all = new SoftAssertions();
        for (Language language : languages) {
            language.messages().forEach((key, text) -> {
                String what = language.tag() + " " + key;
                all.assertThat(text).as(what).isNotBlank().isEqualTo(text.strip());
                all.assertThat(text.replace("''", ""))
                        .as(what + ": an apostrophe is written twice")
                        .doesNotContain("'");
                all.assertThatCode(() -> new MessageFormat(text.replace(",credits}", "}"), Locale.ENGLISH))
                        .as(what)
                        .doesNotThrowAnyException();
            });
        }
        all.assertAll();
    }

    @Test
    void anAmountHasTheNounOfItsNumber() {
        Language words = languages.get(0);
        assertThat(Stream.of("0", "0.5", "1", "1.5", "2")
                        .map(credits -> words.texts(Language.UTC)
                                .say("overview.paused.kept", Credits.of(new BigDecimal(credits)))))
                .allSatisfy(
                        text -> assertThat(text).containsPattern("of (1 credit|(0|0\\.5|1\\.5|2) credits) is kept"));
        for (Language language : languages) {
            assertThat(language.messages())
                    .as("an amount with its noun is {0,credits}")
                    .allSatisfy((key, text) -> assertThat(
                                    key.startsWith("layout.credits.") || key.equals("plan.grace") ? "" : text)
                            .doesNotContainPattern("(?i)\\{\\d} credits"));
        }
    }

    /** Whole, or put together of one that ends with an underscore. */
    private static boolean isIn(Set<String> words, String word) {
        return words.contains(word)
                || words.stream().anyMatch(part -> part.length() > 2 && part.endsWith("_") && word.startsWith(part));
    }

    private static Set<String> places(String text) {
        Matcher place = PLACEHOLDER.matcher(text);
        Set<String> places = new TreeSet<>();
        while (place.find()) {
            places.add(place.group(1));
        }
        return places;
    }

    private static Set<String> found(Pattern pattern, String source) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(source);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** The sources of pages: their templates, and all classes. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> java = Files.walk(JAVA);
                Stream<Path> templates = Files.walk(TEMPLATES)) {
            for (Path file :
                    Stream.concat(java, templates).filter(Files::isRegularFile).toList()) {
                sources.put(file.toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }
}
