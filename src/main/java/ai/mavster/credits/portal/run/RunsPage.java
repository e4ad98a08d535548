package ai.mavster.credits.portal.run;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Instants;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.portal.ListFilters;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import ai.mavster.credits.run.record.Abandonment;
import ai.mavster.credits.run.record.Run;
import ai.mavster.credits.run.record.RunRepository;
import ai.mavster.credits.run.record.RunRepository.Place;
import ai.mavster.credits.run.record.RunWithHold;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of runs. */
@Singleton
class RunsPage implements PortalPage {

    static final String PATH = "/billing/runs";
    private static final int ROWS = 50;
    private static final int BAD_REQUEST = 400;

    /** How many parts are looked through for one page: the next one is asked for by the reader. */
    private static final int PARTS = 5;

    /** Between the time and the id of a place; no time has it. */
    private static final char SEPARATOR = '|';

    private final RunRepository runs;
    private final Abandonment abandonment;
    private final LongReads reads;
    private final PageProblems problems;
    private final Template template;

    RunsPage(
            RunRepository runs,
            Abandonment abandonment,
            LongReads reads,
            PageProblems problems,
            @Location("portal/runs.html") Template template) {
        this.runs = runs;
        this.abandonment = abandonment;
        this.reads = reads;
        this.problems = problems;
        this.template = template;
    }

    @Override
    public void register(Portal portal) {
        portal.get(PATH, this::show);
    }

    private PageAnswer show(Visit visit) {
        ListFilters asked = new ListFilters(visit.request(), "status", "test", "project", "from", "to");
        try {
            Place after = place(visit.request().query("after"));
            RunRepository.Filter filter = filter(asked, visit.texts().zone(), after);
            return PageAnswer.of(visit.fill(template).data("list", list(visit, asked, filter)));
        } catch (InvalidInput wrong) {
            return PageAnswer.of(
                    BAD_REQUEST,
                    visit.fill(template, problems.of(wrong, visit.request().language()))
                            .data("list", RunList.empty(asked)));
        }
    }

    private RunList list(Visit visit, ListFilters asked, RunRepository.Filter filter) {
        RunRepository.Part found = filter.isSearch()
                ? reads.answer(visit.session().sessionId().toString(), visit.accountId(), () -> search(visit, filter))
                : search(visit, filter);
        Instant now = visit.account().asOf();
        List<RunLine> lines = found.runs().stream()
                .map(both -> RunLine.of(abandonment.asOf(now, both)))
                .toList();
        Place next = found.searchedTo();
        return new RunList(
                asked,
                lines,
                next == null ? null : asked.at(PATH, Map.of("after", text(next))),
                next == null || lines.size() >= ROWS ? null : next.startedAt(),
                filter.before() == null);
    }

    /** Part by part, until there is a page of them; with the place after which there may be more. */
    private RunRepository.Part search(Visit visit, RunRepository.Filter filter) {
        List<RunWithHold> found = new ArrayList<>();
        Place next = filter.before();
        for (int i = 0; i < PARTS && (i == 0 || next != null); i++) {
            RunRepository.Filter from = startingAfter(filter, next);
            int rows = ROWS - found.size();
            RunRepository.Part part = QuarkusTransaction.requiringNew()
                    .call(() -> runs.list(visit.accountId(), visit.account().asOf(), from, rows + 1));
            part.runs().stream().limit(rows).forEach(found::add);
            if (part.runs().size() > rows) {
                Run last = found.get(ROWS - 1).run();
                return new RunRepository.Part(found, new Place(last.startedAt(), last.runId()));
            }
            next = part.searchedTo();
        }
        return new RunRepository.Part(found, next);
    }

    private static RunRepository.Filter startingAfter(RunRepository.Filter filter, @Nullable Place place) {
        return new RunRepository.Filter(
                filter.status(),
                filter.projectId(),
                filter.testId(),
                filter.parentRunId(),
                filter.from(),
                filter.to(),
                place);
    }

    /** Whole days of the account's zone. */
    private static RunRepository.Filter filter(ListFilters asked, ZoneId zone, @Nullable Place after) {
        LocalDate from = asked.day("from");
        LocalDate to = asked.day("to");
        return new RunRepository.Filter(
                asked.oneOf("status", Run.Status.class),
                asked.identifier("project"),
                asked.identifier("test"),
                null,
                from == null ? null : from.atStartOfDay(zone).toInstant(),
                to == null ? null : to.plusDays(1).atStartOfDay(zone).toInstant(),
                after);
    }

    private static String text(Place place) {
        return place.startedAt().toString() + SEPARATOR + place.runId();
    }

    private static @Nullable Place place(@Nullable String text) {
        if (text == null) {
            return null;
        }
        int end = text.indexOf(SEPARATOR);
        try {
            String runId = text.substring(end + 1);
            if (end > 0 && runId.matches(Identifier.PATTERN)) {
                return new Place(Instants.parse(text.substring(0, end)), runId);
            }
        } catch (IllegalArgumentException malformed) {
            // What is said of it is the same.
        }
        throw new InvalidInput("after", "is no place in this list");
    }
}
