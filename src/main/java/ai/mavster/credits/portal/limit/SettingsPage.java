package ai.mavster.credits.portal.limit;

import ai.mavster.credits.account.AccountRepository;
import ai.mavster.credits.alert.mail.MailSettings;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageProblem;
import ai.mavster.credits.http.page.PageProblems;
import ai.mavster.credits.portal.Portal;
import ai.mavster.credits.portal.PortalPage;
import ai.mavster.credits.portal.Visit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who the account is, and the address that mail about it goes to. */
@Singleton
class SettingsPage implements PortalPage {

    private static final String PATH = "/billing/settings";
    private static final String EMAIL = "email";

    private final Template template;
    private final AccountRepository accounts;
    private final MailAddresses addresses;
    private final MailSettings mail;
    private final PageProblems problems;
    private final Clock clock;

    SettingsPage(
            @Location("portal/settings.html") Template template,
            AccountRepository accounts,
            MailAddresses addresses,
            MailSettings mail,
            PageProblems problems,
            Clock clock) {
        this.template = template;
        this.accounts = accounts;
        this.addresses = addresses;
        this.mail = mail;
        this.problems = problems;
        this.clock = clock;
    }

    /**
     * What the page shows.
     *
     * @param email as it is, or was sent
     * @param isMailed whether the service sends mail
     * @param wrong the field that is; empty: none
     */
    @TemplateData
    public record Shown(@Nullable String name, String email, boolean isMailed, String wrong) {}

    @Override
    public void register(Portal portal) {
        portal.get(PATH, visit -> visit.answer(page(visit, null, null)));
        portal.post(PATH, this::save);
    }

    private TemplateInstance page(Visit visit, @Nullable String sent, @Nullable PageProblem problem) {
        AccountRepository.Contact contact =
                QuarkusTransaction.requiringNew().call(() -> accounts.contact(visit.accountId()));
        String email = sent == null ? Objects.requireNonNullElse(contact.billingEmail(), "") : sent;
        return visit.fill(template, problem)
                .data("page", new Shown(contact.name(), email, mail.isOn(), BudgetsPage.wrong(problem)));
    }

    private PageAnswer save(Visit visit) {
        String sent = visit.request().field(EMAIL);
        try {
            Optional<String> address = addresses.of(EMAIL, sent);
            QuarkusTransaction.requiringNew()
                    .run(() -> accounts.changeBillingEmail(visit.accountId(), address.orElse(null), now(visit)));
            return visit.done(PATH, "settings_saved");
        } catch (RuntimeException failure) {
            PageProblem problem = problems.of(failure, visit.request().language());
            return PageAnswer.of(problem.status(), page(visit, Objects.requireNonNullElse(sent, ""), problem));
        }
    }

    private Instant now(Visit visit) {
        return visit.account().onTestClock()
                ? visit.account().asOf()
                : clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
