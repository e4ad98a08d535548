package ai.mavster.credits.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.http.limits.OneAtATime;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Room for two who wait, and for one request beside them. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@TestProfile(OneAtATime.class)
class WaitersLimitTest {

    /** Who waits is not under way: a single request may be, and yet all others pass. */
    @Test
    void ofOneKeyHalfOfAllMayWaitAndOthersAreTurnedAway() {
        Customer customer = Customer.having("0");
        Poll poll = Poll.waiting(customer, "wait=PT60S");

        Reply refused = Poll.of(customer, "wait=PT60S").answer().is(503, "overloaded");
        assertThat(refused.at("status")).isEqualTo("503");
        assertThat(Poll.of(customer, "wait=PT0S").answer().is(200).at("spendable"))
                .isEqualTo("0");
        assertThat(poll.isOpen()).isTrue();

        poll.hangUp();
        Poll.awaitOpen(0);
        Poll next = Poll.waiting(customer, "wait=PT60S");
        customer.topUp("1").is(201);
        assertThat(next.answer().is(200).at("spendable")).isEqualTo("1");
    }
}
