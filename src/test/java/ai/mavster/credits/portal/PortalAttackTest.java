package ai.mavster.credits.portal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Dump;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Rows;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every page and every form that there is, asked by who must not: found in the {@link Portal}, so that none is left out. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PortalAttackTest {

    @Inject
    Portal portal;

    @Inject
    AgroalDataSource database;

    @Inject
    MovableClock clock;

    private Customer customer;

    @BeforeEach
    void aCustomerWithARun() {
        customer = Customer.having("100");
        run(customer);
    }

    private static void run(Customer customer) {
        Customer.post(
                        customer.path("/runs"),
                        Customer.newKey(),
                        "{'run_id': 'run-1', 'project_id': 'shop', 'test_id': 'pays'}")
                .is(201);
        customer.debit("1", ", 'project_id': 'shop', 'test_id': 'pays', 'run_id': 'run-1'")
                .is(201);
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void withoutASessionNothingIsShownAndNothingIsChanged() {
        Map<String, String> cookies = cookiesOfNoSession();
        SoftAssertions all = new SoftAssertions();
        Map<String, String> before = Rows.digests(database);
        cookies.forEach((name, cookie) -> {
            for (String address : portal.addresses()) {
                turnedAway(Browser.get(Browser.filledIn(address, customer), cookie), address + " with " + name, all);
            }
            for (String form : portal.forms()) {
                turnedAway(Browser.post(form, cookie, "form_token=x", "credits=1"), form + " with " + name, all);
            }
        });
        all.assertThat(Rows.digests(database)).isEqualTo(before);
        all.assertAll();
        assertThat(portal.addresses()).contains("/billing");
    }

    private void turnedAway(Shown shown, String what, SoftAssertions all) {
        all.assertThat(shown.status()).as(what).isIn(303, 401);
        if (shown.status() == 303) {
            all.assertThat(shown.location()).as(what).startsWith("https://app.example.com/billing?from=credits&path=");
        }
        all.assertThat(shown.body()).as(what).doesNotContain(customer.id);
    }

    private Map<String, String> cookiesOfNoSession() {
        Map<String, String> cookies = new LinkedHashMap<>();
        Owner expired = Owner.of(customer);
        clock.moveBy(Duration.ofHours(2));
        cookies.put("none", "");
        cookies.put("one that has expired", expired.cookie());
        Owner signedOut = Owner.of(customer);
        signedOut.post("/billing/sign-out").is(303);
        cookies.put("one that was signed out", signedOut.cookie());
        Owner revoked = Owner.of(customer);
        Customer.delete(customer.path("/portal-sessions")).is(204);
        cookies.put("one that was revoked", revoked.cookie());
        String open = Owner.of(customer).cookie();
        String other = Owner.of(Customer.create()).cookie();
        String link = Owner.link(customer, "{}");
        cookies.put("a link that was not opened", "credits_portal=" + link.substring(link.lastIndexOf('/') + 1));
        cookies.put(
                "another one's secret",
                open.substring(0, open.lastIndexOf('.')) + other.substring(other.lastIndexOf('.')));
        cookies.put("a guessed secret", open.substring(0, open.length() - 2) + (open.endsWith("AA") ? "BB" : "AA"));
        cookies.put("nonsense", "credits_portal=..%00<script>");
        cookies.put("much too much", "credits_portal=" + "x".repeat(6000));
        return cookies;
    }

    @Test
    void anotherAccountsDataIsNeitherShownNorChanged() {
        Customer other = Customer.having("77.777");
        Customer.put(other.path(""), "{'name': 'Somebody Else'}").is(200);
        Customer.post(
                        other.path("/runs"),
                        Customer.newKey(),
                        "{'run_id': 'run-of-others', 'project_id': 'secret-project'}")
                .is(201);
        String posting = String.valueOf(other.entries("?limit=1").at("data/0/posting_id"));
        Owner owner = Owner.of(customer);
        Owner owned = Owner.of(other);
        List<String> before = Dump.rowsWith(database, other.id);
        SoftAssertions all = new SoftAssertions();
        for (String address : portal.addresses()) {
            String filled = address.replace(":run_id", "run-of-others")
                    .replace(":posting_id", posting)
                    .replaceAll(":[a-z_]+", "some-other");
            for (String query : List.of("", "?account=" + other.id, "?account_id=" + other.id + "&cursor=" + posting)) {
                all.assertThat(Browser.get(filled + query, owner.cookie()).body())
                        .as(filled + query)
                        .doesNotContain("Somebody Else", "77.777", "secret-project", owned.formToken());
            }
        }
        for (String form : portal.forms()) {
            Browser.post(form, owner.cookie(), "form_token=" + owned.formToken(), "account=" + other.id, "credits=1");
            if (!form.endsWith("/sign-out")) {
                Browser.post(
                        form,
                        owner.cookie(),
                        "form_token=" + owner.formToken(),
                        "account=" + other.id,
                        "account_id=" + other.id,
                        "scope_id=" + other.id,
                        "credits=1");
            }
        }
        all.assertThat(Dump.rowsWith(database, other.id)).isEqualTo(before);
        all.assertAll();
    }

    @Test
    void aLinkForAnotherAccountLeadsToTheSignIn() {
        Customer other = Customer.having("5");

        Shown shown = Owner.of(customer).get("/billing/top-up?account=" + other.id);

        assertThat(shown.is(303).location())
                .isEqualTo("https://app.example.com/billing?from=credits&account=" + other.id
                        + "&path=%2Fbilling%2Ftop-up");
    }

    @Test
    void aGetChangesNothing() {
        Owner owner = Owner.of(customer);
        Map<String, String> before = Rows.digests(database);
        SoftAssertions all = new SoftAssertions();
        for (String address : portal.addresses()) {
            all.assertThat(Browser.get(Browser.filledIn(address, customer), owner.cookie())
                            .status())
                    .as(address)
                    .isEqualTo(200);
        }
        for (String form : portal.forms()) {
            String query = "?form_token=" + owner.formToken() + "&credits=1&confirm=true";
            all.assertThat(Browser.get(form + query, owner.cookie()).status())
                    .as(form)
                    .isIn(200, 303, 400, 404);
        }
        all.assertThat(Rows.digests(database)).isEqualTo(before);
        all.assertAll();
    }

    @Test
    void aFormWithoutItsTokenChangesNothing() {
        Owner owner = Owner.of(customer);
        Owner another = Owner.of(customer);
        Map<String, String> before = Rows.digests(database);
        SoftAssertions all = new SoftAssertions();
        Map<String, String[]> forged = Map.of(
                "no token", new String[] {"credits=1"},
                "an empty one", new String[] {"form_token=", "credits=1"},
                "another session's", new String[] {"form_token=" + another.formToken(), "credits=1"},
                "one in the address", new String[] {"credits=1"});
        forged.forEach((name, fields) -> portal.forms().forEach(form -> {
            String address = name.endsWith("address") ? form + "?form_token=" + owner.formToken() : form;
            all.assertThat(Browser.post(address, owner.cookie(), fields).status())
                    .as(form + " with " + name)
                    .isEqualTo(403);
        }));
        all.assertThat(Rows.digests(database)).isEqualTo(before);
        all.assertAll();
        owner.get("/billing").is(200);
    }

    @Test
    void aFormThatIsMuchTooLargeIsRefusedWithAPage() {
        Owner owner = Owner.of(customer);

        Shown refused = owner.post("/billing/sign-out", "text=" + "x".repeat(70_000));

        refused.is(413).shows("This could not be read");
        owner.get("/billing").is(200);
    }

    @Test
    void anAddressOfNoPageIsAPage() {
        Browser.get("/billing/" + UUID.randomUUID(), Owner.of(customer).cookie())
                .is(404)
                .shows("There is no such page");
    }
}
