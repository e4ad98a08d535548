package ai.mavster.credits.operator.health;

import ai.mavster.credits.event.webhook.WebhookEndpoints;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.ledger.proof.LastProofRepository;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The first page: what an operator wants to know before anything else. */
@Singleton
class HealthPage implements OperatorPage {

    private static final String RENEWALS = "/operator/renewals";
    private static final String PAYMENTS = "/operator/payments";
    private static final String EVENTS = "/operator#endpoints";

    /** How many of what is wrong are named. */
    private static final int NAMED = 20;

    private static final Duration FAILING = Duration.ofHours(1);

    private final Measurements measured;
    private final WebhookEndpoints endpoints;
    private final LastProofRepository proofs;
    private final Clock clock;
    private final Template template;

    HealthPage(
            Measurements measured,
            WebhookEndpoints endpoints,
            LastProofRepository proofs,
            Clock clock,
            @Location("operator/health.html") Template template) {
        this.measured = measured;
        this.endpoints = endpoints;
        this.proofs = proofs;
        this.clock = clock;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get("/operator", this::show);
    }

    /** Figures that belong together. */
    @TemplateData
    public record Part(String name, List<Check> checks) {}

    private PageAnswer show(Visit visit) {
        List<WebhookEndpoints.InTrouble> troubled =
                endpoints.inTrouble(clock.instant().minus(FAILING), NAMED);
        List<LastProofRepository.Failed> failed =
                QuarkusTransaction.requiringNew().call(() -> proofs.failed(NAMED));
        List<Part> parts = List.of(
                new Part("Ledger", ledger(failed.size())),
                new Part("Database", database()),
                new Part("Renewals and payments", money()),
                new Part("Events and mail", outbox(troubled.size())));
        return PageAnswer.of(visit.fill(template)
                .data("parts", parts)
                .data(
                        "bad",
                        parts.stream()
                                .flatMap(part -> part.checks.stream())
                                .filter(Check::isBad)
                                .count())
                .data("endpoints", troubled)
                .data("failed", failed));
    }

    private List<Check> ledger(int failedProofs) {
        BigDecimal batch = measured.batchSize();
        return List.of(
                Check.count(
                        "Commands waiting",
                        measured.gauges("ledger.queue.depth"),
                        500,
                        "In all lanes of this process.",
                        null),
                Check.time(
                        "A decision takes",
                        measured.meanTime("ledger.decision.latency"),
                        Duration.ofSeconds(2),
                        "From asking to the committed outcome, on the average since this process started.",
                        null),
                new Check(
                        "Commands in a batch",
                        batch == null
                                ? "none yet"
                                : batch.setScale(1, RoundingMode.HALF_UP).toPlainString(),
                        batch == null ? Check.State.UNKNOWN : Check.State.GOOD,
                        "Committed together, on the average since this process started.",
                        null),
                Check.count(
                        "Turned away",
                        measured.counted("ledger.overloaded"),
                        0,
                        "Commands for which there was no room, since this process started.",
                        null),
                Check.count(
                        "Accounts not proven",
                        BigDecimal.valueOf(failedProofs),
                        0,
                        "Their entries do not agree with their balance; nothing is more urgent.",
                        "/operator#proofs"),
                Check.time(
                        "Oldest proof",
                        measured.gauges("ledger.proof.oldest"),
                        Duration.ofDays(7),
                        "Accounts are proven one after another, again and again.",
                        null));
    }

    private List<Check> database() {
        return List.of(
                waiting("Requests waiting for a connection", "default", "Ordinary requests."),
                waiting("Ledger waiting for a connection", "ledger", "Decisions, and reads of balances."),
                waiting("Long reads waiting for a connection", "long", "Searches, reports and proofs."),
                Check.time(
                        "Clocks differ by",
                        measured.gauges("clock.offset"),
                        Duration.ofSeconds(2),
                        "This process\u2019s clock and the database\u2019s.",
                        null));
    }

    private Check waiting(String name, String pool, String meaning) {
        BigDecimal waiting = measured.gauges("agroal.awaiting.count", pool);
        return Check.count(name, waiting, 0, meaning, null);
    }

    private List<Check> money() {
        return List.of(
                Check.count(
                        "Renewals due", measured.gauges("renewals.due"), Long.MAX_VALUE, "Subscriptions.", RENEWALS),
                Check.time(
                        "Oldest renewal due",
                        measured.gauges("renewals.lag"),
                        Duration.ofHours(3),
                        "The job that renews has not run, or it fails.",
                        RENEWALS),
                Check.count(
                        "Payment events unexplained",
                        measured.gauges("payment.events.unexplained"),
                        0,
                        "They do not agree with what was ordered here.",
                        PAYMENTS + "?status=unexplained"),
                Check.time(
                        "Oldest payment event waiting",
                        measured.gauges("payment.events.pending.oldest.seconds"),
                        Duration.ofMinutes(15),
                        "Announced by the provider, and not processed yet.",
                        PAYMENTS + "?status=received"),
                Check.count(
                        "Payments unexplained",
                        measured.gauges("credits.payments.unexplained"),
                        0,
                        "At the provider they are not what they are here.",
                        PAYMENTS),
                Check.time(
                        "Oldest recharge under way",
                        measured.gauges("recharges.in.flight.oldest.seconds"),
                        Duration.ofHours(26),
                        "It should have ended by now, one way or the other.",
                        PAYMENTS),
                Check.time(
                        "Payments last compared",
                        measured.gauges("credits.reconciliation.age"),
                        Duration.ofHours(6),
                        "With the provider\u2019s, so long ago; unknown where no payment provider is configured.",
                        null));
    }

    private List<Check> outbox(int troubled) {
        return List.of(
                Check.time(
                        "Oldest event waiting",
                        measured.gauges("events.undispatched.oldest.seconds"),
                        Duration.ofMinutes(5),
                        "Not handed on to endpoints yet.",
                        null),
                Check.count(
                        "Deliveries pending",
                        measured.gauges("webhook.pending"),
                        Long.MAX_VALUE,
                        "To endpoints that are enabled, up to 10,000.",
                        null),
                Check.time(
                        "Oldest delivery pending",
                        measured.gauges("webhook.pending.oldest.seconds"),
                        Duration.ofHours(6),
                        "An endpoint takes nothing.",
                        EVENTS),
                Check.count(
                        "Endpoints in trouble",
                        BigDecimal.valueOf(troubled),
                        0,
                        "Disabled since they were gone or failing, or failing for an hour.",
                        EVENTS),
                Check.time(
                        "Oldest mail waiting",
                        measured.gauges("credits.mail.oldest"),
                        Duration.ofHours(1),
                        "A notice that was not sent.",
                        null));
    }
}
