package ai.mavster.credits.payment.stripe.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import ai.mavster.credits.payment.stripe.Delivery;
import ai.mavster.credits.payment.stripe.EventRows;
import ai.mavster.credits.payment.stripe.LocalStripe;
import ai.mavster.credits.payment.stripe.StripeServer;
import ai.mavster.credits.payment.stripe.SubscriptionActions;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscription that is paid at Stripe drives the account's, by the calendar. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(LocalStripe.class)
class StripeSubscriptionTest {

    @Inject
    AgroalDataSource database;

    @TestHTTPResource("/")
    String service;

    StripeServer stripe;

    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
    private SubscriptionActions there;
    private EventRows rows;

    @BeforeEach
    void start() {
        there = new SubscriptionActions(stripe);
        rows = new EventRows(database);
    }

    private Delivery happens(String type, String id) {
        Delivery event = Delivery.of(type, id);
        assertThat(event.sendTo(service)).isEqualTo(204);
        return event;
    }

    private Delivery processed(String type, String id) {
        Delivery event = happens(type, id);
        rows.endsAs(event, "processed");
        return event;
    }

    private static Reply subscription(Customer customer) {
        return Customer.get(customer.path("/subscription")).is(200);
    }

    private static String state(Customer customer) {
        return subscription(customer).all("plan", "status", "cancel_at_period_end");
    }

    @Test
    void itIsFollowedFromItsBeginningToItsEnd() {
        Customer customer = Customer.create();
        String id = there.subscribe(there.customer(), customer.id, "basic", begin);
        Delivery created = processed("customer.subscription.created", id);
        assertThat(state(customer)).isEqualTo("basic active false");
        assertThat(subscription(customer).all("anchor", "time_zone", "current_period/index", "paid_until"))
                .isEqualTo(begin + " UTC 0 null");
        assertThat(customer.balance().at("balance")).isEqualTo("3000");
        there.status(id, "past_due");
        processed("customer.subscription.updated", id);
        assertThat(state(customer)).isEqualTo("basic past_due false");
        customer.debit("1").is(402, "subscription_required");
        there.status(id, "active");
        processed("customer.subscription.updated", id);
        customer.debit("1").is(201);
        there.change(id, made -> made.putObject("pause_collection").put("behavior", "void"));
        processed("customer.subscription.updated", id);
        assertThat(state(customer)).isEqualTo("basic paused false");
        there.change(id, made -> made.putNull("pause_collection"));
        there.change(id, made -> SubscriptionActions.price(made, "pro"));
        processed("customer.subscription.updated", id);
        assertThat(state(customer)).isEqualTo("pro active false");
        there.change(id, made -> made.put("cancel_at_period_end", true));
        processed("customer.subscription.updated", id);
        assertThat(state(customer)).isEqualTo("pro active true");
        there.status(id, "canceled");
        Delivery deleted = processed("customer.subscription.deleted", id);
        assertThat(state(customer)).isEqualTo("pro canceled false");
        assertThat(customer.balance().at("balance")).isEqualTo("2999");
        assertThat(Customer.get(customer.path("/subscription/changes")).rows("data", "status", "author/type"))
                .containsExactly(
                        "canceled provider_event",
                        "active provider_event",
                        "active provider_event",
                        "paused provider_event",
                        "active provider_event",
                        "past_due provider_event",
                        "active provider_event");
        Reply changes = Customer.get(customer.path("/subscription/changes"));
        assertThat(List.of(changes.at("data/6/author/id"), changes.at("data/0/author/id")))
                .containsExactly(created.id(), deleted.id());
    }

    /** What it is now, whichever event comes last. */
    @Test
    void eventsInAnyOrderEndInThePresentState() {
        for (int seed = 0; seed < 3; seed++) {
            Customer customer = Customer.create();
            String id = there.subscribe(there.customer(), customer.id, "basic", begin);
            there.change(id, made -> SubscriptionActions.price(made, "pro"));
            Instant month = Instant.now().minus(Duration.ofDays(30));
            List<Delivery> events = new ArrayList<>(List.of(
                    Delivery.of(
                            "customer.subscription.created",
                            id,
                            month,
                            event -> event.put("api_version", "2015-01-26")),
                    Delivery.of("customer.subscription.updated", id),
                    Delivery.of("customer.subscription.deleted", id),
                    Delivery.of("customer.subscription.trial_will_end", id)));
            events.addAll(List.copyOf(events));
            Collections.shuffle(events, new Random(seed));
            events.forEach(event -> assertThat(event.sendTo(service)).isEqualTo(204));
            events.forEach(event -> rows.endsAs(event, "processed"));
            assertThat(state(customer)).isEqualTo("pro active false");
            assertThat(customer.balance().at("balance")).isEqualTo("20000");
            assertThat(Customer.get(customer.path("/subscription/changes")).rows("data", "plan"))
                    .containsExactly("pro");
        }
    }

    @Test
    void aNewOneTakesOverAndTheEndOfTheOldOneDoesNotEndIt() {
        Customer customer = Customer.create();
        String old = there.subscribe(there.customer(), customer.id, "basic", begin.minusSeconds(60));
        processed("customer.subscription.created", old);
        String next = there.subscribe(there.customer(), customer.id, "pro", begin);
        processed("customer.subscription.created", next);
        assertThat(state(customer)).isEqualTo("pro active false");
        processed("customer.subscription.updated", old);
        there.status(old, "canceled");
        processed("customer.subscription.deleted", old);
        assertThat(state(customer)).isEqualTo("pro active false");
    }

    @Test
    void theAccountIsTheSubscriptionsOrItsCustomers() {
        Customer customer = Customer.create();
        String known = there.customer();
        there.change(known, made -> made.withObjectProperty("metadata").put("account_id", customer.id));
        String id = there.subscribe(known, null, "of no plan", begin);
        there.product(id, "ultra");
        processed("customer.subscription.created", id);
        assertThat(state(customer)).isEqualTo("ultra active false");

        String elsewhere = there.subscribe(there.customer(), null, "basic", begin);
        rows.endsAs(
                happens("customer.subscription.created", elsewhere), "unexplained: The subscription names no account");
        String other = there.subscribe(there.customer(), null, "other-business", begin);
        rows.endsAs(
                happens("customer.subscription.created", other),
                "ignored: The subscription names neither an account nor a plan");
        String nobody = there.subscribe(there.customer(), "nobody-at-all", "basic", begin);
        rows.endsAs(happens("customer.subscription.created", nobody), "unexplained: unknown_account");
        String nonsense = there.subscribe(there.customer(), "no id", "basic", begin);
        rows.endsAs(happens("customer.subscription.created", nonsense), "unexplained: unknown_account");
        rows.endsAs(
                happens("customer.subscription.created", "sub_none"), "unexplained: There is no such object at Stripe");
    }

    /** What it was stays. */
    @Test
    void anUnknownPlanChangesNothing() {
        Customer customer = Customer.create();
        String id = there.subscribe(there.customer(), customer.id, "basic", begin);
        processed("customer.subscription.created", id);
        there.change(id, made -> SubscriptionActions.price(made, "gold"));
        rows.endsAs(happens("customer.subscription.updated", id), "unexplained: plan_not_found");
        there.change(
                id,
                made -> ((com.fasterxml.jackson.databind.node.ObjectNode) made.at("/items/data/0/price"))
                        .putNull("lookup_key"));
        rows.endsAs(happens("customer.subscription.updated", id), "unexplained: Its price names no plan");
        assertThat(state(customer)).isEqualTo("basic active false");
        there.status(id, "canceled");
        processed("customer.subscription.deleted", id);
        assertThat(state(customer)).isEqualTo("basic canceled false");
    }

    @Test
    void whatHasNeverBegunMakesNothing() {
        Customer customer = Customer.create();
        String id = there.subscribe(there.customer(), customer.id, "basic", begin);
        for (String status : new String[] {"incomplete", "incomplete_expired", "canceled"}) {
            there.status(id, status);
            processed("customer.subscription.updated", id);
            Customer.get(customer.path("/subscription")).is(404);
        }
    }

    /** A month ends with the trial, and the next one is granted then. */
    @Test
    void aTrialLeadsToThePaidMonths() {
        Customer customer = Customer.create();
        Instant end = begin.plus(Duration.ofDays(14));
        String id = there.subscribe(there.customer(), customer.id, "basic", end);
        there.status(id, "trialing");
        processed("customer.subscription.created", id);
        assertThat(subscription(customer).all("status", "current_period/end")).isEqualTo("trialing " + end);
        assertThat(customer.balance().at("balance")).isEqualTo("3000");
    }

    @Test
    void aClosedAccountIsNotFollowed() {
        Customer customer = Customer.create();
        String id = there.subscribe(there.customer(), customer.id, "basic", begin);
        processed("customer.subscription.created", id);
        Customer.delete(customer.path("")).is(200);
        rows.endsAs(happens("customer.subscription.updated", id), "unexplained: account_closed");
    }
}
