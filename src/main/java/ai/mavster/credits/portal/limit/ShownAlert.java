package ai.mavster.credits.portal.limit;

import ai.mavster.credits.alert.Alert;
import ai.mavster.credits.alert.AlertScope;
import ai.mavster.credits.http.page.Texts;
import ai.mavster.credits.ledger.posting.PublicId;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert in a sentence.
 *
 * @param tone among the styles
 * @param path of the page that says more; null: there is none
 */
@TemplateData
public record ShownAlert(
        String scope, String text, String tone, @Nullable String path, Instant at) {

    private static final int DECIMALS = 2;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static ShownAlert of(Alert alert, Texts texts) {
        String scope = alert.scope().id();
        String key = "alerts.text." + scope;
        return new ShownAlert(scope, text(key, alert, texts), tone(alert), path(alert), alert.at());
    }

    private static String text(String key, Alert alert, Texts texts) {
        BigDecimal threshold = alert.threshold();
        return switch (alert.scope()) {
            case PLAN, ACCOUNT, WORKSPACE, PROJECT ->
                texts.say(
                        key,
                        threshold == null ? "" : texts.number(threshold, DECIMALS),
                        alert.used(),
                        alert.limit(),
                        alert.scopeId());
            case DEBIT, RUN_RATE -> texts.say(key, alert.used(), alert.limit());
            case CREDITS -> texts.say(key);
        };
    }

    private static String tone(Alert alert) {
        BigDecimal threshold = alert.threshold();
        boolean all = threshold != null && threshold.compareTo(HUNDRED) >= 0;
        return all || alert.scope() == AlertScope.CREDITS ? "bad" : "warn";
    }

    private static @Nullable String path(Alert alert) {
        return switch (alert.scope()) {
            case PLAN -> "/billing/plans";
            case ACCOUNT, WORKSPACE, PROJECT -> BudgetsPage.PATH;
            case DEBIT ->
                PublicId.DEBIT.parse(alert.scopeId()) == null ? null : "/billing/statement/" + alert.scopeId();
            case RUN_RATE, CREDITS -> "/billing/top-up";
        };
    }
}
