package ai.mavster.credits.portal.usage;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import ai.mavster.credits.run.estimate.RunCosts;
import ai.mavster.credits.usage.UsageAccount;
import ai.mavster.credits.usage.UsageByDay;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What credits were used on, by day. */
@Singleton
class UsagePage implements PortalPage {

    private static final String PATH = "/billing/usage";

    /** What took less is in the CSV. */
    private static final int LINES = 50;

    private final Ledger ledger;
    private final UsageByDay usage;
    private final RunCosts costs;
    private final LongReads reads;
    private final CsvStreams streams;
    private final PageProblems problems;
    private final Template template;

    UsagePage(
            Ledger ledger,
            UsageByDay usage,
            RunCosts costs,
            LongReads reads,
            CsvStreams streams,
            PageProblems problems,
            @Location("portal/usage.html") Template template) {
        this.ledger = ledger;
        this.usage = usage;
        this.costs = costs;
        this.reads = reads;
        this.streams = streams;
        this.problems = problems;
        this.template = template;
    }

    @Override
    public void register(Portal portal) {
        portal.get(PATH, this::show);
        portal.stream(PATH + ".csv", this::stream);
    }

    private PageAnswer show(Visit visit) throws SQLException {
        UsageAccount account = account(visit);
        try {
            Choice choice = Choice.of(visit.request(), account);
            Found found = reads.answer(
                    visit.session().sessionId().toString(), visit.accountId(), () -> read(choice.question(account)));
            return visit.answer(visit.fill(template)
                    .data("choice", choice)
                    .data("ranges", Range.choices(account))
                    .data("report", report(found, visit.texts())));
        } catch (InvalidInput wrong) {
            PageProblem problem = problems.of(wrong, visit.request().language());
            return PageAnswer.of(
                    problem.status(),
                    visit.fill(template, problem)
                            .data("choice", Choice.asSent(visit.request()))
                            .data("ranges", Range.choices(account))
                            .data("report", null));
        }
    }

    private record Found(UsageByDay.Answer usage, RunCosts.Cost all, Map<String, RunCosts.Cost> each) {}

    private Found read(UsageByDay.Question question) throws SQLException {
        UsageByDay.Answer answer = usage.read(question, LINES);
        String accountId = question.account().accountId();
        List<String> ids = answer.groups().stream().map(UsageByDay.Group::id).toList();
        RunCosts.By by = switch (question.by()) {
            case TEST -> RunCosts.By.TEST;
            case PROJECT -> RunCosts.By.PROJECT;
            case ACTION, WORKSPACE, RUN -> null;
        };
        return new Found(
                answer,
                costs.ofAll(accountId, answer.from(), answer.to()),
                by == null ? Map.of() : costs.of(by, accountId, ids, answer.from(), answer.to()));
    }

    private static UsageReport report(Found found, Texts texts) {
        return UsageReport.of(found.usage, found.all, found.each, texts);
    }

    private void stream(Visit visit, HttpServerResponse response) {
        UsageAccount account = account(visit);
        UsageByDay.Question question = Choice.of(visit.request(), account).question(account);
        streams.send(
                visit.request().context().request(),
                "usage.csv",
                visit.session().sessionId().toString(),
                visit.accountId(),
                UsageByDay.header(question),
                usage.lines(question));
    }

    private UsageAccount account(Visit visit) {
        return Outcome.await(ledger.read(visit.accountId(), UsageAccount::of));
    }
}
