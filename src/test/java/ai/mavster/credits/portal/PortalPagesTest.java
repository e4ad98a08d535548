package ai.mavster.credits.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of every page that there is: found in the {@link Portal}, so that none is left out. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PortalPagesTest {

    /** Each would do something in a page that does not escape it; as it stands in JSON. */
    private static final List<String> PAYLOADS = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(2)>",
            "'onmouseover='alert(3)",
            "</textarea></title><svg/onload=alert(4)>",
            "{t.say('layout.brand')}");

    private static final Pattern FIELD =
            Pattern.compile("<(?:input|select|textarea|button)\\b[^>]*\\bname=\"([^\"]+)\"");

    /** What the policy would refuse to run or load, or would have it load from elsewhere. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("<script(?![^>]*\\ssrc=\"/assets/)|<style|<base|<iframe|<object|=\"javascript:"
                    + "|\\s(?:src|action|formaction)=\"(?:https?:)?//");

    /** Within a tag, once the values of attributes are taken away: there a payload may stand, as long as it stays in one. */
    private static final Pattern FORBIDDEN_ATTRIBUTE = Pattern.compile("<[a-z][^<>]*\\s(?:on[a-z]+|style|srcdoc)=");

    private static final Pattern VALUE = Pattern.compile("=\"[^\"]*\"");

    @Inject
    Portal portal;

    private Customer customer;
    private Owner owner;

    @BeforeEach
    void aCustomerWhoWritesPayloads() {
        customer = Customer.having("100");
        String text = json(PAYLOADS.get(0) + PAYLOADS.get(1));
        Customer.put(customer.path(""), "{'name': '" + text + "', 'metadata': {'m': '" + json(PAYLOADS.get(2)) + "'}}")
                .is(200);
        Customer.post(
                        customer.path("/top-ups"),
                        Customer.newKey(),
                        "{'credits': 5, 'reference': '" + json(PAYLOADS.get(3)) + "', 'note': '" + text + "'}")
                .is(201);
        customer.grant("1", ", 'metadata': {'m': '" + text + "'}").is(201);
        Customer.post(
                        customer.path("/runs"),
                        Customer.newKey(),
                        "{'run_id': 'run-1', 'project_id': 'shop', 'test_id': 'pays', 'metadata': {'m': '" + text
                                + "'}}")
                .is(201);
        String debit = String.valueOf(customer.debit(
                        "2",
                        ", 'action': '/mave/chat', 'quantity': 1, 'run_id': 'run-1', 'project_id': 'shop', 'metadata': {'m': '"
                                + text + "'}")
                .is(201)
                .at("id"));
        customer.reverse(debit, "{'credits': 1, 'reason': '" + json(PAYLOADS.get(4)) + text + "'}")
                .is(201);
        owner = Owner.of(customer);
    }

    private static String json(String text) {
        return text.replace("\"", "\\u0022").replace("'", "\\u0027");
    }

    @Test
    void whatCustomersWroteIsShownAndNeverRun() {
        SoftAssertions all = new SoftAssertions();
        pages().forEach((path, page) -> harmless(page, path, all));
        all.assertAll();
    }

    @Test
    void whatIsSentBackIsShownAndNeverRun() {
        SoftAssertions all = new SoftAssertions();
        Set<String> fields =
                new TreeSet<>(Set.of("account", "done", "cursor", "from", "to", "limit", "name", "unknown"));
        pages().values().forEach(page -> fields.addAll(fields(page)));
        fields.remove("form_token");
        for (String payload : PAYLOADS) {
            for (String address : portal.addresses()) {
                String path = address.replaceAll(
                        ":[a-z_]+", URLEncoder.encode(payload, UTF_8).replace("+", "%20"));
                harmless(Browser.get(path, owner.cookie()), path, all);
                String query = fields.stream()
                        .filter(field -> !field.equals("account"))
                        .map(field -> field + "=" + URLEncoder.encode(payload, UTF_8))
                        .collect(Collectors.joining("&"));
                String filled = Browser.filledIn(address, customer);
                filled += (filled.contains("?") ? "&" : "?") + query;
                harmless(Browser.get(filled, owner.cookie()), filled, all);
            }
            for (String form : portal.forms()) {
                if (!form.endsWith("/sign-out")) {
                    String[] sent = Stream.concat(
                                    fields.stream().map(field -> field + "=" + payload),
                                    Stream.of("form_token=" + owner.formToken()))
                            .toArray(String[]::new);
                    harmless(Browser.post(form, owner.cookie(), sent), form, all);
                }
            }
        }
        all.assertAll();
    }

    private static void harmless(Shown shown, String what, SoftAssertions all) {
        all.assertThat(shown.status()).as(what).isLessThan(500);
        if (isHtml(shown)) {
            all.assertThat(shown.body())
                    .as(what)
                    .doesNotContain(PAYLOADS.subList(0, 4).toArray(String[]::new));
            all.assertThat(shown.body()).as(what).doesNotContain("alert(1)</script>", "<img src=x", "<svg/onload");
            Matcher forbidden = FORBIDDEN.matcher(shown.body());
            all.assertThat(forbidden.find() ? forbidden.group() : null).as(what).isNull();
            Matcher attribute =
                    FORBIDDEN_ATTRIBUTE.matcher(VALUE.matcher(shown.body()).replaceAll("=''"));
            all.assertThat(attribute.find() ? attribute.group() : null).as(what).isNull();
        } else {
            all.assertThat(shown.headers().getOrDefault("x-content-type-options", ""))
                    .as(what)
                    .isEqualTo("nosniff");
        }
    }

    @Test
    void eachSaysTheSameToBrowsers() {
        SoftAssertions all = new SoftAssertions();
        pages().forEach((path, page) -> {
            all.assertThat(page.headers()).as(path).containsEntry("cache-control", "no-store");
            all.assertThat(page.headers()).as(path).containsEntry("referrer-policy", "no-referrer");
            all.assertThat(page.headers()).as(path).containsEntry("x-content-type-options", "nosniff");
            all.assertThat(page.headers().get("content-security-policy"))
                    .as(path)
                    .contains(
                            "default-src 'none'; script-src 'self'; style-src 'self';",
                            "base-uri 'none'; frame-ancestors 'none'")
                    .containsPattern("form-action 'self'[^;]* https://app\\.example\\.com;")
                    .doesNotContain("unsafe", "*");
            if (isHtml(page)) {
                all.assertThat(page.headers()).as(path).containsEntry("content-language", "en");
                all.assertThat(page.body()).as(path).contains("<html lang=\"en\">", "name=\"viewport\"", "id=\"main\"");
            }
        });
        all.assertAll();
    }

    /** Its forms are those that are registered, and each carries the session's token. */
    @Test
    void formsLeadToFormsAndCarryTheToken() {
        SoftAssertions all = new SoftAssertions();
        List<Pattern> forms = portal.forms().stream()
                .map(form -> Pattern.compile(form.replaceAll(":[a-z_]+", "[^/]+")))
                .toList();
        Pattern form = Pattern.compile("(?s)<form\\b[^>]*method=\"post\"[^>]*>.*?</form>");
        pages().forEach((path, page) -> {
            Matcher found = form.matcher(page.body());
            while (found.find()) {
                all.assertThat(found.group()).as(path).contains("value=\"" + owner.formToken() + "\"");
                Matcher action = Pattern.compile("action=\"([^\"?]*)").matcher(found.group());
                String target = action.find() ? action.group(1) : path.split("\\?", 2)[0];
                all.assertThat(forms)
                        .as(path + " sends to " + target)
                        .anyMatch(one -> one.matcher(target).matches());
            }
        });
        all.assertAll();
    }

    @Test
    void everyLinkWithinLeadsToAPage() {
        Set<String> links = new TreeSet<>();
        pages().values().forEach(page -> {
            Matcher link = Pattern.compile("href=\"(/[^\"#]*)\"").matcher(page.body());
            while (link.find()) {
                links.add(link.group(1).replace("&amp;", "&"));
            }
        });
        SoftAssertions all = new SoftAssertions();
        for (String link : links) {
            all.assertThat(Browser.get(link, owner.cookie()).status()).as(link).isEqualTo(200);
        }
        all.assertAll();
        assertThat(links).contains("/billing");
    }

    private Map<String, Shown> pages() {
        Map<String, Shown> pages = new java.util.TreeMap<>();
        for (String address : portal.addresses()) {
            String path = Browser.filledIn(address, customer);
            Shown page = Browser.get(path, owner.cookie());
            assertThat(page.status()).as(path + ": " + page.body()).isEqualTo(200);
            pages.put(path, page);
        }
        return pages;
    }

    private static List<String> fields(Shown page) {
        List<String> names = new ArrayList<>();
        Matcher field = FIELD.matcher(page.body());
        while (field.find()) {
            names.add(field.group(1));
        }
        return names;
    }

    private static boolean isHtml(Shown shown) {
        return shown.headers().getOrDefault("content-type", "").startsWith("text/html");
    }
}
