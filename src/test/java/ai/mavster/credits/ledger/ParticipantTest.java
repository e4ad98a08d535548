package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a feature is asked and hears that takes part in the ledger's transactions. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ParticipantTest {

    @Inject
    ProbeParticipant probe;

    private final String project = "project-" + UUID.randomUUID();

    private String ofProject() {
        return ", 'project_id': '" + project + "'";
    }

    private static Reply post(Customer customer, String path, String body) {
        return Customer.post(customer.path(path), Customer.newKey(), "{" + body + "}");
    }

    /** The limit is asked for all that there is; the charge is what passes it. */
    @ParameterizedTest
    @CsvSource({"50, 30, 30, true", "30, 30, 30, false", "29.5, 30, 29.5, false", "500, 300, 100, true"})
    void whatTakesAvailableTakesWhatTheLimitLetsPass(String asked, String limit, String charged, boolean exhausted) {
        Customer customer = Customer.having("100");
        probe.limits.put(project, Credits.parse(limit));
        Reply debit = customer.debit(asked, ofProject() + ", 'on_insufficient': 'take_available'")
                .is(201);
        assertThat(debit.all("credits", "exhausted")).isEqualTo(charged + " " + exhausted);
    }

    @Test
    void whatIsAboveTheLimitIsRefused() {
        Customer customer = Customer.having("100");
        probe.limits.put(project, Credits.of(30));
        customer.debit("30.000001", ofProject()).is(402, "budget_exceeded");
        customer.debit("100.000001", ofProject()).is(402, "insufficient_credits");
        post(customer, "/runs", "'hold': 31" + ofProject()).is(402, "budget_exceeded");
        customer.debit("30", ofProject()).is(201);
        customer.debit("31").is(201);
    }

    @Test
    void notEvenWhatIsFreePassesWhereNothingMay() {
        Customer customer = Customer.having("100");
        probe.limits.put(project, new Credits(-1));
        post(customer, "/debits", "'action': 'wait'" + ofProject()).is(402, "budget_exceeded");
        probe.limits.put(project, Credits.ZERO);
        post(customer, "/debits", "'action': 'wait'" + ofProject()).is(201);
    }

    /** What was reserved has passed the limit before. */
    @Test
    void whatIsReservedPassesAgain() {
        Customer customer = Customer.having("100");
        post(customer, "/runs", "'run_id': 'run', 'hold': 40" + ofProject()).is(201);
        probe.limits.put(project, Credits.ZERO);
        post(customer, "/runs/run/debits", "'credits': 40.000001").is(402, "budget_exceeded");
        post(customer, "/runs/run/debits", "'credits': 40").is(201);
    }

    /** What a run of another project has reserved was not counted for this one. */
    @Test
    void whatComesFromARunOfAnotherProjectHasNotPassedYet() {
        Customer customer = Customer.having("100");
        post(customer, "/runs", "'run_id': 'above', 'hold': 40, 'project_id': 'another'")
                .is(201);
        probe.limits.put(project, Credits.of(10));
        String below = "'run_id': 'below', 'parent_run_id': 'above'" + ofProject();
        post(customer, "/runs", below + ", 'hold': 10.5").is(402, "budget_exceeded");
        post(customer, "/runs", below + ", 'hold': 10").is(201);
        probe.limits.put(project, Credits.of(2));
        post(customer, "/runs/below/debits", "'credits': 12.000001").is(402, "budget_exceeded");
        post(customer, "/runs/below/debits", "'credits': 12").is(201);
    }

    @Test
    void whatMovesFromHoldToHoldIsHeardOfBoth() {
        Customer customer = Customer.having("100");
        post(customer, "/runs", "'run_id': 'above', 'hold': 40").is(201);
        post(customer, "/runs", "'run_id': 'below', 'hold': 50, 'parent_run_id': 'above'")
                .is(201);
        post(customer, "/runs/below/debits", "'credits': 15").is(201);
        Customer.post(customer.path("/runs/below/finish"), "{'status': 'success'}")
                .is(200);

        Eventually.holds(
                Duration.ofSeconds(30),
                () -> heard(customer).contains("RunFinished"),
                () -> "the end of the run is heard");
        List<String> heard = heard(customer);
        assertThat(heard.subList(heard.indexOf("held 40 of 40"), heard.size()))
                .containsExactly(
                        "held 40 of 40",
                        "released 40",
                        "held 50 of 50",
                        "debit 15, 15 of it captured",
                        "released 35",
                        "held 25 of 40",
                        "RunFinished");
    }

    @Test
    void everythingThatHappensIsHeardInOrder() {
        Customer customer = Customer.having("100");
        probe.limits.put(project, Credits.of(60));
        post(customer, "/runs", "'run_id': 'run', 'hold': 40" + ofProject()).is(201);

        post(customer, "/runs/run/hold", "'credits': 10").is(200);
        post(customer, "/runs/run/debits", "'credits': 30").is(201);
        customer.debit("1000").is(402, "insufficient_credits");
        Customer.post(customer.path("/runs/run/finish"), "{'status': 'success'}")
                .is(200);

        // Callers are answered as soon as it is committed, participants hear of the commit right after.
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> heard(customer).contains("RunFinished"),
                () -> "the end of the run is heard");
        List<String> heard = heard(customer);
        assertThat(heard.subList(heard.indexOf("held 40 of 40"), heard.size()))
                .containsExactly(
                        "held 40 of 40",
                        "held 10 of 50",
                        "debit 30, 30 of it captured",
                        "SpentOfLimit",
                        "refused INSUFFICIENT_CREDITS",
                        "released 20",
                        "RunFinished");
    }

    private List<String> heard(Customer customer) {
        return probe.heard.getOrDefault(customer.id, List.of()).stream()
                .map(ParticipantTest::text)
                .toList();
    }

    private static String text(Fact fact) {
        if (fact instanceof Fact.Posted posted) {
            return posted.posting().kind().id() + " " + posted.posting().credits() + ", "
                    + posted.captures().stream().map(Fact.Capture::credits).reduce(Credits.ZERO, Credits::plus)
                    + " of it captured";
        } else if (fact instanceof Fact.Held held) {
            return "held " + held.credits() + " of " + held.hold().amount();
        } else if (fact instanceof Fact.Released released) {
            return "released " + released.credits();
        } else if (fact instanceof Fact.Refused refused) {
            return "refused " + refused.refusal().code();
        }
        return fact.getClass().getSimpleName();
    }
}
