package ai.mavster.credits.portal.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Owner;
import ai.mavster.credits.portal.Shown;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class RunPagesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private static Reply start(Customer customer, String runId, String more) {
        return Customer.post(
                customer.path("/runs"),
                Customer.newKey(),
                "{'run_id': '" + runId + "', 'test_id': 'buys'" + more + "}");
    }

    private static Reply debit(Customer customer, String runId, String credits) {
        return Customer.post(
                customer.path("/runs/" + runId.replace("/", "%2F") + "/debits"),
                Customer.newKey(),
                "{'action': 'tap', 'credits': " + credits + "}");
    }

    private static void finish(Customer customer, String runId, String status) {
        Customer.post(customer.path("/runs/" + runId + "/finish"), "{'status': '" + status + "'}")
                .is(200);
    }

    @Test
    void aRunShowsItsStepsAndWhatItHolds() {
        Customer customer = Customer.on("basic");
        start(customer, "nightly/42:a@b", ", 'estimate': 40, 'hold': 40").is(201);
        debit(customer, "nightly/42:a@b", "12.5").is(201);
        Owner owner = Owner.of(customer);

        owner.get("/billing/runs")
                .is(200)
                .shows("nightly/42:a@b", "buys", "Running", "12.5", "of 40 estimated", "27.5");
        owner.get("/billing/runs/nightly%2F42%3Aa%40b")
                .is(200)
                .shows(
                        "nightly/42:a@b",
                        "This run is under way.",
                        "12.5",
                        "of 40 estimated",
                        "27.5",
                        "tap",
                        "\u221212.5");
    }

    @Test
    void aRunThatEndedIsComparedWithItsEstimate() {
        Customer customer = Customer.on("basic");
        start(customer, "nightly", ", 'estimate': 40").is(201);
        start(customer, "nested", ", 'parent_run_id': 'nightly'").is(201);
        debit(customer, "nested", "2").is(201);
        debit(customer, "nightly", "28").is(201);
        finish(customer, "nested", "success");
        finish(customer, "nightly", "failed");
        Owner owner = Owner.of(customer);

        owner.get("/billing/runs/nightly")
                .is(200)
                .shows("Failed", "30", "25% less than estimated.", "2 of it were spent by runs below", "nested");
        owner.speaking("de").get("/billing/runs/nightly").is(200).shows("25", "weniger als geschätzt.");
        owner.get("/billing/runs/nested").is(200).shows("Started by run", "nightly", "There was no estimate.");
        owner.get("/billing/runs?status=success").is(200).shows("nested").showsNot("nightly");
    }

    @Test
    void aRunThatWaitsSaysForWhatAndGoesOnByItself() {
        Customer customer = Customer.having("5");
        start(customer, "waits", ", 'hold': 40, 'when_refused': 'queue'").is(202);
        Owner owner = Owner.of(customer);

        Shown waiting = owner.get("/billing/runs/waits").is(200);
        waiting.shows("This run waits for credits", "Will reserve 40 when it starts.", "Top up");
        assertThat(waiting.body()).contains("href=\"/billing/top-up\"", "http-equiv=\"refresh\"");

        customer.topUp("100").is(201);
        Eventually.holds(
                DEADLINE,
                () -> owner.get("/billing/runs/waits").is(200).text().contains("This run is under way."),
                () -> owner.get("/billing/runs/waits").text());
    }

    @Test
    void whatStoppedARunIsSaidWithTheWayOut() {
        Customer customer = Customer.having("5");
        start(customer, "never", ", 'estimate': 40").is(402);
        start(customer, "stopped", "").is(201);
        debit(customer, "stopped", "40").is(402);
        Owner owner = Owner.of(customer);

        owner.get("/billing/runs/never")
                .is(200)
                .shows("Not started", "Nothing was charged.", "Why: Not enough credits.", "Top up");
        owner.get("/billing/runs/stopped")
                .is(200)
                .shows("Refused once", "Not enough credits", "40 needed, 5 available.", "Top up");
        owner.get("/billing/runs?status=hard_failure").is(200).shows("never").showsNot("stopped");
        owner.get("/billing/runs?status=unknown").is(400).shows("There is no such status.");
    }

    @Test
    void anotherAccountsRunIsNotThere() {
        Customer other = Customer.on("basic");
        start(other, "secret", ", 'project_id': 'hidden'").is(201);
        Owner owner = Owner.of(Customer.on("basic"));

        owner.get("/billing/runs/secret").is(404).shows("No such run").showsNot("hidden");
        owner.get("/billing/runs").is(200).shows("No runs yet").showsNot("secret");
    }
}
