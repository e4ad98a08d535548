package ai.mavster.credits.alert.mail;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Dump;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Alerts by mail, to a real SMTP server. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(MailServer.class)
class MailTest extends MailFixture {

    @Test
    void theFirstGoesAtOnce() {
        Customer customer = customer("Beispiel Söhne & <Töchter>");
        customer.debit("12.5").is(201);
        arrived(1);
        Received mail = server.of(address).get(0);
        assertThat(mail.from()).isEqualTo("credits@example.com");
        assertThat(mail.to()).isEqualTo(address);
        assertThat(mail.subject()).isEqualTo("Beispiel Söhne & <Töchter>: a large debit");
        assertThat(mail.text())
                .startsWith("Beispiel Söhne & <Töchter> (" + customer.id + ")\n")
                .contains(": a single debit took 12.5 credits, more than 10.\n")
                .contains("http://localhost:8080/billing/alerts?account=" + customer.id)
                .contains("Times are Europe/Berlin.");
        assertThat(mail.html())
                .contains("Beispiel Söhne &amp; &lt;Töchter&gt;")
                .contains("a single debit took 12.5 credits, more than 10.</li>")
                .contains("<a href=\"http://localhost:8080/billing/alerts?account=" + customer.id + "\">")
                .doesNotContain("<Töchter>");
        assertThat(mail.headers()).contains("Auto-Submitted", "Message-ID", "Date");
        Eventually.holds(Duration.ofSeconds(15), () -> waiting(customer) == 0, () -> "none waits");
    }

    @Test
    void whatComesMeanwhileIsCollectedIntoOne() {
        Customer customer = customer("Example");
        customer.debit("11").is(201);
        arrived(1);
        Eventually.holds(Duration.ofSeconds(15), () -> waiting(customer) == 0, () -> "none waits");
        customer.debit("12").is(201);
        customer.debit("13").is(201);
        customer.debit("964").is(201);
        clock.moveBy(Duration.ofMinutes(14));
        delivery.deliver();
        arrived(1);
        assertThat(waiting(customer)).isEqualTo(4);

        clock.moveBy(Duration.ofMinutes(2));
        delivery.deliver();
        arrived(2);
        Received mail = server.of(address).get(1);
        assertThat(mail.subject()).isEqualTo("Example: no credits are available, and 1 more");
        assertThat(mail.text())
                .contains(": no credits are available any more.\n")
                .contains(": a single debit took 964 credits, more than 10. (3 times)\n")
                .doesNotContain("and 0 more");
        assertThat(waiting(customer)).isZero();
        clock.moveBy(Duration.ofMinutes(30));
        delivery.deliver();
        arrived(2);
        customer.topUp("50").is(201);
        customer.debit("50").is(201);
        arrived(3);
    }

    /** Each to whom it is of; what is reached at once in one line. */
    @Test
    void aBudgetsMailGoesToItsOwnAddress() {
        Customer customer = customer("Example");
        String team = "team-" + UUID.randomUUID() + "@example.com";
        Customer.put(customer.path("/budgets/project/checkout"), "{'usage_limit': 9, 'billing_email': '" + team + "'}")
                .is(201);
        customer.debit("8.5", ", 'project_id': 'checkout'").is(201);
        Eventually.holds(Duration.ofSeconds(15), () -> server.of(team).size() == 1, () -> "the team has it");
        assertThat(server.of(team).get(0).subject())
                .isEqualTo("Example: 90 % of the budget of project checkout is used");
        assertThat(server.of(team).get(0).text())
                .contains(": 90 % of the budget of project checkout is used: 8.5 of 9 credits.\n")
                .doesNotContain("75 %");
        customer.debit("1", ", 'project_id': 'checkout'").is(402);
        customer.debit("1", ", 'project_id': 'checkout'").is(402);
        Customer.put(customer.path("/budgets/account/" + customer.id), "{'usage_limit': 9}")
                .is(201);
        customer.debit("1").is(402);
        arrived(1);
        assertThat(server.of(address).get(0).text())
                .contains(": 90 % of the account's budget is used: 8.5 of 9 credits.");
        Eventually.holds(
                Duration.ofSeconds(15), () -> Dump.rowsWith(database, team).size() >= 2, () -> "one waits");
        clock.moveBy(Duration.ofMinutes(16));
        delivery.deliver();
        Eventually.holds(Duration.ofSeconds(15), () -> server.of(team).size() == 2, () -> "the team has both");
        assertThat(server.of(team).get(1).subject()).isEqualTo("Example: the budget of project checkout is used up");
        assertThat(server.of(address))
                .hasSizeBetween(1, 2)
                .allSatisfy(mail -> assertThat(mail.text()).doesNotContain("checkout"));
        customer.close("").is(200);
        customer.erase().is(200);
        assertThat(Dump.rowsWith(database, team)).isEmpty();
    }

    @Test
    void whoHasNoAddressGetsNoneAndKeepsNone() {
        Customer customer = unspent("20");
        Scrape before = Scrape.now();
        customer.debit("20").is(201);
        Eventually.holds(Duration.ofSeconds(15), () -> waiting(customer) == 0, () -> "none waits");
        before.risesBy("credits_mails_total{outcome=\"no_address\"}", "1");
        Customer.put(customer.path(""), "{'billing_email': '" + address + "'}").is(200);
        clock.moveBy(Duration.ofHours(1));
        delivery.deliver();
        assertThat(server.of(address)).isEmpty();
    }
}
