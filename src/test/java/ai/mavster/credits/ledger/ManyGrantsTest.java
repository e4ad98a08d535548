package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accounts with more open grants than a batch reads at first, which in tests is two. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ManyGrantsTest {

    private static final int MANY = 40;

    @Inject
    MovableClock clock;

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private static Customer withTopUps(int grants) {
        Customer customer = Customer.having("0");
        for (int i = 0; i < grants; i++) {
            customer.topUp("1").is(201);
        }
        return customer;
    }

    @Test
    void aDebitTakesFromAsManyAsItNeedsInTheirOrder() {
        Customer customer = withTopUps(MANY);

        Reply debit = customer.debit("35.5").is(201);
        assertThat(debit.rows("entries", "credits")).hasSize(36).endsWith("-1", "-1", "-0.5");
        assertThat(debit.rows("entries", "seq")).isSorted();
        assertThat(customer.debit("4.500001").is(402).at("available")).isEqualTo("4.5");
        assertThat(customer.debit("9", ", 'on_insufficient': 'take_available'")
                        .is(201)
                        .all("credits", "exhausted", "balance"))
                .isEqualTo("4.5 true 0");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void severalDebitsOfOneBatchTakeOnWhereTheLastOneStopped() {
        Customer customer = withTopUps(MANY);
        String debit = "{'account_id': '%s', 'idempotency_key': '%%s', 'credits': 1.5}".formatted(customer.id);
        List<String> debits = IntStream.range(0, 26)
                .mapToObj(i -> debit.formatted("bulk-" + i))
                .toList();

        Reply answers = Customer.post("/v1/debits", "{'debits': [" + String.join(", ", debits) + "]}")
                .is(200);
        assertThat(answers.rows("results", "status")).containsOnly("201");
        assertThat(customer.balance().at("balance")).isEqualTo("1");
        assertThat(customer.proof().at("balanced")).isEqualTo("true");
    }

    @Test
    void theListShowsWhatIsLeftOfEachAlsoBehindThoseThatWereRead() {
        Customer customer = withTopUps(5);
        customer.debit("0.25").is(201);

        assertThat(customer.grants().rows("data", "kind").subList(0, 5)).containsOnly("top_up");
        assertThat(customer.grants().rows("data", "remaining").subList(0, 5))
                .containsExactly("1", "1", "1", "1", "0.75");
        assertThat(customer.grants().rows("data", "burn_order").subList(0, 5))
                .containsExactly("null", "null", "null", "2", "1");
    }

    @Test
    void manyThatExpireTogetherExpireTogether() {
        Customer customer = withTopUps(3);
        Instant soon = Instant.now().plus(Duration.ofDays(2));
        for (int i = 0; i < MANY; i++) {
            customer.grant("0.5", ", 'expires_at': '" + soon + "'").is(201);
        }
        customer.debit("1.25").is(201);
        assertThat(customer.balance().all("balance", "spendable")).isEqualTo("21.75 21.75");

        clock.stopAt(soon);
        assertThat(customer.balance().all("balance", "spendable")).isEqualTo("3 3");
        customer.debit("3").is(201);
        assertThat(customer.balance().at("balance")).isEqualTo("0");
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void whatExpiresUntilTheRenewalIsCountedWhole() {
        Customer customer = Customer.having("0");
        Instant soon = Instant.now().plus(Duration.ofDays(2));
        for (int i = 0; i < 5; i++) {
            customer.grant("400", ", 'expires_at': '" + soon.plusSeconds(i) + "'")
                    .is(201);
        }

        assertThat(customer.balance().all("balance", "next_grant/amount")).isEqualTo("2000 3000");
    }

    @Test
    void aVoidFindsTheLastOfThem() {
        Customer customer = withTopUps(MANY);
        String last = customer.grants().rows("data", "grant_id").get(0);

        Reply taken =
                customer.takeBack(last, "{'credits': 0.75, 'reason': 'story'}").is(201);
        assertThat(taken.rows("entries", "grant_id")).containsExactly(last);
        assertThat(customer.takeBack(last, "{'reason': 'story'}").is(201).all("credits", "balance"))
                .isEqualTo("0.25 39");
        customer.takeBack(last, "{'reason': 'story'}").is(422, "void_exceeds_grant");
        assertThat(customer.grants().rows("data", "remaining").subList(0, 2)).containsExactly("0", "1");
        customer.debit("39").is(201);
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void anAdjustmentTakesFromAsManyAsItNeeds() {
        Customer customer = withTopUps(MANY);

        assertThat(customer.adjust("-35.5").is(201).all("credits", "balance", "grant_id"))
                .isEqualTo("-35.5 4.5 null");
        customer.adjust("-4.500001").is(422, "adjustment_exceeds_available");
        customer.adjust("-4.5").is(201);
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }

    @Test
    void aReversalGivesBackToEachOfThem() {
        Customer customer = withTopUps(MANY);
        String debit = customer.debit("39.5").is(201).at("id");

        Reply part =
                customer.reverse(debit, "{'credits': 20, 'reason': 'story'}").is(201);
        assertThat(part.at("balance")).isEqualTo("20.5");
        customer.reverse(debit, "{'reason': 'story'}").is(201);
        customer.reverse(debit, "{'reason': 'story'}").is(422, "reversal_exceeds_debit");
        assertThat(customer.balance().at("balance")).isEqualTo("40");
        assertThat(customer.grants().rows("data", "remaining").subList(0, MANY))
                .isEqualTo(Collections.nCopies(MANY, "1"));
        assertThat(customer.proof().all("balanced", "chain_intact")).isEqualTo("true true");
    }
}
