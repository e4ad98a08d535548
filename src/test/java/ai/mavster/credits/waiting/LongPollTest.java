package ai.mavster.credits.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A balance that is waited for, until there is enough of it. Nothing looks by itself here but for what wakes it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class LongPollTest {

    private static final String LOOKS = "waiting_looks_total";

    @Inject
    MovableClock clock;

    @Inject
    Waiters waiters;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void whatIsThereIsAnsweredAtOnce() {
        Customer customer = Customer.having("40");

        Poll enough = Poll.of(customer, "wait=PT60S&for=credits:40");
        assertThat(enough.answer().is(200).at("spendable")).isEqualTo("40");
        assertThat(Poll.of(customer, "wait=PT60S").answer().is(200).at("spendable"))
                .isEqualTo("40");
    }

    @Test
    void whereTheTimeIsOverTheBalanceIsAnsweredAsItIs() {
        Customer customer = Customer.having("39.999999");

        assertThat(Poll.of(customer, "wait=PT0S&for=credits:40")
                        .answer()
                        .is(200)
                        .at("spendable"))
                .isEqualTo("39.999999");
        Poll shortly = Poll.of(customer, "wait=PT1S&for=credits:40");
        assertThat(shortly.answer().is(200).at("spendable")).isEqualTo("39.999999");
        assertThat(shortly.took()).isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
    }

    @Test
    void aTopUpAnswersWhenItIsEnough() {
        Customer customer = Customer.having("10");
        Poll forForty = Poll.waiting(customer, "wait=PT60S&for=credits:40");
        Poll forThirty = Poll.waiting(customer, "wait=PT60S&for=credits:30");

        customer.topUp("20").is(201);
        assertThat(forThirty.answer().is(200).at("spendable")).isEqualTo("30");
        assertThat(forForty.isOpen()).isTrue();
        customer.topUp("10").is(201);
        assertThat(forForty.answer().is(200).at("spendable")).isEqualTo("40");
    }

    @Test
    void aGrantAReversalAndAnEndingRunAnswerToo() {
        Customer customer = Customer.having("100");
        String debit = customer.debit("50").is(201).at("id");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'r', 'hold': 50}")
                .is(201);

        Poll any = Poll.waiting(customer, "wait=PT60S");
        Customer.post(customer.path("/runs/r/finish"), "{'status': 'success'}").is(200);
        assertThat(any.answer().is(200).at("spendable")).isEqualTo("50");

        Poll more = Poll.waiting(customer, "wait=PT60S&for=credits:60");
        customer.reverse(debit, "{'credits': 10, 'reason': 'R'}").is(201);
        assertThat(more.answer().is(200).at("spendable")).isEqualTo("60");

        Poll yetMore = Poll.waiting(customer, "wait=PT60S&for=credits:61");
        customer.grant("1", "").is(201);
        assertThat(yetMore.answer().is(200).at("spendable")).isEqualTo("61");
    }

    @Test
    void aSubscriptionThatIsActiveAgainAnswers() {
        Customer customer = Customer.having("40");
        customer.subscribe("{'status': 'paused'}").is(200);

        Poll poll = Poll.waiting(customer, "wait=PT60S&for=credits:40");
        customer.topUp("1").is(201);
        assertThat(poll.isOpen()).isTrue();
        customer.subscribe("{'status': 'active'}").is(200);
        assertThat(poll.answer().is(200).all("spendable", "blocked_by")).isEqualTo("41 null");
    }

    @Test
    void aRenewalAnswers() {
        Customer customer = Customer.having("0");
        String renewal = customer.balance().at("next_grant/at");

        Poll poll = Poll.waiting(customer, "wait=PT60S&for=credits:3000");
        Customer.renew(renewal);
        assertThat(poll.answer().is(200).at("spendable")).isEqualTo("3000");
    }

    @Test
    void aBudgetThatIsRaisedOrDeletedAnswers() {
        Customer customer = Customer.having("100");
        Customer.put(customer.path("/budgets/project/p"), "{'usage_limit': 4}").is(201);
        assertThat(Poll.of(customer, "wait=PT60S&for=credits:5")
                        .answer()
                        .is(200)
                        .at("spendable"))
                .isEqualTo("100");

        Poll raised = Poll.waiting(customer, "wait=PT60S&for=credits:5&project_id=p");
        Customer.put(customer.path("/budgets/project/p"), "{'usage_limit': 5}").is(200);
        assertThat(raised.answer().is(200).at("spendable")).isEqualTo("5");
        Poll deleted = Poll.waiting(customer, "wait=PT60S&for=credits:6&project_id=p");
        Customer.delete(customer.path("/budgets/project/p")).is(204);
        assertThat(deleted.answer().is(200).at("spendable")).isEqualTo("100");
    }

    /** Nobody commits anything: the look that is due every few seconds sees it. */
    @Test
    void aHoldThatExpiresAnswersAtTheNextLook() {
        Customer customer = Customer.having("40");
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'hold': 40, 'hold_expires_in': 'PT1M'}")
                .is(201);
        Poll poll = Poll.waiting(customer, "wait=PT60S&for=credits:40");

        clock.stopAt(Instant.now().plus(Duration.ofMinutes(2)));
        assertThat(poll.isOpen()).isTrue();
        waiters.lookAtAll();
        assertThat(poll.answer().is(200).at("spendable")).isEqualTo("40");
    }

    @Test
    void anAccountThatIsClosedIsAnsweredAtOnce() {
        Customer customer = Customer.having("10");
        Poll poll = Poll.waiting(customer, "wait=PT60S&for=credits:40");

        customer.close("").is(200);
        assertThat(poll.answer().is(200).at("blocked_by")).isEqualTo("account_closed");
        assertThat(Poll.of(customer, "wait=PT60S&for=credits:40")
                        .answer()
                        .is(200)
                        .at("spendable"))
                .isEqualTo("0");
    }

    @Test
    void withAnETagItWaitsTheSameAndIsNotSentWhatItKnows() {
        Customer customer = Customer.having("10");
        String eTag = customer.balance().eTag();

        Poll unchanged = Poll.of(customer, "wait=PT1S&for=credits:40", "If-None-Match", eTag);
        assertThat(unchanged.answer()).isEqualTo(new Reply(304, null, eTag, ""));
        Poll changed = Poll.waiting(customer, "wait=PT60S&for=credits:40", "If-None-Match", eTag);
        customer.topUp("30").is(201);
        assertThat(changed.answer().is(200).at("spendable")).isEqualTo("40");
    }

    @Test
    void whatCannotBeWaitedForIsSaidAtOnce() {
        Customer customer = Customer.having("10");

        for (String query : List.of(
                "wait=PT61S",
                "wait=-PT1S",
                "wait=30",
                "wait=",
                "for=40",
                "for=credits:0",
                "for=credits:-1",
                "for=credits:0.0000001",
                "for=credits:1000000000000",
                "for=credits:1e3",
                "wait=PT1S&wait=PT2S",
                "project_id=a%20b",
                "until=PT1S")) {
            Poll.of(customer, query).answer().is(400, "invalid_request");
        }
        Customer.get("/v1/accounts/story-nobody/balance?wait=PT60S").is(404, "account_not_found");
        Customer.get(customer.path("/balance?for=credits:0.000001&wait=PT60S")).is(200);
    }

    /** With a hundred different amounts: few looks for all of them, and no thread for any. */
    @Test
    void thousandsWaitWithoutThreadsAndAreAnsweredByAFewLooks() {
        Customer customer = Customer.having("0");
        long threads = threadsOfTheService();
        List<Poll> polls = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            polls.add(Poll.of(customer, "wait=PT60S&for=credits:" + (1 + i % 100)));
        }
        Poll.awaitOpen(2_000);
        assertThat(threadsOfTheService() - threads).isLessThan(20);
        Scrape before = Scrape.now();

        customer.topUp("50").is(201);
        Poll.awaitOpen(1_000);
        customer.topUp("50").is(201);
        polls.forEach(poll -> assertThat(poll.answer().is(200).at("balance")).isIn("50", "100"));
        assertThat(Scrape.now().of(LOOKS).subtract(before.of(LOOKS)).intValue()).isBetween(2, 4);
    }

    private static long threadsOfTheService() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("HttpClient"))
                .count();
    }

    @Test
    void whoeverHangsUpIsNotWaitedForAnyMore() {
        Customer customer = Customer.having("10");
        Poll poll = Poll.waiting(customer, "wait=PT60S&for=credits:40");

        poll.hangUp();
        Poll.awaitOpen(0);
        customer.topUp("30").is(201);
    }
}
