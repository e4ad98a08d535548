package ai.mavster.credits.portal.statement;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.ledger.statement.PostingAnswer;
import ai.mavster.credits.ledger.statement.PostingFilter;
import ai.mavster.credits.ledger.statement.Postings;
import ai.mavster.credits.portal.ListFilters;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The list of what was posted. */
@Singleton
class StatementPage implements PortalPage {

    static final String PATH = "/billing/statement";
    private static final int ROWS = 50;
    private static final int BAD_REQUEST = 400;

    /** How many parts are looked through for one page: the next one is asked for by the reader. */
    private static final int PARTS = 5;

    private final Postings postings;
    private final LongReads reads;
    private final CsvStreams streams;
    private final PageProblems problems;
    private final Template template;

    StatementPage(
            Postings postings,
            LongReads reads,
            CsvStreams streams,
            PageProblems problems,
            @Location("portal/statement.html") Template template) {
        this.postings = postings;
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

    private static ListFilters asked(Visit visit) {
        return new ListFilters(visit.request(), "kind", "from", "to", "project", "test", "action", "run");
    }

    private PageAnswer show(Visit visit) {
        ListFilters asked = asked(visit);
        try {
            PostingFilter filter = filter(asked, visit.texts().zone());
            UUID after = after(visit.request().query("after"));
            return PageAnswer.of(visit.fill(template).data("list", list(visit, asked, filter, after)));
        } catch (InvalidInput wrong) {
            return PageAnswer.of(
                    BAD_REQUEST,
                    visit.fill(template, problems.of(wrong, visit.request().language()))
                            .data("list", StatementList.empty(asked)));
        }
    }

    private StatementList list(Visit visit, ListFilters asked, PostingFilter filter, @Nullable UUID after) {
        Postings.Part part = asked.isEmpty()
                ? part(visit, filter, after, ROWS)
                : reads.answer(
                        visit.session().sessionId().toString(),
                        visit.accountId(),
                        () -> search(visit, asked, filter, after));
        List<Posted> found = part.postings().stream().map(Posted::of).toList();
        String next = part.next() == null
                ? null
                : asked.at(PATH, Map.of("after", part.next().toString()));
        Instant searchedTo = part.next() == null || found.size() >= ROWS ? null : StatementList.timeOf(part.next());
        return new StatementList(
                asked, StatementList.Day.of(found, visit.texts().zone()), next, searchedTo, after == null);
    }

    /** Part by part, until there is a page of them. */
    private Postings.Part search(Visit visit, ListFilters asked, PostingFilter filter, @Nullable UUID after) {
        if (isOfRunAlone(asked)) {
            return QuarkusTransaction.requiringNew()
                    .call(() -> postings.ofRun(visit.accountId(), asked.text("run"), after, ROWS));
        }
        List<PostingAnswer> found = new ArrayList<>();
        Postings.Part part = new Postings.Part(List.of(), after);
        for (int i = 0; i < PARTS && found.size() < ROWS && (i == 0 || part.next() != null); i++) {
            part = part(visit, filter, part.next(), ROWS - found.size());
            found.addAll(part.postings());
        }
        return new Postings.Part(found, part.next());
    }

    private static boolean isOfRunAlone(ListFilters asked) {
        return asked.at("").equals("?run=" + ListFilters.encoded(asked.text("run")));
    }

    private Postings.Part part(Visit visit, PostingFilter filter, @Nullable UUID after, int rows) {
        return QuarkusTransaction.requiringNew()
                .call(() -> postings.newestFirst(visit.accountId(), filter, after, rows));
    }

    private void stream(Visit visit, HttpServerResponse response) {
        PostingFilter filter = filter(asked(visit), visit.texts().zone());
        streams.send(
                visit.request().context().request(),
                "statement.csv",
                visit.session().sessionId().toString(),
                visit.accountId(),
                Postings.header(),
                postings.lines(visit.accountId(), filter));
    }

    /** Whole days of the account's zone. */
    private static PostingFilter filter(ListFilters asked, ZoneId zone) {
        PostingKind kind = asked.oneOf("kind", PostingKind.class);
        LocalDate from = asked.day("from");
        LocalDate to = asked.day("to");
        return new PostingFilter(
                kind == null ? List.of() : List.of(kind),
                ids(asked, "run"),
                ids(asked, "project"),
                List.of(),
                ids(asked, "test"),
                ids(asked, "action"),
                from == null ? null : from.atStartOfDay(zone).toInstant(),
                to == null ? null : to.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private static List<String> ids(ListFilters asked, String name) {
        String id = asked.identifier(name);
        return id == null ? List.of() : List.of(id);
    }

    private static @Nullable UUID after(@Nullable String text) {
        if (text == null) {
            return null;
        }
        UUID after = PublicId.uuid(text);
        if (after == null) {
            throw new InvalidInput("after", "is no place in this list");
        }
        return after;
    }
}
