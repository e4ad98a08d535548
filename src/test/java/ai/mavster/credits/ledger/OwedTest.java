package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Customer;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Texts;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Credits whose payment is lost were spent already: how that is shown, and settled. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class OwedTest {

    private static String has(Reply reply) {
        return reply.all("balance", "held", "available", "owed");
    }

    /** Bought 100 and has 40 left, all of that from a later top-up: 100 are owed. */
    private static Customer owing() {
        Customer customer = Customer.having("0");
        String bought = customer.topUp("100").is(201).at("id");
        customer.debit("100").is(201);
        customer.topUp("40").is(201);
        assertThat(accepted(Clawbacks.clawBack(customer, bought, "100"))).isEqualTo("0 of 100, 100 owed");
        return customer;
    }

    private static String accepted(Outcome<Posting> outcome) {
        return outcome.fold(
                (posting, replayed) ->
                        posting.credits() + " of " + posting.requested() + ", " + posting.owed() + " owed",
                refusal -> refusal.code().id());
    }

    @Test
    void itIsShownWhereverTheBalanceIs() {
        Customer customer = owing();

        assertThat(has(customer.balance())).isEqualTo("40 0 40 100");
        assertThat(has(Customer.get(customer.path("")).is(200))).isEqualTo("40 0 40 100");
        Reply list = Customer.get("/v1/accounts?q=" + customer.id).is(200);
        assertThat(list.rows("data", "balance", "held", "available", "owed")).containsExactly("40 0 40 100");
        assertThat(Customer.csvAt("/v1/accounts?q=" + customer.id))
                .contains("balance,held,available,owed,spendable")
                .contains(",40,0,40,100,40,");
        Reply debit = customer.debit("10").is(201);
        assertThat(has(debit)).isEqualTo("30 0 30 100");
        Reply refused = customer.debit("31").is(402, "insufficient_credits");
        assertThat(has(refused)).isEqualTo("30 0 30 100");
        Reply preflight = Customer.post("/v1/preflights", "{'account_id': '" + customer.id + "', 'credits': 31}")
                .is(200);
        assertThat(preflight.all("outcome", "available", "owed", "problem/owed"))
                .isEqualTo("insufficient_credits 30 100 100");
        assertThat(has(customer.adjust("-31").is(422, "adjustment_exceeds_available")))
                .isEqualTo("30 0 30 100");
        String promotional = customer.grant("5", "").is(201).at("grant_id");
        assertThat(has(customer.balance())).isEqualTo("30 0 30 95");
        customer.takeBack(promotional, "{'reason': 'none is left'}").is(422, "void_exceeds_grant");
        assertThat(has(customer.reverse(debit.at("id"), "{'credits': 4, 'reason': 'half a step'}")
                        .is(201)))
                .isEqualTo("30 0 30 91");
        assertThat(has(customer.topUp("100").is(201))).isEqualTo("39 0 39 0");
        assertThat(customer.proof().all("balanced", "chain_intact", "owed")).isEqualTo("true true 0");
    }

    @Test
    void aBalanceThatOwesMoreIsAnother() {
        Customer customer = Customer.having("0");
        String bought = customer.topUp("10").is(201).at("id");
        customer.debit("10").is(201);
        String before = String.valueOf(customer.balance().eTag());
        customer.balanceUnless(before).is(304);

        assertThat(accepted(Clawbacks.clawBack(customer, bought, "10"))).isEqualTo("0 of 10, 10 owed");

        customer.balanceUnless(before).is(200);
    }

    @Test
    void theStatementTellsWhatBecameOfIt() {
        Customer customer = Customer.onTestClock("2026-11-21T18:39:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        customer.debit("3000").is(201);
        String bought = customer.topUp("100").is(201).at("id");
        customer.debit("70").is(201);
        Clawbacks.clawBack(customer, bought, "100");
        customer.topUp("50").is(201);
        Clawbacks.reinstate(customer, bought, "60");

        Reply postings = Customer.get(customer.path("/postings")).is(200);
        assertThat(postings.rows("data", "kind", "credits", "requested", "balance_after", "owed_after"))
                .startsWith(
                        "settlement -20 20 40 0",
                        "reinstatement 60 60 40 0",
                        "settlement -50 50 0 20",
                        "top_up 50 50 0 20",
                        "clawback -30 100 0 70",
                        "debit -70 70 30 0",
                        "top_up 100 100 100 0");
        assertThat(customer.csv("/postings"))
                .contains("balance_after,owed_after")
                .contains(",clawback,-30,100,0,70,");
        assertThat(customer.entries("").rows("data", "kind", "credits", "hashed/balance", "hashed/owed"))
                .contains("clawback -30 0 70", "settlement -50 0 20", "reinstatement 60 40 0");
        assertThat(postings.rows("data", "kind", "reverses"))
                .contains("clawback " + bought, "reinstatement " + bought, "settlement null");
        assertThat(customer.grants().rows("data", "kind", "credits", "remaining", "expires_at"))
                .contains("top_up 60 40 null");

        Reply clawback = explained(customer, postings.at("data/4/id"));
        assertThat(clawback.at("explanation"))
                .isEqualTo(
                        "100 credits were claimed back of " + bought + ", of which only 30 could be taken: the rest is"
                                + " owed, at 2026-11-21T18:39:00Z: refunded. Taken from top-ups. The balance was 0, and 70"
                                + " credits were owed, afterwards.");
        assertThat(clawback.at("reverses/id")).isEqualTo(bought);
        assertThat(explained(customer, postings.at("data/2/id")).at("explanation"))
                .isEqualTo(
                        "50 credits were taken at 2026-11-21T18:39:00Z to settle what was owed. Taken from top-ups. The"
                                + " balance was 0, and 20 credits were owed, afterwards.");
        assertThat(explained(customer, postings.at("data/1/id")).at("explanation"))
                .isEqualTo("60 credits were given back at 2026-11-21T18:39:00Z that had been clawed back of " + bought
                        + ": won. Never expires. The balance was 40 afterwards.");
        assertThat(explained(customer, bought).rows("reversals", "kind", "requested"))
                .containsExactly("clawback 100", "reinstatement 60");
    }

    private static Reply explained(Customer customer, String postingId) {
        return Customer.get(customer.path("/postings/" + postingId)).is(200);
    }

    /** A clawback is no usage, and neither is what settles it. */
    @Test
    void usageIsNotTouched() {
        Customer customer = owing();
        Reply before = Customer.get(customer.path("/usage")).is(200);

        customer.grant("30", "").is(201);
        customer.topUp("80").is(201);

        Reply after = Customer.get(customer.path("/usage")).is(200);
        assertThat(after.all("credits/used")).isEqualTo(before.all("credits/used"));
        assertThat(customer.proof().all("balanced", "failures")).isEqualTo("true []");
    }

    /** The month is computed by balance and cap, whatever is owed; that is taken from it then. */
    @Test
    void aMonthIsGrantedByItsRuleAndSettlesThen() {
        Customer customer = Customer.onTestClock("2026-11-21T18:39:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active'}").is(200);
        String spent = customer.topUp("100").is(201).at("id");
        customer.topUp("4499").is(201);
        customer.debit("3100").is(201);
        assertThat(accepted(Clawbacks.clawBack(customer, spent, "100"))).isEqualTo("0 of 100, 100 owed");

        customer.advance("2026-12-21T18:39:00Z").is(200);
        assertThat(has(customer.balance())).isEqualTo("4499 0 4499 99");
        customer.topUp("1").is(201);
        assertThat(has(customer.balance())).isEqualTo("4499 0 4499 98");
        customer.debit("2999").is(201);

        customer.advance("2027-01-21T18:39:00Z").is(200);
        assertThat(customer.renewals().rows("data", "index", "outcome", "granted", "balance_before"))
                .startsWith("2 full 3000 1500", "1 partial 1 4499");
        assertThat(has(customer.balance())).isEqualTo("4402 0 4402 0");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void whatIsHeldStaysHeld() {
        Customer customer = Customer.having("0");
        String bought = customer.topUp("100").is(201).at("id");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'run', 'hold': 70}")
                .is(201);

        assertThat(accepted(Clawbacks.clawBack(customer, bought, "100"))).isEqualTo("30 of 100, 70 owed");
        assertThat(has(customer.balance())).isEqualTo("70 70 0 70");
        Customer.post(customer.path("/runs/run/debits"), Customer.newKey(), "{'credits': 20}")
                .is(201);
        Customer.post(customer.path("/runs/run/finish"), "{'status': 'success'}")
                .is(200);

        assertThat(has(customer.balance())).isEqualTo("50 0 50 70");
    }

    @Test
    void aRepeatIsAnsweredAsTheFirst() {
        Customer customer = owing();
        String key = Customer.newKey();
        Reply first =
                Customer.post(customer.path("/top-ups"), key, "{'credits': 60}").is(201);
        customer.topUp("60").is(201);

        assertThat(has(first)).isEqualTo("40 0 40 40");
        assertThat(Customer.post(customer.path("/top-ups"), key, "{'credits': 60}"))
                .isEqualTo(new Reply(201, "true", null, first.body()));
        assertThat(has(customer.balance())).isEqualTo("60 0 60 0");
    }

    @Test
    void aClosedAccountOwesNothingMore() {
        Customer customer = Customer.having("0");
        String bought = customer.topUp("100").is(201).at("id");
        customer.close("").is(200);

        assertThat(accepted(Clawbacks.clawBack(customer, bought, "100"))).isEqualTo("account_closed");
        assertThat(accepted(Clawbacks.reinstate(customer, bought, "100"))).isEqualTo("account_closed");
        assertThat(has(customer.balance())).isEqualTo("100 0 100 0");
    }

    /** Only its rows say of which grant: one that is spent, or far behind in burn order, is read for it then. */
    @Test
    void aFeatureClaimsAnyGrantOfTheAccount() {
        Customer customer = Customer.having("0");
        String spent = customer.topUp("10").is(201).at("id");
        customer.debit("10").is(201);
        for (int i = 0; i < 40; i++) {
            customer.topUp("1").is(201);
        }
        String last = customer.topUp("5").is(201).at("id");

        assertThat(claimed(customer, Clawbacks.id(spent))).isEqualTo("0 taken, 2 owed");
        assertThat(claimed(customer, Clawbacks.id(last))).isEqualTo("2 taken, 2 owed");
        assertThat(claimed(customer, UUID.randomUUID())).isEqualTo("grant_not_found");
        assertThat(has(customer.balance())).isEqualTo("43 0 43 2");
    }

    private static String claimed(Customer customer, UUID grantId) {
        return Clawbacks.submit(new Claiming(customer.id, grantId))
                .fold(
                        (claimed, replayed) -> claimed.text,
                        refusal -> refusal.code().id());
    }

    record Claimed(String text) {}

    /** A feature's command that claims 2 credits. */
    record Claiming(String accountId, UUID grantId) implements Command.OfFeature<ProbeParticipant.OfBatch, Claimed> {

        @Override
        public Class<ProbeParticipant.OfBatch> decidedWith() {
            return ProbeParticipant.OfBatch.class;
        }

        @Override
        public Class<Claimed> answerType() {
            return Claimed.class;
        }

        @Override
        public Change<Claimed> decide(ProbeParticipant.OfBatch state, AccountView account) {
            Correction.Clawback clawback =
                    new Correction.Clawback(accountId, null, grantId, Credits.of(2), Texts.NONE, TestAccounts.AUTHOR);
            return Change.clawingBack(
                    clawback, posting -> new Claimed(posting.credits() + " taken, " + posting.owed() + " owed"));
        }
    }

    /** Who claims sees to it that of a grant no more is claimed than it had: the proof sees where that went wrong. */
    @Test
    void theProofSeesClaimsBeyondAGrantAndDebtsThatNobodyMade() throws SQLException {
        Customer beyond = Customer.having("0");
        String bought = beyond.topUp("100").is(201).at("id");
        Clawbacks.clawBack(beyond, bought, "60");
        assertThat(beyond.proof().at("balanced")).isEqualTo("true");
        Clawbacks.clawBack(beyond, bought, "40.000001");
        assertThat(beyond.proof().rows("failures", "check")).containsExactly("owed");
        Clawbacks.reinstate(beyond, bought, "0.000001");
        assertThat(beyond.proof().at("balanced")).isEqualTo("true");
        Clawbacks.reinstate(beyond, bought, "100");
        Clawbacks.reinstate(beyond, bought, "0.000001");
        assertThat(beyond.proof().rows("failures", "check")).containsExactly("owed");

        Customer forgiven = owing();
        new LedgerRows(TestDatabase.shared())
                .execute("UPDATE account_balance SET owed = 0 WHERE account_id = ?", forgiven.id);
        assertThat(forgiven.proof().rows("failures", "check")).containsExactlyInAnyOrder("owed", "balance");
    }

    /** In columns of their own, so that the report ties out. */
    @Test
    void theReportHasColumnsForIt() {
        Customer customer = Customer.having("0");
        String bought = Customer.post(
                        customer.path("/top-ups"),
                        Customer.newKey(),
                        "{'credits': 100, 'amount': {'value': 10, 'currency': 'EUR'}}")
                .is(201)
                .at("id");
        customer.debit("70").is(201);
        Clawbacks.clawBack(customer, bought, "100");
        customer.topUp("50").is(201);
        Clawbacks.reinstate(customer, bought, "60");
        Instant to = Instant.now().plus(1, ChronoUnit.MINUTES);
        String range = "&from=" + to.minus(1, ChronoUnit.DAYS) + "&to=" + to;

        assertThat(Customer.csvAt("/v1/reports/credits?group_by=account,kind" + range)
                        .lines())
                .contains(
                        "account_id,kind,opening,granted,bought,used,expired,voided,reversed,clawed_back,settled,reinstated,closing")
                .contains(customer.id + ",top_up,0,0,150,70,0,0,0,30,70,60,40");
        assertThat(Customer.csvAt("/v1/reports/credits?group_by=account,currency" + range)
                        .lines())
                .contains(customer.id
                        + ",EUR,0,0,100,70,0,0,0,30,20,60,40,0.00,10.00,7.00,0.00,0.00,0.00,3.00,0.50,1.50,1.00");
    }
}
