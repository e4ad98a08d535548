package ai.mavster.credits.operator.account;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.PlainText;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.operator.Lists;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.plan.Plans;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds an account. */
@Singleton
class SearchPage implements OperatorPage {

    private static final String PATH = "/operator/accounts";

    /** A mail address has no more. */
    private static final int LONGEST = 254;

    private final Accounts accounts;
    private final Plans plans;
    private final Template template;

    SearchPage(Accounts accounts, Plans plans, @Location("operator/accounts.html") Template template) {
        this.accounts = accounts;
        this.plans = plans;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, this::show);
    }

    /** What was searched for, as it was sent; empty: anything. */
    @TemplateData
    public record Search(String q, String plan, String status, String blocked) {

        static Search of(PageRequest request) {
            return new Search(
                    text(request, "q"), text(request, "plan"), text(request, "status"), text(request, "blocked"));
        }

        private static String text(PageRequest request, String name) {
            String text = request.query(name);
            return text == null ? "" : text.strip();
        }

        boolean isAny() {
            return q.isEmpty() && plan.isEmpty() && status.isEmpty() && blocked.isEmpty();
        }

        private Accounts.Wanted wanted() {
            if (!q.isEmpty() && !PlainText.is(q, LONGEST)) {
                throw new InvalidInput("q", "must be a text of at most " + LONGEST + " characters");
            }
            if (!plan.isEmpty() && !plan.matches(Identifier.PATTERN)) {
                throw new InvalidInput("plan", "must be a plan");
            }
            return new Accounts.Wanted(
                    orNull(q),
                    orNull(plan),
                    status.isEmpty() ? List.of() : List.of(parsed()),
                    blocked.isEmpty() ? null : Boolean.valueOf(blocked.equals("true")),
                    null,
                    null);
        }

        private SubscriptionStatus parsed() {
            try {
                return EnumId.parse(SubscriptionStatus.class, status);
            } catch (IllegalArgumentException unknown) {
                throw new InvalidInput("status", EnumId.expected(SubscriptionStatus.class));
            }
        }

        private static @Nullable String orNull(String text) {
            return text.isEmpty() ? null : text;
        }

        private Map<String, @Nullable String> filters() {
            Map<String, @Nullable String> filters = new LinkedHashMap<>();
            filters.put("q", orNull(q));
            filters.put("plan", orNull(plan));
            filters.put("status", orNull(status));
            filters.put("blocked", orNull(blocked));
            return filters;
        }
    }

    private PageAnswer show(Visit visit) {
        Search search = Search.of(visit.request());
        Page<Accounts.Listed> found =
                accounts.search(search.wanted(), visit.request().query("cursor"), Lists.ROWS);
        return PageAnswer.of(visit.fill(template)
                .data("search", search)
                .data("found", found.data())
                .data("next", Lists.next(PATH, search.filters(), found.nextCursor()))
                .data("plans", plans.all())
                .data(
                        "statuses",
                        Arrays.stream(SubscriptionStatus.values())
                                .map(EnumId::of)
                                .toList()));
    }
}
