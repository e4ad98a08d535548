package ai.mavster.credits.imports;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Text;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An account as the other system has it. */
@Schema(name = "ImportedAccount")
record ImportedAccount(
        @NotNull @Pattern(regexp = Identifier.PATTERN) @Schema(examples = "acct_7")
        String accountId,

        @Text(max = 200) @Schema(examples = "Example Inc.") @Nullable
        String name,

        @Email @Size(min = 3, max = 254) @Text(max = 254) @Schema(examples = "billing@example.com") @Nullable
        String billingEmail,

        @Schema(description = "Whose days count, by its IANA name. Absent: UTC.", examples = "Europe/Berlin") @Nullable
        String timeZone,

        @PositiveAmount(orZero = true, message = FROM_ZERO)
        @Schema(
                type = SchemaType.NUMBER,
                minimum = "0",
                maximum = "1000000000",
                multipleOf = 0.000001,
                description = "Credits that never expire: top-ups that are left. 0 is as good as absent.",
                examples = "1200")
        @Nullable
        Credits balance,

        @Pattern(regexp = Identifier.PATTERN)
        @Schema(description = "Absent: no subscription. With it, status and anchor are needed.", examples = "pro")
        @Nullable
        String plan,

        @Nullable SubscriptionStatus status,

        @Schema(
                description =
                        "Where the periods are counted from: the next one is granted here, the current one was there.",
                examples = "2026-01-31T00:00:00Z")
        @Nullable
        Instant anchor,

        @Schema(description = "Cancel when what is paid for ends.") @Nullable
        Boolean cancelAtPeriodEnd,

        @PositiveAmount
        @Schema(description = "An allotment of its own; absent: the plan's.", examples = "250000")
        @Nullable
        Credits monthlyCredits,

        @PositiveAmount(orZero = true, message = FROM_ZERO)
        @Schema(
                type = SchemaType.NUMBER,
                minimum = "0",
                maximum = "1000000000",
                multipleOf = 0.000001,
                description =
                        "What is left of the current month's grant; it expires as the plan's monthly credits do. 0: nothing.",
                examples = "800")
        @Nullable
        Credits monthlyBalance) {

    /** Nothing may be left of what an account had. */
    private static final String FROM_ZERO = "must be 0 to 1000000000";
}
