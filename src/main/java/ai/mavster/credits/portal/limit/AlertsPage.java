package ai.mavster.credits.portal.limit;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.alert.Alert;
import ai.mavster.credits.alert.AlertRepository;
import ai.mavster.credits.alert.AlertScope;
import ai.mavster.credits.alert.AlertSettings;
import ai.mavster.credits.alert.AlertSettingsRepository;
import ai.mavster.credits.alert.mail.MailSettings;
import ai.mavster.credits.budget.PlanThresholds;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The alerts of an account, in sentences, and which it has. */
@Singleton
class AlertsPage implements PortalPage {

    private static final String PATH = "/billing/alerts";
    private static final int MOST = 25;

    private final Template template;
    private final Ledger ledger;
    private final AlertRepository alerts;
    private final AlertSettingsRepository settings;
    private final MailSettings mail;
    private final PageProblems problems;

    AlertsPage(
            @Location("portal/alerts.html") Template template,
            Ledger ledger,
            AlertRepository alerts,
            AlertSettingsRepository settings,
            MailSettings mail,
            PageProblems problems) {
        this.template = template;
        this.ledger = ledger;
        this.alerts = alerts;
        this.settings = settings;
        this.mail = mail;
        this.problems = problems;
    }

    /**
     * What the page shows.
     *
     * @param next the cursor of those after these; null: there are none
     * @param scope what they are about; empty: anything
     * @param scopes what they could be about
     * @param isFirst whether there are no newer ones
     * @param isMailed whether the service sends mail
     * @param wrong the field that is; empty: none
     */
    @TemplateData
    public record Shown(
            List<ShownAlert> alerts,
            @Nullable String next,
            String scope,
            List<Choice> scopes,
            boolean isFirst,
            boolean isMailed,
            String wrong,
            AlertForm form) {}

    @Override
    public void register(Portal portal) {
        portal.get(PATH, visit -> visit.answer(page(visit, null, null)));
        portal.post(PATH, this::save);
    }

    private TemplateInstance page(Visit visit, @Nullable AlertForm sent, @Nullable PageProblem problem) {
        AlertScope scope = scope(visit.request().query("about"));
        Page<Alert> page = alerts(visit, scope);
        Texts texts = visit.texts();
        return visit.fill(template, problem)
                .data(
                        "page",
                        new Shown(
                                page.data().stream()
                                        .map(alert -> ShownAlert.of(alert, texts))
                                        .toList(),
                                page.nextCursor(),
                                scope == null ? "" : scope.id(),
                                Arrays.stream(AlertScope.values())
                                        .map(of -> new Choice(of.id(), "alerts.about." + of.id()))
                                        .toList(),
                                visit.request().query("cursor") == null,
                                mail.isOn(),
                                BudgetsPage.wrong(problem),
                                sent == null ? form(visit) : sent));
    }

    /** Null: any. */
    private static @Nullable AlertScope scope(@Nullable String id) {
        return Arrays.stream(AlertScope.values())
                .filter(scope -> EnumId.of(scope).equals(id))
                .findFirst()
                .orElse(null);
    }

    private Page<Alert> alerts(Visit visit, @Nullable AlertScope scope) {
        String cursor = visit.request().query("cursor");
        AlertRepository.Place after = AlertRepository.Place.of(cursor == null ? null : Cursor.toPlace(cursor, 1));
        AlertRepository.Asked asked =
                new AlertRepository.Asked(visit.accountId(), scope == null ? List.of() : List.of(scope), null, null);
        List<Alert> found = QuarkusTransaction.requiringNew().call(() -> alerts.newestFirst(asked, after, MOST + 1));
        return Page.of(found, MOST, AlertRepository.Place::cursor);
    }

    private AlertForm form(Visit visit) {
        List<BigDecimal> thresholds = Outcome.await(ledger.read(visit.accountId(), PlanThresholds::of));
        AlertSettings of =
                Objects.requireNonNull(QuarkusTransaction.requiringNew().call(() -> settings.of(visit.accountId())));
        return AlertForm.of(of, thresholds, visit.texts());
    }

    private PageAnswer save(Visit visit) {
        AlertForm form = AlertForm.sent(visit.request());
        try {
            Outcome.await(ledger.submit(form.command(visit.accountId(), visit.texts())));
            return visit.done(PATH, "alerts_saved");
        } catch (RuntimeException failure) {
            PageProblem problem = problems.of(failure, visit.request().language());
            return PageAnswer.of(problem.status(), page(visit, form, problem));
        }
    }
}
