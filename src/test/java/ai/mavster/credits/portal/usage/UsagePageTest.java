package ai.mavster.credits.portal.usage;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.portal.Owner;
import ai.mavster.credits.portal.Shown;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class UsagePageTest {

    private static Customer inBerlin() {
        Customer customer = Customer.onTestClock("2026-10-10T12:00:00Z");
        Customer.put(customer.path(""), "{'time_zone': 'Europe/Berlin'}").is(200);
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        return customer;
    }

    private static void run(Customer customer, String run, String test, int estimate, String spent) {
        Customer.post(
                        customer.path("/runs"),
                        Customer.newKey(),
                        "{'run_id': '%s', 'test_id': '%s', 'project_id': 'shop', 'estimate': %d}"
                                .formatted(run, test, estimate))
                .is(201);
        Customer.post(
                        customer.path("/runs/" + run + "/debits"),
                        Customer.newKey(),
                        "{'credits': " + spent + ", 'action': 'tap'}")
                .is(201);
        Customer.post(customer.path("/runs/" + run + "/finish"), Customer.newKey(), "{'status': 'success'}")
                .is(200);
    }

    @Test
    void showsWhatTestsUsedAndWhatARunOfThemCosts() {
        Customer customer = inBerlin();
        run(customer, "run-1", "pays", 10, "12");
        run(customer, "run-2", "pays", 10, "13.5");
        customer.advance("2026-10-12T12:00:00Z").is(200);
        run(customer, "run-3", "signs-in", 4, "3");
        customer.debit("1.5", ", 'action': 'tap'").is(201);
        Owner.of(customer)
                .speaking("en-GB")
                .get("/billing/usage?by=test")
                .is(200)
                .shows(
                        "Credits used 30 10 Oct 2026 to 12 Oct 2026",
                        "Credits a day 10 4 steps in all",
                        "Credits a run 9.5 3 runs finished",
                        "Against estimates +19% 8 credits a run estimated",
                        "10 Oct 2026 25.5 25.5 0 0 11 Oct 2026 0 0 0 0 12 Oct 2026 4.5 0 3 1.5",
                        "pays 25.5 85% 2 2 12.75 10 +28%",
                        "signs-in 3 10% 1 1 3 4 -25%",
                        "Not said 1.5 5% 1 – – – –");
        Owner.of(customer)
                .speaking("en-GB")
                .get("/billing/usage?by=project")
                .is(200)
                .shows("shop 28.5 95% 3 3 9.5 8 +19%");
    }

    @Test
    void cutsDaysAtTheAccountsMidnight() {
        Customer customer = inBerlin();
        customer.advance("2026-10-20T21:59:00Z").is(200);
        customer.debit("1").is(201);
        customer.advance("2026-10-20T22:01:00Z").is(200);
        customer.debit("2").is(201);
        Owner.of(customer)
                .speaking("en-GB")
                .get("/billing/usage?range=custom&from=2026-10-20&to=2026-10-21")
                .is(200)
                .shows("20 Oct 2026 1 1 21 Oct 2026 2 2");
    }

    @Test
    void offersThePeriodsThatThereWere() {
        Customer customer = inBerlin();
        customer.debit("7").is(201);
        customer.advance("2026-11-15T12:00:00Z").is(200);
        Customer.post("/v1/renewals", "{}").is(200);
        Owner owner = Owner.of(customer).speaking("en-GB");
        owner.get("/billing/usage")
                .is(200)
                .shows("This billing period 10 Oct 2026 to 10 Nov 2026 Last 7 days", "Nothing was used in this time.");
        owner.get("/billing/usage?range=period-1").is(200).shows("Credits used 7 10 Oct 2026 to 10 Nov 2026");
        owner.get("/billing/usage?range=period-2").is(200).shows("Nothing was used");
    }

    @Test
    void tellsTheFirstFiveApartAndAddsUpTheRest() {
        Customer customer = inBerlin();
        for (int i = 1; i <= 8; i++) {
            customer.debit(String.valueOf(10 * i), ", 'action': 'action-" + i + "'")
                    .is(201);
        }
        Owner.of(customer)
                .speaking("en-GB")
                .get("/billing/usage?range=last-7")
                .is(200)
                .shows(
                        "action-8 action-7 action-6 action-5 action-4 All others",
                        "10 Oct 2026 360 80 70 60 50 40 60",
                        "action-1 10 3% 1");
    }

    @Test
    void givesTheSameAsCsv() {
        Customer customer = inBerlin();
        customer.debit("2.5", ", 'action': 'tap', 'project_id': 'shop'").is(201);
        Owner owner = Owner.of(customer).speaking("en-GB");
        Shown page = owner.get("/billing/usage?by=project").is(200);
        String link = page.body().replaceAll("(?s).*href=\"(/billing/usage\\.csv[^\"]*)\".*", "$1");
        Shown csv = owner.get(link.replace("&amp;", "&")).is(200);
        assertThat(csv.headers()).containsEntry("content-disposition", "attachment; filename=\"usage.csv\"");
        assertThat(csv.body()).isEqualTo("""
                start,end,project_id,credits,debits,quantity,reversed,outliers\r
                2026-10-10T12:00:00Z,2026-10-10T12:15:00Z,shop,2.5,1,1,0,0\r
                """);
    }

    @Test
    void saysWhatIsWrongWithARange() {
        Owner owner = Owner.of(inBerlin());
        for (String range : new String[] {
            "from=soon&to=2026-10-10",
            "from=2026-10-11&to=2026-10-10",
            "from=2024-01-01&to=2026-10-10",
            "from=2027-01-01&to=2027-02-01",
            "to=2026-10-10"
        }) {
            owner.get("/billing/usage?range=custom&" + range).is(400).shows("Please check this", "Period");
        }
        owner.get("/billing/usage?range=custom&from=2025-10-01&by=nothing")
                .is(200)
                .shows("Nothing was used in this time.");
    }

    @Test
    void isEmptyWithoutASubscription() {
        Owner.of(Customer.create())
                .speaking("de")
                .get("/billing/usage")
                .is(200)
                .shows("In dieser Zeit wurde nichts verbraucht.", "Kein Lauf beendet")
                .showsNot("Abrechnungszeitraum");
    }
}
