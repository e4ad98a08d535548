package ai.mavster.credits.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Rows;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Browser;
import ai.mavster.credits.portal.Owner;
import ai.mavster.credits.portal.Shown;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every page and form of the operator's, asked by who must not, and with what customers might write. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OperatorAttackTest {

    private static final String PAYLOAD = "</title><script>alert(1)</script>\"><img src=x onerror=alert(2)>";

    /** What the policy would refuse to run. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("<script(?![^>]*\\ssrc=\"/assets/)|<style|\\sstyle=|<img|\\son[a-z]+=\"");

    @Inject
    Operator operator;

    @Inject
    AgroalDataSource database;

    private Customer customer;

    @BeforeEach
    void aCustomerWhoWritesPayloads() {
        customer = Customer.having("100");
        String text = PAYLOAD.replace("\"", "\\u0022");
        Customer.put(customer.path(""), "{'name': '" + text + "', 'metadata': {'m': '" + text + "'}}")
                .is(200);
        Customer.post(
                        customer.path("/top-ups"),
                        Customer.newKey(),
                        "{'credits': 5, 'reference': '" + text + "', 'note': '" + text + "', 'metadata': {'m': '" + text
                                + "'}}")
                .is(201);
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'run-1', 'hold': 10}")
                .is(201);
        customer.debit("2", ", 'run_id': 'run-1'").is(201);
        customer.debit("999", ", 'run_id': 'run-1'").is(402);
    }

    private String filledIn(String address) {
        return address.replace(":account_id", customer.id)
                .replace(":grant_id", String.valueOf(customer.grants().at("data/0/grant_id")))
                .replace(
                        ":posting_id",
                        String.valueOf(customer.entries("?limit=1").at("data/0/posting_id")))
                .replaceAll(":[a-z_]+", "some-other");
    }

    @Test
    void withoutASessionNothingIsShownAndNothingIsChanged() {
        Map<String, String> cookies = new LinkedHashMap<>();
        Desk signedOut = Desk.open();
        signedOut.post("/operator/sign-out").is(303);
        String open = Desk.open().cookie();
        cookies.put("none", "");
        cookies.put("one that was signed out", signedOut.cookie());
        cookies.put("a guessed secret", open.substring(0, open.length() - 2) + (open.endsWith("AA") ? "BB" : "AA"));
        cookies.put("an owner's", Owner.of(customer).cookie().replace("credits_portal", "credits_operator"));
        cookies.put("nonsense", "credits_operator=..%00<script>");
        Map<String, String> before = Rows.digests(database);
        SoftAssertions all = new SoftAssertions();
        cookies.forEach((name, cookie) -> {
            operator.addresses()
                    .forEach(address -> turnedAway(Browser.get(filledIn(address), cookie), address + name, all));
            operator.forms()
                    .forEach(form -> turnedAway(
                            Browser.post(filledIn(form), cookie, "form_token=x", "credits=1", "reason=x"),
                            form + name,
                            all));
        });
        all.assertThat(Rows.digests(database)).isEqualTo(before);
        all.assertAll();
        assertThat(operator.addresses()).contains("/operator", "/operator/keys");
    }

    private void turnedAway(Shown shown, String what, SoftAssertions all) {
        all.assertThat(shown.status()).as(what).isIn(303, 401);
        if (shown.status() == 303) {
            all.assertThat(shown.location()).as(what).isEqualTo("/operator/sign-in");
        }
        all.assertThat(shown.body()).as(what).isEmpty();
    }

    @Test
    void aFormWithoutItsTokenOrAsAnAddressChangesNothing() {
        Desk desk = Desk.open();
        Desk another = Desk.open();
        Map<String, String> before = Rows.digests(database);
        SoftAssertions all = new SoftAssertions();
        for (String form : operator.forms()) {
            String path = filledIn(form);
            for (String token : List.of("", another.formToken())) {
                all.assertThat(Browser.post(
                                        path,
                                        desk.cookie(),
                                        "form_token=" + token,
                                        "kind=promotional",
                                        "credits=1",
                                        "reason=x",
                                        "confirmed=yes",
                                        "key=k",
                                        "name=k",
                                        "scope_admin=yes")
                                .status())
                        .as(form)
                        .isEqualTo(403);
            }
            desk.get(path + "?form_token=" + desk.formToken() + "&confirmed=yes&credits=1&reason=x&key=k");
        }
        all.assertThat(Rows.digests(database)).isEqualTo(before);
        all.assertAll();
    }

    @Test
    void whatCustomersWroteIsShownAndNeverRun() {
        Desk desk = Desk.open();
        SoftAssertions all = new SoftAssertions();
        String encoded = URLEncoder.encode(PAYLOAD, StandardCharsets.UTF_8);
        for (String address : operator.addresses()) {
            Shown page = desk.get(filledIn(address));
            all.assertThat(page.status()).as(address).isEqualTo(200);
            harmless(page, address, all);
            String query = "?q=" + encoded + "&kind=" + encoded + "&run_id=" + encoded + "&status=" + encoded
                    + "&cursor=" + encoded + "&month=" + encoded + "&done=" + encoded;
            harmless(desk.get(filledIn(address) + query), address + query, all);
            harmless(desk.get(address.replaceAll(":[a-z_]+", encoded.replace("+", "%20"))), address, all);
        }
        for (String form : operator.forms()) {
            if (!form.endsWith("/sign-out") && !form.equals("/operator/renewals")) {
                harmless(
                        desk.post(
                                filledIn(form),
                                "kind=" + PAYLOAD,
                                "credits=" + PAYLOAD,
                                "until=" + PAYLOAD,
                                "reason=" + PAYLOAD,
                                "key=" + PAYLOAD,
                                "name=" + PAYLOAD,
                                "account_id=" + PAYLOAD),
                        form,
                        all);
            }
        }
        all.assertAll();
        desk.get("/operator/accounts/" + customer.id).shows(PAYLOAD, "Insufficient credits");
    }

    private static void harmless(Shown shown, String what, SoftAssertions all) {
        all.assertThat(shown.status()).as(what + shown.body()).isLessThan(500);
        if (shown.headers().getOrDefault("content-type", "").startsWith("text/html")) {
            all.assertThat(FORBIDDEN.matcher(shown.body()).results().map(found -> found.group()))
                    .as(what)
                    .isEmpty();
        }
        all.assertThat(shown.headers())
                .as(what)
                .containsEntry("cache-control", "no-store")
                .containsEntry("referrer-policy", "no-referrer");
    }
}
