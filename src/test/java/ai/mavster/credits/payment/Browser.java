package ai.mavster.credits.payment;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a page of the sandbox: reads it, and sends its own form. */
public final class Browser {

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]{32})\"");
    private static final Pattern TITLE = Pattern.compile("<h1>([^<]*)</h1>");

    private Browser() {}

    /** What is there. */
    public static String page(String url) {
        return given().get(URI.create(url).getPath())
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    /** What it is headed. */
    public static String title(String url) {
        return first(TITLE, page(url));
    }

    /** Sends the form; where it leads to. */
    public static String send(String url, String action, String card) {
        return post(url, first(TOKEN, page(url)), action, card)
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
    }

    /** The same with whatever token. */
    public static Response post(String url, String token, String action, String card) {
        return given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded; charset=utf-8")
                .formParam("token", token)
                .formParam("action", action)
                .formParam("card", card)
                .post(URI.create(url).getPath());
    }

    /** Pays by a card. */
    public static String pay(String url, String card) {
        return send(url, "pay", card);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + text);
        }
        return matcher.group(1);
    }
}
