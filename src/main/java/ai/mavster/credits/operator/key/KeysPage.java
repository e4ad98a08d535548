package ai.mavster.credits.operator.key;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.PlainText;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.access.ApiKeys;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.operator.Done;
import ai.mavster.credits.operator.Lists;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.operator.record.ActionKind;
import ai.mavster.credits.operator.record.OperatorAction;
import ai.mavster.credits.operator.record.OperatorActions.Result;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may call the API. */
@Singleton
class KeysPage implements OperatorPage {

    private static final String PATH = "/operator/keys";
    private static final int LONGEST_NAME = 200;
    private static final List<String> SCOPES =
            List.of(Scopes.READ, Scopes.RUNNER, Scopes.BILLING, Scopes.TOP_UPS, Scopes.RENEWALS, Scopes.ADMIN);

    private final ApiKeys keys;
    private final Template template;

    KeysPage(ApiKeys keys, @Location("operator/keys.html") Template template) {
        this.keys = keys;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, visit -> show(visit, Form.EMPTY, null, null));
        operator.post(PATH, this::create);
        operator.post(PATH + "/:key_id/revoke", this::revoke);
    }

    /** The fields of a new key, as they were sent; empty: nothing was. */
    @TemplateData
    public record Form(String name, List<String> scopes, String accountId, String until) {

        private static final Form EMPTY = new Form("", List.of(), "", "");

        private static Form of(PageRequest request) {
            return new Form(
                    text(request.field("name")),
                    SCOPES.stream()
                            .filter(scope -> request.field("scope_" + scope) != null)
                            .toList(),
                    text(request.field("account_id")),
                    text(request.field("until")));
        }

        private static String text(@Nullable String text) {
            return text == null ? "" : text;
        }

        private void check() {
            if (!PlainText.is(name, LONGEST_NAME)) {
                throw new InvalidInput("name", "must be given, in one line of at most " + LONGEST_NAME + " characters");
            }
            if (scopes.isEmpty()) {
                throw new InvalidInput("scopes", "must be at least one");
            }
            if (!accountId.isEmpty() && !accountId.matches(Identifier.PATTERN)) {
                throw new InvalidInput("account_id", "is no account's id");
            }
        }

        private @Nullable Instant expiresAt() {
            try {
                return until.isEmpty()
                        ? null
                        : LocalDate.parse(until)
                                .plusDays(1)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant();
            } catch (DateTimeException malformed) {
                throw new InvalidInput("until", "must be a day, such as 2027-01-31");
            }
        }
    }

    /** The text of the new key is in this answer and nowhere else: no redirect, and nothing keeps the page. */
    private PageAnswer create(Visit visit) throws Exception {
        Form form = Form.of(visit.request());
        try {
            form.check();
            String accountId = form.accountId.isEmpty() ? null : form.accountId;
            Instant expiresAt = form.expiresAt();
            ApiKeys.Made made =
                    visit.record(OperatorAction.of(ActionKind.KEY_CREATED).account(accountId), () -> {
                        ApiKeys.Made key = keys.make(form.name, form.scopes, accountId, expiresAt);
                        return Result.target(key, key.id());
                    });
            return show(visit, Form.EMPTY, made.text(), null);
        } catch (InvalidInput | RefusalException failure) {
            return show(visit, form, null, visit.problem(failure));
        }
    }

    private PageAnswer revoke(Visit visit) throws Exception {
        try {
            String keyId = visit.path("key_id");
            visit.record(OperatorAction.of(ActionKind.KEY_REVOKED).target(keyId).because(visit.reason()), () -> {
                keys.revoke(keyId);
                return Result.of(keyId);
            });
        } catch (InvalidInput | RefusalException refused) {
            return show(visit, Form.EMPTY, null, visit.problem(refused));
        }
        return visit.done(PATH, Done.REVOKED);
    }

    private PageAnswer show(Visit visit, Form form, @Nullable String made, @Nullable PageProblem problem) {
        List<ApiKeys.Listed> found = keys.list(visit.cursor(), Lists.ROWS + 1);
        List<ApiKeys.Listed> shown = found.subList(0, Math.min(Lists.ROWS, found.size()));
        String next = found.size() > shown.size() ? shown.get(shown.size() - 1).id() : null;
        return PageAnswer.of(
                problem == null ? 200 : problem.status(),
                visit.fill(template, problem)
                        .data("form", form)
                        .data("made", made)
                        .data("scopes", SCOPES)
                        .data("keys", shown)
                        .data("next", Lists.next(PATH, Map.of(), next)));
    }
}
