package ai.mavster.credits.operator.account;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.explanation.Explanations;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.ledger.statement.PostingFilter;
import ai.mavster.credits.ledger.statement.Postings;
import ai.mavster.credits.operator.Lists;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was posted to an account, and why. */
@Singleton
class LedgerPage implements OperatorPage {

    private static final String PATH = "/operator/accounts/:account_id/ledger";

    private final Accounts accounts;
    private final Ledger ledger;
    private final Postings postings;
    private final Explanations explanations;
    private final Template list;
    private final Template explained;

    LedgerPage(
            Accounts accounts,
            Ledger ledger,
            Postings postings,
            Explanations explanations,
            @Location("operator/ledger.html") Template list,
            @Location("operator/posting.html") Template explained) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.postings = postings;
        this.explanations = explanations;
        this.list = list;
        this.explained = explained;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, this::list);
        operator.get(PATH + "/:posting_id", this::explain);
    }

    private PageAnswer list(Visit visit) {
        String accountId = visit.accountId();
        Accounts.Profile profile = accounts.profile(accountId);
        String kind = visit.request().query("kind");
        String runId = identifier(visit, "run_id");
        String projectId = identifier(visit, "project_id");
        PostingFilter filter = new PostingFilter(
                kind == null ? List.of() : List.of(kind(kind)),
                asList(runId),
                asList(projectId),
                List.of(),
                List.of(),
                List.of(),
                null,
                null);
        UUID after = after(visit.cursor());
        Postings.Part part = QuarkusTransaction.requiringNew()
                .call(() -> postings.newestFirst(accountId, filter, after, Lists.ROWS));
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("kind", kind);
        filters.put("run_id", runId);
        filters.put("project_id", projectId);
        return PageAnswer.of(visit.fill(list)
                .data("profile", profile)
                .data("postings", part.postings())
                .data("kind", kind == null ? "" : kind)
                .data("run", runId == null ? "" : runId)
                .data("project", projectId == null ? "" : projectId)
                .data(
                        "kinds",
                        Arrays.stream(PostingKind.values()).map(EnumId::of).toList())
                .data(
                        "next",
                        Lists.next(
                                visit.request().path(),
                                filters,
                                part.next() == null ? null : part.next().toString())));
    }

    private static PostingKind kind(String id) {
        try {
            return EnumId.parse(PostingKind.class, id);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidInput("kind", EnumId.expected(PostingKind.class));
        }
    }

    private static @Nullable String identifier(Visit visit, String name) {
        String text = visit.request().query(name);
        if (text != null && !text.matches(Identifier.PATTERN)) {
            throw new InvalidInput(name, "is no id");
        }
        return text;
    }

    private static List<String> asList(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    private static @Nullable UUID after(@Nullable String cursor) {
        UUID last = cursor == null ? null : PublicId.uuid(cursor);
        if (cursor != null && last == null) {
            throw new InvalidInput("cursor", "is not a place in this list");
        }
        return last;
    }

    private PageAnswer explain(Visit visit) throws SQLException {
        String accountId = visit.accountId();
        Accounts.Profile profile = accounts.profile(accountId);
        Instant now = Outcome.await(ledger.read(accountId, AccountView::asOf));
        Explanations.Explained found = explanations.of(accountId, visit.path("posting_id"), now);
        return PageAnswer.of(visit.fill(explained)
                .data("profile", profile)
                .data("explained", found)
                .data("posting", found.detail().posting()));
    }
}
