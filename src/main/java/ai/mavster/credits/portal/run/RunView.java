package ai.mavster.credits.portal.run;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.portal.ListFilters;
import ai.mavster.credits.portal.statement.Posted;
import ai.mavster.credits.run.record.PastRefusal;
import ai.mavster.credits.run.record.QueuePlace;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunWithHold;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run, whole, for its page.
 *
 * @param now the account's time
 * @param children some of the runs below it, newest first
 * @param steps what was posted for it, newest first
 * @param older the address of further steps; null: these are the first ones
 */
@TemplateData
public record RunView(
        RunLine line,
        Instant now,
        @Nullable String workspaceId,
        @Nullable String parentRunId,
        @Nullable Instant finishedAt,
        Instant seenAt,
        Credits nested,
        @Nullable Reserved hold,
        @Nullable Queue queue,
        List<Refused> refusals,
        long refusalCount,
        Map<String, String> metadata,
        List<RunLine> children,
        List<Posted> steps,
        @Nullable String older) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static RunView of(
            RunWithHold both, Instant now, List<RunLine> children, List<Posted> steps, @Nullable UUID nextStep) {
        Run run = both.run();
        RunLine line = RunLine.of(both);
        return new RunView(
                line,
                now,
                run.workspaceId(),
                run.parentRunId(),
                run.finishedAt(),
                run.seenAt(),
                run.nestedSpent(),
                both.hold() == null ? null : Reserved.of(both.hold()),
                run.queue() == null ? null : Queue.of(run.queue()),
                run.refusals().latest().stream().map(Refused::of).toList(),
                run.refusals().count(),
                both.metadata() == null ? Map.of() : both.metadata().pairs(),
                children,
                steps,
                nextStep == null ? null : line.path() + "?after=" + nextStep);
    }

    /** What is reserved for it. */
    @TemplateData
    public record Reserved(Credits amount, Credits captured, Credits released, Credits remaining, Instant expiresAt) {

        private static Reserved of(Hold hold) {
            return new Reserved(hold.amount(), hold.captured(), hold.released(), hold.remaining(), hold.expiresAt());
        }

        public boolean isOpen() {
            return remaining.isPositive();
        }
    }

    /** How long it waits, or has waited, for credits. */
    @TemplateData
    public record Queue(
            Instant since, Instant until, @Nullable Credits hold) {

        private static Queue of(QueuePlace place) {
            return new Queue(place.since(), place.expiresAt(), place.hold());
        }
    }

    /** A debit or an extension that it was refused. */
    @TemplateData
    public record Refused(
            Instant at,
            String reasonKey,
            @Nullable Credits required,
            @Nullable Credits available,
            WayOut wayOut) {

        private static Refused of(PastRefusal refusal) {
            String code = refusal.code().id();
            return new Refused(
                    refusal.at(), "runs.reason." + code, refusal.required(), refusal.available(), WayOut.of(code));
        }
    }

    /** Where its owner can change what stands in the way. */
    @TemplateData
    public record WayOut(String path, String key) {

        static WayOut of(String code) {
            String path = switch (code) {
                case "subscription_required" -> "/billing/plans";
                case "budget_exceeded" -> "/billing/budgets";
                default -> "/billing/top-up";
            };
            return new WayOut(path, "runs.way_out." + code);
        }
    }

    /** Of what it is stopped by, or waits for; null: nothing. */
    public @Nullable WayOut wayOut() {
        return line.reason() == null ? null : WayOut.of(line.reason());
    }

    /** Whether anything of it may change by itself. */
    public boolean isLive() {
        return line.status() == Run.Status.RUNNING || line.status() == Run.Status.QUEUED;
    }

    public boolean isQueued() {
        return line.status() == Run.Status.QUEUED;
    }

    /** Of a sentence on where it stands. */
    public String stateKey() {
        return "runs.state." + line.status().id();
    }

    /** How long it has been running, or was. */
    public String duration(Texts texts) {
        return inWords(Duration.between(line.startedAt(), finishedAt == null ? now : finishedAt), texts);
    }

    static String inWords(Duration duration, Texts texts) {
        if (duration.toSeconds() < 1) {
            return texts.say("runs.duration.moment");
        }
        if (duration.toMinutes() < 1) {
            return texts.say("runs.duration.seconds", duration.toSeconds());
        }
        if (duration.toHours() < 1) {
            return texts.say("runs.duration.minutes", duration.toMinutes(), duration.toSecondsPart());
        }
        return duration.toDays() < 1
                ? texts.say("runs.duration.hours", duration.toHours(), duration.toMinutesPart())
                : texts.say("runs.duration.days", duration.toDays(), duration.toHoursPart());
    }

    /** How far its cost is from the estimate, in words; empty while it runs, and without an estimate. */
    public String difference(Texts texts) {
        Credits estimated = line.estimated();
        if (isLive() || line.status() == Run.Status.HARD_FAILURE || estimated == null || !estimated.isPositive()) {
            return "";
        }
        long percent = BigDecimal.valueOf(line.spent().minus(estimated).millionths())
                .multiply(HUNDRED)
                .divide(BigDecimal.valueOf(estimated.millionths()), 0, RoundingMode.HALF_UP)
                .longValueExact();
        return percent == 0
                ? texts.say("runs.difference.none")
                : texts.say(
                        percent > 0 ? "runs.difference.more" : "runs.difference.less",
                        texts.percent(Math.abs(percent)));
    }

    /** Of the run above it; null: there is none. */
    public @Nullable String parentPath() {
        return parentRunId == null ? null : RunsPage.PATH + "/" + ListFilters.encoded(parentRunId);
    }
}
