package ai.mavster.credits.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a browser got for an address or a form.
 *
 * @param headers by their names in small letters; the last of each
 */
public record Shown(int status, Map<String, String> headers, String body) {

    private static final Pattern INVISIBLE = Pattern.compile("(?s)<(head|svg|script)\\b.*?</\\1>|<!--.*?-->");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0\\u202F]+");
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");
    private static final Pattern FORM_ACTION = Pattern.compile("<form\\b[^>]*\\baction=\"([^\"]*)\"");

    static Shown of(Response response) {
        Map<String, String> headers = new TreeMap<>();
        response.headers()
                .forEach(header -> headers.put(header.getName().toLowerCase(java.util.Locale.ROOT), header.getValue()));
        return new Shown(response.statusCode(), headers, response.asString());
    }

    static Shown of(HttpResponse<?> response, String body) {
        Map<String, String> headers = new TreeMap<>();
        response.headers()
                .map()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(values.size() - 1)));
        return new Shown(response.statusCode(), headers, body);
    }

    public Shown is(int expected) {
        assertThat(status).as(body).isEqualTo(expected);
        return this;
    }

    /** What a reader sees: without tags, every run of blanks one blank. */
    public String text() {
        String seen = TAG.matcher(INVISIBLE.matcher(body).replaceAll(" ")).replaceAll(" ");
        return BLANKS.matcher(unescaped(seen)).replaceAll(" ").strip();
    }

    public Shown shows(String... texts) {
        assertThat(text()).contains(texts);
        return this;
    }

    public Shown showsNot(String... texts) {
        assertThat(text()).doesNotContain(texts);
        return this;
    }

    /** Where it leads on; null: nowhere. */
    public @Nullable String location() {
        return headers.get("location");
    }

    /** The cookie that it sets, as browsers send it back. */
    public String cookie() {
        String set = headers.get("set-cookie");
        assertThat(set).as("a cookie").isNotNull();
        return String.valueOf(set).split(";", 2)[0];
    }

    /** The value of the first field with this name. */
    public String hidden(String name) {
        Matcher input = INPUT.matcher(body);
        while (input.find()) {
            if (name.equals(attribute(input.group(), "name"))) {
                return String.valueOf(attribute(input.group(), "value"));
            }
        }
        throw new AssertionError("There is no field " + name + " in " + body);
    }

    /** Where its forms send what they are filled in with. */
    public List<String> formActions() {
        List<String> actions = new ArrayList<>();
        Matcher form = FORM_ACTION.matcher(body);
        while (form.find()) {
            actions.add(unescaped(form.group(1)));
        }
        return actions;
    }

    private static @Nullable String attribute(String tag, String name) {
        Matcher value = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return value.find() ? unescaped(value.group(1)) : null;
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
