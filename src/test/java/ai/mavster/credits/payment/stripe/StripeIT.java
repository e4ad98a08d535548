package ai.mavster.credits.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.KillablePostgres;
import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.ledger.ServiceClient;
import ai.mavster.credits.payment.stripe.StripeActions.Card;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes hear of the same at once, and one of them is killed: each event is recorded, and has its effect once. */
class StripeIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int ACCOUNTS = 6;

    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(60);
    private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
    private final ExecutorService callers = Executors.newFixedThreadPool(16);
    private KillablePostgres postgres;
    private StripeServer stripe;
    private SubscriptionActions there;

    @BeforeEach
    void start() {
        postgres = KillablePostgres.start();
        stripe = StripeServer.start();
        there = new SubscriptionActions(stripe);
    }

    @AfterEach
    void stop() throws IOException {
        callers.shutdownNow();
        services.forEach(ServiceProcess::close);
        stripe.close();
        postgres.close();
    }

    private ServiceProcess service() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CREDITS_DB_URL",
                postgres.address().url(),
                "CREDITS_DB_USER",
                postgres.address().user(),
                "CREDITS_DB_PASSWORD",
                postgres.address().password(),
                "CREDITS_PAYMENTS",
                "stripe",
                "CREDITS_STRIPE_API_KEY",
                StripeServer.KEY,
                "CREDITS_STRIPE_API_BASE",
                stripe.url(),
                "CREDITS_STRIPE_WEBHOOK_SECRETS",
                LocalStripe.SECRET,
                "CREDITS_STRIPE_GRANT_ON",
                "invoice_paid"));
        ServiceProcess service = ServiceProcess.start(environment);
        services.add(service);
        return service;
    }

    /** Sends it to a service that there is, as often as it takes. */
    private Future<?> delivered(Delivery event, ServiceProcess service) {
        return callers.submit(() -> Eventually.holds(
                DEADLINE,
                () -> event.sendTo((services.contains(service) ? service : services.get(0))
                                .url()
                                .toString())
                        == 204,
                () -> event + " is taken"));
    }

    private static JsonNode get(ServiceProcess service, String path) {
        try {
            return ServiceClient.expect(200, new ServiceClient(service).get(path))
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatTwoProcessesHearHasItsEffectOnce() throws Exception {
        ServiceProcess one = service();
        ServiceProcess other = service();
        List<Delivery> events = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            ServiceClient.expect(201, new ServiceClient(one).put("/v1/accounts/paid-" + i, "{}"));
            ServiceClient.expect(201, new ServiceClient(one).put("/v1/accounts/buys-" + i, "{}"));
            String id = there.subscribe(there.customer(), "paid-" + i, "basic", begin);
            Instant end = begin.atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
            String invoice = there.invoice(id, begin, end, "paid");
            String url = ServiceClient.expect(
                            201,
                            new ServiceClient(one)
                                    .post("/v1/accounts/buys-" + i + "/checkouts", "order", "{\"pack\": \"medium\"}"))
                    .body()
                    .path("url")
                    .asText();
            String page = url.substring(url.lastIndexOf('/') + 1);
            String intent = stripe.actions().pay(page, Card.OK);
            for (int times = 0; times < 5; times++) {
                events.add(Delivery.of("customer.subscription.updated", id));
                events.add(Delivery.of("checkout.session.completed", page));
                events.add(Delivery.of("payment_intent.succeeded", intent));
                events.add(Delivery.of("invoice.paid", invoice));
            }
        }
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            sent.add(delivered(events.get(i), one));
            sent.add(delivered(events.get(i), other));
            if (i == events.size() / 2) {
                services.remove(other);
                other.kill();
            }
        }
        for (Future<?> answered : sent) {
            answered.get();
        }
        other.close();
        Eventually.holds(
                DEADLINE,
                () -> get(one, "/v1/payment-events?status=received")
                        .path("data")
                        .isEmpty(),
                () -> "all are processed: " + get(one, "/v1/payment-events?status=received"));
        JsonNode all = get(one, "/v1/payment-events?limit=1000").path("data");
        assertThat(all)
                .hasSameSizeAs(events)
                .allSatisfy(event -> assertThat(event.path("status").asText()).isEqualTo("processed"));
        for (int i = 0; i < ACCOUNTS; i++) {
            String account = "/v1/accounts/paid-" + i;
            assertThat(get(one, account + "/balance").path("balance").asInt()).isEqualTo(3000);
            assertThat(get(one, account + "/renewals").path("data")).hasSize(1);
            assertThat(get(one, account + "/subscription/changes").path("data")).hasSize(1);
            assertThat(get(one, account + "/proof").path("balanced").asBoolean())
                    .isTrue();
        }
    }

    @Test
    void withoutWhatItNeedsItDoesNotStart() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CREDITS_DB_URL", postgres.address().url(),
                "CREDITS_DB_USER", postgres.address().user(),
                "CREDITS_DB_PASSWORD", postgres.address().password(),
                "CREDITS_PAYMENTS", "stripe",
                "CREDITS_STRIPE_WEBHOOK_SECRETS", LocalStripe.SECRET));
        try (ServiceProcess refused = ServiceProcess.launch(environment)) {
            assertThat(refused.awaitExit()).isNotZero();
            assertThat(refused.log())
                    .contains("CREDITS_PAYMENTS is stripe, which needs CREDITS_STRIPE_API_KEY to be set.")
                    .doesNotContain(LocalStripe.SECRET);
        }
    }
}
