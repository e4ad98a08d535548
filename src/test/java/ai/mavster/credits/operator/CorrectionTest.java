package ai.mavster.credits.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Browser;
import ai.mavster.credits.portal.Owner;
import ai.mavster.credits.portal.Shown;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator does about an account, and that it is recorded whose key it was. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CorrectionTest {

    private Desk ada;

    @BeforeEach
    void signIn() {
        ada = Desk.with(Desk.key("{'name': 'Ada', 'scopes': ['admin']}"));
    }

    private static String path(Customer customer, String rest) {
        return "/operator/accounts/" + customer.id + rest;
    }

    private static Reply last(Customer customer) {
        return Customer.get(customer.path("/postings?limit=1")).is(200);
    }

    @Test
    void aGrantIsShownBeforeItIsPostedAndCountsOnce() {
        Customer customer = Customer.having("100");

        Shown checked = ada.post(
                        path(customer, "/grants/new"),
                        "kind=promotional",
                        "credits=1,250.5",
                        "until=2099-01-31",
                        "reason=Apology for <b>Monday</b>")
                .is(200)
                .shows("Is this right?", "Balance 100 1,350.5", "Apology for <b>Monday</b>");
        assertThat(customer.balance().at("balance")).isEqualTo("100");
        String[] confirmed = {
            "kind=promotional",
            "credits=1,250.5",
            "until=2099-01-31",
            "reason=Apology for <b>Monday</b>",
            "confirmed=yes",
            "key=" + checked.hidden("key")
        };
        ada.post(path(customer, "/grants/new"), confirmed).is(303);
        ada.post(path(customer, "/grants/new"), confirmed).is(303);

        assertThat(customer.balance().at("balance")).isEqualTo("1350.5");
        assertThat(last(customer).rows("data", "kind", "credits", "note", "author/type", "author/name"))
                .isEqualTo(List.of("promotional 1250.5 Apology for <b>Monday</b> api_key Ada"));
        assertThat(customer.grants().at("data/0/expires_at")).isEqualTo("2099-02-01T00:00:00Z");
    }

    @Test
    void anAdjustmentTakesNoMoreThanIsAvailable() {
        Customer customer = Customer.having("100");

        ada.post(path(customer, "/grants/new"), "kind=adjustment", "credits=-100.5", "reason=x")
                .is(400)
                .shows("must take no more than what is available: 100 credits");
        ada.post(path(customer, "/grants/new"), "kind=adjustment", "credits=-40", "reason=Counted twice")
                .is(200)
                .shows("Balance 100 60");
        ada.post(
                        path(customer, "/grants/new"),
                        "kind=adjustment",
                        "credits=-40",
                        "reason=Counted twice",
                        "confirmed=yes",
                        "key=once")
                .is(303);

        assertThat(last(customer).rows("data", "kind", "credits", "author/name"))
                .isEqualTo(List.of("adjustment -40 Ada"));
        ada.post(path(customer, "/grants/new"), "kind=adjustment", "credits=5", "reason=x", "confirmed=yes", "key=once")
                .is(422)
                .shows("Idempotency key reused");
    }

    @Test
    void whatIsIncompleteIsSaidBesideWhatWasSent() {
        Customer customer = Customer.having("100");

        ada.post(path(customer, "/grants/new"), "kind=promotional", "credits=5")
                .is(400)
                .shows("reason must be given");
        ada.post(path(customer, "/grants/new"), "kind=promotional", "credits=-5", "reason=x")
                .is(400)
                .shows("must be more than 0, but for an adjustment");
        Shown shown = ada.post(path(customer, "/grants/new"), "kind=promotional", "credits=many", "reason=Kept text");
        assertThat(shown.is(400).hidden("reason")).isEqualTo("Kept text");
        assertThat(customer.balance().at("balance")).isEqualTo("100");
    }

    @Test
    void whatIsLeftOfAGrantIsTakenBackAndNothingOfAClosedAccounts() {
        Customer customer = Customer.having("100");
        String grant = String.valueOf(customer.grant("30", "").is(201).at("grant_id"));
        customer.debit("10").is(201);
        String taking = path(customer, "/grants/" + grant + "/void");

        Shown checked = ada.post(taking, "reason=Given by mistake").is(200).shows("Balance 120 90");
        ada.post(taking, "reason=Given by mistake", "confirmed=yes", "key=" + checked.hidden("key"))
                .is(303);
        assertThat(last(customer).rows("data", "kind", "credits", "note", "author/name"))
                .isEqualTo(List.of("void -30 Given by mistake Ada"));
        ada.post(taking, "reason=Again").is(400).shows("must be no more than what is left and not held: 0 credits");

        customer.close("").is(200);
        ada.post(path(customer, "/grants/new"), "kind=promotional", "credits=5", "reason=x")
                .is(409)
                .shows("This account is closed");
        ada.get(path(customer, "")).is(200).shows("Account closed");
    }

    @Test
    void theOwnersPageIsSeenAndNothingChangedThere() {
        Customer customer = Customer.having("77.5");

        String link = String.valueOf(ada.post(path(customer, "/view")).is(303).location());
        Shown opened = Owner.open(link, "").is(303);
        Shown page =
                Browser.get("/billing", opened.cookie()).is(200).shows("77.5", "You see this page as its owner does");
        String token = page.hidden("form_token");

        Browser.post("/billing/settings", opened.cookie(), "form_token=" + token, "billing_email=a@example.com")
                .is(403)
                .shows("Nothing can be changed here");
        Browser.post("/billing/sign-out", opened.cookie(), "form_token=" + token)
                .is(303);
        assertThat(Customer.get(customer.path("")).at("billing_email")).isNull();
    }

    @Test
    void anEventIsDeliveredAgainAndItsDeliveryShown() {
        String endpoint = String.valueOf(
                Customer.post("/v1/webhook-endpoints", "{'url': 'http://localhost:9/hook', 'name': 'Host application'}")
                        .is(201)
                        .at("id"));
        Customer customer = Customer.having("100");
        String event =
                String.valueOf(Customer.get(customer.path("/events")).is(200).at("data/0/id"));

        Shown done = ada.post(path(customer, "/events/" + event + "/redeliver"), "reason=Lost there")
                .is(303);
        ada.get(String.valueOf(done.location()))
                .is(200)
                .shows("The event is delivered again.", "pending Host application 0 attempts");

        Customer.delete("/v1/webhook-endpoints/" + endpoint).is(204);
        ada.post(path(customer, "/events/evt_nothing/redeliver"), "reason=x").is(404);
    }

    @Test
    void aKeyIsShownOnceAndRevoked() {
        Shown made = ada.post("/operator/keys", "name=runners eu-1", "scope_runner=yes")
                .is(200)
                .shows("The new key");
        String text = made.text().replaceAll("(?s).*(mck_[A-Za-z0-9_-]{43}).*", "$1");
        assertThat(text).startsWith("mck_").hasSize(47);

        Shown listed = ada.get("/operator/keys").is(200).shows("runners eu-1", "…" + text.substring(43));
        assertThat(listed.body()).doesNotContain(text);
        ada.post("/operator/keys", "name=nothing").is(400).shows("scopes must be at least one");
        ada.post("/operator/keys", "name=x", "scope_read=yes", "account_id=nobody-at-all")
                .is(404);
        String revoke = listed.formActions().stream()
                .filter(action -> action.endsWith("/revoke"))
                .findFirst()
                .orElseThrow();
        ada.post(revoke, "reason=Left us").is(303);
        ada.get("/operator/keys").shows("revoked");
    }
}
