package ai.mavster.credits.operator.action;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.ledger.posting.PublicId;
import ai.mavster.credits.operator.Lists;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.operator.record.OperatorActions;
import ai.mavster.credits.operator.record.RecordedAction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What operators have done, the newest first. */
@Singleton
class ActionsPage implements OperatorPage {

    private static final String PATH = "/operator/actions";

    private final Accounts accounts;
    private final OperatorActions actions;
    private final Template all;
    private final Template ofAccount;

    ActionsPage(
            Accounts accounts,
            OperatorActions actions,
            @Location("operator/action/actions.html") Template all,
            @Location("operator/action/account-actions.html") Template ofAccount) {
        this.accounts = accounts;
        this.actions = actions;
        this.all = all;
        this.ofAccount = ofAccount;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, this::all);
        operator.get("/operator/accounts/:account_id/actions", this::ofAccount);
    }

    private PageAnswer all(Visit visit) {
        String key = visit.request().query("key");
        Part part = part(visit, null, key == null || key.isEmpty() ? null : key);
        return PageAnswer.of(visit.fill(all)
                .data("actions", part.actions)
                .data("next", part.next)
                .data("key", key == null ? "" : key)
                .data("authors", actions.authors()));
    }

    private PageAnswer ofAccount(Visit visit) {
        Accounts.Profile profile = accounts.profile(visit.accountId());
        Part part = part(visit, visit.accountId(), null);
        return PageAnswer.of(visit.fill(ofAccount)
                .data("profile", profile)
                .data("actions", part.actions)
                .data("next", part.next));
    }

    private record Part(
            List<RecordedAction> actions, @Nullable String next) {}

    private Part part(Visit visit, @Nullable String accountId, @Nullable String key) {
        UUID before = visit.cursor() == null ? null : PublicId.uuid(visit.cursor());
        if (visit.cursor() != null && before == null) {
            throw new InvalidInput("cursor", "is not a place in this list");
        }
        List<RecordedAction> found = actions.newestFirst(accountId, key, before, Lists.ROWS + 1);
        List<RecordedAction> shown = found.subList(0, Math.min(Lists.ROWS, found.size()));
        String next = found.size() > shown.size()
                ? shown.get(shown.size() - 1).actionId().toString()
                : null;
        Map<String, @Nullable String> filters = new HashMap<>();
        filters.put("key", key);
        return new Part(shown, Lists.next(visit.request().path(), filters, next));
    }
}
