package ai.mavster.credits.budget;

import ai.mavster.credits.Credits;
import ai.mavster.credits.budget.window.WindowKind;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Text;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A budget as it is to be. */
@Schema(
        name = "BudgetRequest",
        description =
                "What is absent stays as it is: at first no limit, thresholds at 50, 75 and 90 percent, and the billing period.",
        examples = """
                {"usage_limit": 100, "alert_thresholds": [50, 75, 90], "window": "month", "billing_email": "team@example.com"}""")
record BudgetRequest(
        @Schema(
                implementation = BigDecimal.class,
                minimum = "0",
                maximum = "1000000000",
                multipleOf = 0.000001,
                description =
                        "What may be spent and held in a window, at most a billion. Null: no limit; 0: nothing that costs credits.",
                examples = "100")
        @Nullable
        Optional<@PositiveAmount(orZero = true, message = "must be from 0 to 1000000000") Credits> usageLimit,

        @Schema(
                description = "The percents of the limit at which an alert is raised. Null or empty: none.",
                examples = "[50, 75, 90]")
        @Nullable
        Optional<
                        @Size(max = 20) List<
                                @NotNull @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000")
                                @Digits(integer = 4, fraction = 2) BigDecimal>>
                alertThresholds,

        @Schema(
                implementation = WindowKind.class,
                description =
                        "When it is whole again: with each billing_period of the subscription (the default, and for null; a month while there is none), or each day, week (from Monday) or month of the account's time zone.",
                examples = "month")
        @Nullable
        Optional<WindowKind> window,

        @Schema(
                implementation = String.class,
                description = "Whom to write to about it; null: the account's.",
                examples = "team@example.com")
        @Nullable
        Optional<@Email @Size(min = 3, max = 254) @Text(max = 254) String> billingEmail) {

    PutBudget of(BudgetKey key) {
        return new PutBudget(
                key,
                usageLimit,
                alertThresholds == null ? null : alertThresholds.map(Thresholds::of),
                window,
                billingEmail);
    }
}
