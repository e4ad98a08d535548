package ai.mavster.credits.portal.run;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.ledger.statement.Postings;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import ai.mavster.credits.portal.statement.Posted;
import ai.mavster.credits.run.record.Abandonment;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunRepository;
import ai.mavster.credits.run.record.RunWithHold;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run with its steps. */
@Singleton
class RunPage implements PortalPage {

    private static final int STEPS = 50;
    private static final int MOST_CHILDREN = 50;

    private final RunRepository runs;
    private final Abandonment abandonment;
    private final Postings postings;
    private final Template template;

    RunPage(
            RunRepository runs,
            Abandonment abandonment,
            Postings postings,
            @Location("portal/run.html") Template template) {
        this.runs = runs;
        this.abandonment = abandonment;
        this.postings = postings;
        this.template = template;
    }

    @Override
    public void register(Portal portal) {
        portal.get(RunsPage.PATH + "/:run_id", this::show);
    }

    private PageAnswer show(Visit visit) {
        String runId = visit.request().pathParam("run_id");
        UUID after = after(visit.request().query("after"));
        Instant now = visit.account().asOf();
        RunView view = QuarkusTransaction.requiringNew().call(() -> view(visit.accountId(), runId, after, now));
        return visit.answer(visit.fill(template).data("run", view));
    }

    private RunView view(String accountId, String runId, @Nullable UUID after, Instant now) {
        RunWithHold both = runs.find(accountId, runId)
                .map(found -> abandonment.asOf(now, found))
                .orElseThrow(() ->
                        new RefusalException(Refusal.of(Refusal.Code.RUN_NOT_FOUND, "There is no run " + runId + ".")));
        Postings.Part steps = postings.ofRun(accountId, runId, after, STEPS);
        return RunView.of(
                both,
                now,
                children(accountId, both.run(), now),
                steps.postings().stream().map(Posted::of).toList(),
                steps.next());
    }

    /** They can have started only while it was running. */
    private List<RunLine> children(String accountId, Run run, Instant now) {
        if (run.isQueued() || run.status() == Run.Status.HARD_FAILURE) {
            return List.of();
        }
        Instant end = run.finishedAt() == null ? null : run.finishedAt().plus(Duration.ofSeconds(1));
        RunRepository.Filter below =
                new RunRepository.Filter(null, null, null, run.runId(), run.startedAt(), end, null);
        return runs.list(accountId, now, below, MOST_CHILDREN).runs().stream()
                .map(child -> RunLine.of(abandonment.asOf(now, child)))
                .toList();
    }

    private static @Nullable UUID after(@Nullable String text) {
        UUID after = text == null ? null : PublicId.uuid(text);
        if (text != null && after == null) {
            throw new InvalidInput("after", "is no place in this list");
        }
        return after;
    }
}
