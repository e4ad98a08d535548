package ai.mavster.credits.portal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Dump;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the billing page is opened, and how it ends. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PortalSessionTest {

    @Inject
    MovableClock clock;

    @Inject
    AgroalDataSource database;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void anOwnerSeesTheirOwnAccount() {
        Customer customer = Customer.having("1234.5");

        Owner owner = Owner.of(customer);

        owner.get("/billing").is(200).shows("1,234.5", customer.id);
        owner.speaking("de-DE").get("/billing").is(200).shows("1.234,5");
    }

    @Test
    void aLinkOpensThePageThatItWasMadeForOnce() {
        String link = Owner.link(Customer.having("1"), "{'page': '/billing/statement/posting_1'}");

        Shown opened = Owner.open(link, "").is(303);

        assertThat(opened.location()).isEqualTo("/billing/statement/posting_1");
        Owner.open(link, "").is(410).shows("This link cannot be used any more");
    }

    @Test
    void ofManyWhoOpenALinkAtTheSameTimeOneIsSignedIn() {
        String link = Owner.link(Customer.having("1"), "{}");

        List<CompletableFuture<Integer>> opening = IntStream.range(0, 12)
                .mapToObj(one ->
                        CompletableFuture.supplyAsync(() -> Owner.open(link, "").status()))
                .toList();

        assertThat(opening.stream().map(CompletableFuture::join).filter(status -> status == 303))
                .hasSize(1);
    }

    /** As a mail scanner or a chat's preview does. */
    @Test
    void aGetOfALinkOpensNothing() {
        String link = Owner.link(Customer.having("1"), "{}");

        Shown looked = Browser.get(link, "").is(200).shows("You are about to open your billing page.");

        assertThat(looked.headers()).doesNotContainKey("set-cookie");
        Owner.open(link, "").is(303);
    }

    @Test
    void aLinkIsGoodForFiveMinutes() {
        Customer customer = Customer.having("1");
        String link = Owner.link(customer, "{}");
        String late = Owner.link(customer, "{}");
        clock.moveBy(Duration.ofSeconds(299));
        Owner.open(link, "").is(303);
        clock.moveBy(Duration.ofSeconds(2));

        Owner.open(late, "").is(410);
    }

    @Test
    void itsCookieIsForNoScriptAndNoOtherSitesForm() {
        String cookie =
                Owner.open(Owner.link(Customer.having("1"), "{}"), "").headers().get("set-cookie");

        assertThat(cookie)
                .startsWith("credits_portal=")
                .contains("; Path=/;", "; HTTPOnly", "; SameSite=Lax")
                .doesNotContain("Domain", "Max-Age", "Expires");
    }

    @Test
    void oneSessionIsEndedAndTheOthersGoOn() {
        Customer customer = Customer.having("1");
        String path = customer.path("/portal-sessions");
        String id = String.valueOf(Customer.post(path, "{}").is(201).at("id"));
        Owner other = Owner.of(customer);

        Customer.delete(path + "/" + id).is(204);
        Customer.delete(path + "/" + id).is(204);
        other.get("/billing").is(200);

        Customer.delete(path).is(204);
        other.get("/billing").is(303);
    }

    @Test
    void anotherAccountsSessionIsNotEnded() {
        Customer customer = Customer.having("1");
        String url = String.valueOf(
                Customer.post(customer.path("/portal-sessions"), "{}").is(201).at("url"));
        String sessionId = url.split("\\.", -1)[url.split("\\.", -1).length - 2];

        Customer.delete(Customer.create().path("/portal-sessions/session_" + sessionId))
                .is(204);

        Owner.open(url.substring(url.indexOf("/billing/")), "").is(303);
    }

    @Test
    void signingOutLeadsBackToTheApplication() {
        Customer customer = Customer.having("1");
        String link = Owner.link(customer, "{'return_url': 'https://app.example.com/settings?tab=billing'}");
        String cookie = Owner.open(link, "").is(303).cookie();
        String token = Browser.get("/billing", cookie).is(200).hidden("form_token");

        Shown signedOut =
                Browser.post("/billing/sign-out", cookie, "form_token=" + token).is(303);

        assertThat(signedOut.location()).isEqualTo("https://app.example.com/settings?tab=billing");
        assertThat(signedOut.headers().get("set-cookie"))
                .startsWith("credits_portal=;")
                .contains("Max-Age=0");
        Browser.get("/billing", cookie).is(303);
    }

    @Test
    void itReturnsToConfiguredOriginsOnly() {
        Customer customer = Customer.create();
        for (String url : List.of(
                "https://app.example.com.evil.example/",
                "https://app.example.com:8443/",
                "http://app.example.com/",
                "https://user@app.example.com/",
                "https://evil.example/?https://app.example.com/",
                "https:///app.example.com/",
                "javascript:alert(1)",
                "//app.example.com/")) {
            Customer.post(customer.path("/portal-sessions"), "{'return_url': '" + url + "'}")
                    .is(400, "invalid_request");
        }
        Customer.post(customer.path("/portal-sessions"), "{'return_url': 'https://APP.example.com:443/x'}")
                .is(201);
    }

    @Test
    void itLeadsToPagesOnly() {
        Customer customer = Customer.create();
        for (String page :
                List.of("https://evil.example/", "//evil.example", "/billingevil", "/v1/plans", "/billing/a?b")) {
            Customer.post(customer.path("/portal-sessions"), "{'page': '" + page + "'}")
                    .is(400, "invalid_request");
        }
    }

    @Test
    void aClosedAccountCanBeReadAndAnErasedOneIsSignedOut() {
        Customer customer = Customer.having("3");
        Owner.link(customer, "{'return_url': 'https://app.example.com/erased-customer'}");
        customer.close("").is(200);
        Owner owner = Owner.of(customer);
        owner.get("/billing").is(200).shows("3");
        assertThat(Dump.rowsWith(database, "erased-customer")).isNotEmpty();

        customer.erase().is(200);

        owner.get("/billing").is(303);
        assertThat(Dump.rowsWith(database, "erased-customer")).isEmpty();
        Customer.post(customer.path("/portal-sessions"), "{}").is(409, "account_closed");
    }
}
