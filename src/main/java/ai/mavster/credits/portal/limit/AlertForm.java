package ai.mavster.credits.portal.limit;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.alert.AlertSettings;
import ai.mavster.credits.alert.PutAlertSettings;
import ai.mavster.credits.http.page.Numbers;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.http.page.Texts;
import io.quarkus.qute.TemplateData;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of alert settings, with its fields as they are written.
 *
 * @param thresholdsBefore as the form was given them: what was not changed goes on following the configuration
 */
@TemplateData
public record AlertForm(String debitAbove, String thresholds, String thresholdsBefore, boolean runningOut) {

    static AlertForm of(AlertSettings settings, List<BigDecimal> thresholds, Texts texts) {
        String percents = Percents.field(thresholds, texts);
        return new AlertForm(
                Numbers.field(settings.debitAbove(), texts.locale()), percents, percents, settings.runningOut());
    }

    static AlertForm sent(PageRequest request) {
        return new AlertForm(
                Objects.requireNonNullElse(request.field("debit_above"), ""),
                Objects.requireNonNullElse(request.field("thresholds"), ""),
                Objects.requireNonNullElse(request.field("thresholds_before"), ""),
                request.field("running_out") != null);
    }

    /**
     * @throws InvalidInput naming the field that is wrong
     */
    PutAlertSettings command(String accountId, Texts texts) {
        return new PutAlertSettings(
                accountId,
                debitAbove.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Numbers.credits("debit_above", debitAbove, texts.locale())),
                percents(texts),
                runningOut);
    }

    private @Nullable Optional<List<BigDecimal>> percents(Texts texts) {
        return thresholds.equals(thresholdsBefore)
                ? null
                : Optional.of(Percents.of("thresholds", thresholds, texts.locale()));
    }
}
