package ai.mavster.credits.operator;

import ai.mavster.credits.Customer;
import ai.mavster.credits.portal.Browser;
import ai.mavster.credits.portal.Shown;
import java.util.Arrays;
import java.util.stream.Stream;

/** An operator in a browser, signed in with an admin's key. */
final class Desk {

    private final String cookie;
    private final String formToken;

    private Desk(String cookie, String formToken) {
        this.cookie = cookie;
        this.formToken = formToken;
    }

    /** With the configuration's key. */
    static Desk open() {
        return with(Customer.ADMIN);
    }

    static Desk with(String key) {
        String cookie = signIn(key).is(303).cookie();
        return new Desk(cookie, Browser.get("/operator/keys", cookie).is(200).hidden("form_token"));
    }

    static Shown signIn(String key) {
        return Browser.post("/operator/sign-in", "", "key=" + key);
    }

    /** A key of its own, made over the API: the answer's text of it. */
    static String key(String body) {
        return String.valueOf(Customer.post("/v1/api-keys", body).is(201).at("key"));
    }

    String cookie() {
        return cookie;
    }

    String formToken() {
        return formToken;
    }

    Shown get(String path) {
        return Browser.get(path, cookie);
    }

    /** Sends a form with the session's token. */
    Shown post(String path, String... fields) {
        return Browser.post(
                path,
                cookie,
                Stream.concat(Arrays.stream(fields), Stream.of("form_token=" + formToken))
                        .toArray(String[]::new));
    }
}
