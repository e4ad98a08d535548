package ai.mavster.credits.portal;

import static io.restassured.RestAssured.given;

import ai.mavster.credits.Customer;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The owner of an account in a browser without scripts: has opened a link to the billing page, keeps its cookie, and
 * sends its forms. No redirect is followed.
 */
public final class Owner {

    private final String cookie;
    private final String formToken;
    private final String language;

    private Owner(String cookie, String formToken, String language) {
        this.cookie = cookie;
        this.formToken = formToken;
        this.language = language;
    }

    public static Owner of(Customer customer) {
        Shown opened = open(link(customer, "{}"), "").is(303);
        String cookie = opened.cookie();
        Shown overview = Shown.of(browser("en").header("Cookie", cookie).get("/billing"));
        return new Owner(cookie, overview.is(200).hidden("form_token"), "en");
    }

    /** The same session with a browser of another language. */
    public Owner speaking(String acceptLanguage) {
        return new Owner(cookie, formToken, acceptLanguage);
    }

    /** The same browser with another form token. */
    public Owner sending(String otherFormToken) {
        return new Owner(cookie, otherFormToken, language);
    }

    /** Makes a session, as the host application does; the path of the link. */
    public static String link(Customer customer, String body) {
        String url = String.valueOf(
                Customer.post(customer.path("/portal-sessions"), body).is(201).at("url"));
        return url.substring(url.indexOf("/billing/"));
    }

    /** Opens a link by its form, which needs no token; {@code cookie} is what the browser has already. */
    public static Shown open(String link, String cookie) {
        return Shown.of(browser("en").header("Cookie", cookie).post(link));
    }

    /** {@code name=value}, as browsers send it. */
    public String cookie() {
        return cookie;
    }

    public String formToken() {
        return formToken;
    }

    public Shown get(String path) {
        return Shown.of(browser(language).header("Cookie", cookie).get(path));
    }

    /** Sends a form with the session's token; fields are {@code "name=value"}, and a name may come more than once. */
    public Shown post(String path, String... fields) {
        List<String> all = new ArrayList<>(Arrays.asList(fields));
        all.add("form_token=" + formToken);
        return postBare(path, all.toArray(String[]::new));
    }

    /** Sends these fields and no other. */
    public Shown postBare(String path, String... fields) {
        RequestSpecification request = browser(language)
                .header("Cookie", cookie)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8");
        Map<String, List<String>> values = new java.util.LinkedHashMap<>();
        for (String field : fields) {
            int equals = field.indexOf('=');
            values.computeIfAbsent(field.substring(0, equals), name -> new ArrayList<>())
                    .add(field.substring(equals + 1));
        }
        values.forEach(request::formParam);
        return Shown.of(request.post(path));
    }

    private static RequestSpecification browser(String language) {
        return given().urlEncodingEnabled(false).redirects().follow(false).header("Accept-Language", language);
    }
}
