package ai.mavster.credits.subscription;

import static ai.mavster.credits.subscription.PlanCalls.FEBRUARY;
import static ai.mavster.credits.subscription.PlanCalls.JANUARY;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change that is meant for the subscription as it was read finds it so, or is not made. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SubscriptionVersionTest {

    @Inject
    MovableClock clock;

    @BeforeEach
    void begin() {
        clock.stopAt(JANUARY);
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    @Test
    void readingAndChangingAnswerTheSameStrongTag() {
        Customer customer = Customer.create();

        Reply changed = customer.subscribe("{'plan': 'basic'}").is(200);
        clock.stopAt(clock.instant().plus(Duration.ofHours(1)));

        assertThat(changed.eTag())
                .matches("\"[0-9a-f]{32}\"")
                .isEqualTo(customer.subscription().eTag());
        assertThat(customer.subscription().body()).isEqualTo(changed.body());
        assertThat(customer.subscribe("{'status': 'past_due'}").is(200).eTag()).isNotEqualTo(changed.eTag());
    }

    @Test
    void whatHasChangedSinceIsNotChanged() {
        Customer customer = Customer.on("basic");
        String read = customer.subscription().eTag();
        customer.subscribeIf(read, "{'cancel_at_period_end': true}").is(200);

        Reply refused = customer.subscribeIf(read, "{'status': 'canceled'}").is(412, "precondition_failed");

        assertThat(refused.at("title")).isEqualTo("Precondition failed");
        assertThat(customer.subscription().all("status", "cancel_at_period_end"))
                .isEqualTo("active true");
        String now = customer.subscription().eTag();
        customer.subscribeIf("\"other\", " + now, "{'status': 'canceled'}").is(200);
    }

    @Test
    void anyVersionWillDoIfThereIsOne() {
        Customer customer = Customer.create();
        customer.subscribeIf("*", "{'plan': 'basic'}").is(412, "precondition_failed");
        customer.subscribeIf("\"0\"", "{'plan': 'basic'}").is(412, "precondition_failed");
        Customer.get(customer.path("/subscription")).is(404, "subscription_not_found");
        customer.subscribe("{'plan': 'basic'}").is(200);

        customer.subscribeIf("*", "{'status': 'paused'}").is(200);
    }

    /** It is what callers are shown: another allotment of the plan is another subscription to them. */
    @Test
    void aWeakTagIsNone() {
        Customer customer = Customer.on("basic");

        customer.subscribeIf("W/" + customer.subscription().eTag(), "{'status': 'paused'}")
                .is(412, "precondition_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "\"a", "*, \"a\"", "\"a\" \"b\"", "\"a\",", "w/\"a\"", "\"a b\""})
    void aHeaderOfAnotherFormIsAnError(String header) {
        Reply refused =
                Customer.on("basic").subscribeIf(header, "{'status': 'paused'}").is(400, "invalid_request");

        assertThat(refused.rows("errors", "field")).containsExactly("If-Match");
    }

    /** What is due is done first, and is no change by somebody else. */
    @Test
    void lateRenewalsDoNotStandInTheWay() {
        Customer customer = Customer.on("basic");
        clock.stopAt(FEBRUARY.plusSeconds(3600));
        String read = customer.subscription().eTag();

        Reply changed = customer.subscribeIf(read, "{'plan': 'pro'}").is(200);

        assertThat(changed.all("plan", "current_period/index")).isEqualTo("pro 1");
        assertThat(customer.renewals().rows("data", "index", "granted")).containsExactly("1 1500", "0 3000");
        clock.stopAt(FEBRUARY.plus(Duration.ofDays(40)));
        String stale = customer.subscription().eTag();
        customer.subscribe("{'status': 'paused'}").is(200);
        customer.subscribeIf(stale, "{'plan': 'ultra'}").is(412, "precondition_failed");
        assertThat(customer.subscription().all("plan", "status", "current_period/index"))
                .isEqualTo("pro paused 2");
    }

    /** It is decided where changes are: of many who have read the same, one changes it. */
    @Test
    void ofManyWhoReadTheSameOneChangesIt() {
        Customer customer = Customer.on("basic");
        for (int round = 0; round < 10; round++) {
            String read = customer.subscription().eTag();
            int from = 4000 + 10 * round;
            List<CompletableFuture<Reply>> all = IntStream.range(from, from + 8)
                    .mapToObj(own -> CompletableFuture.supplyAsync(
                            () -> customer.subscribeIf(read, "{'monthly_credits': " + own + "}")))
                    .toList();

            List<Reply> replies = all.stream().map(CompletableFuture::join).toList();

            assertThat(replies).extracting(Reply::status).containsOnly(200, 412);
            assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
        }
        assertThat(Customer.get(customer.path("/subscription/changes")).rows("data", "kind"))
                .hasSize(11);
    }
}
