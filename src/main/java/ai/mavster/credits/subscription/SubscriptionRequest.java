package ai.mavster.credits.subscription;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Identifier;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Text;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.PlanEffective;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A subscription as it is to be: what is absent stays as it is. */
@Schema(
        name = "SubscriptionRequest",
        description =
                "What is absent stays as it is. null says something in monthly_credits alone; in the other fields that stay it is refused.",
        examples = """
                {"plan": "basic", "status": "active"}""")
record SubscriptionRequest(
        @Schema(
                implementation = String.class,
                pattern = Identifier.PATTERN,
                description = "A new subscription needs one.",
                examples = "basic")
        @Nullable
        Optional<@NotNull @Pattern(regexp = Identifier.PATTERN) String> plan,

        @Schema(implementation = SubscriptionStatus.class, description = "A new subscription is active unless said.")
        @Nullable
        Optional<@NotNull SubscriptionStatus> status,

        @Schema(
                description = "Where the periods are counted from, no later than now; of a new subscription, now.",
                examples = "2026-01-31T00:00:00Z")
        @Nullable
        Optional<@NotNull Instant> anchor,

        @Schema(
                implementation = String.class,
                description = "Whose days count, by its IANA name; of a new subscription, the account's.",
                examples = "Europe/Berlin")
        @Nullable
        Optional<@NotNull String> timeZone,

        @Schema(
                implementation = Boolean.class,
                description =
                        "Cancel when what is paid for ends: the current period, or the year of a yearly plan. It stays so whatever the"
                                + " status becomes, until it is taken back with false, or is canceled.",
                examples = "false")
        @Nullable
        Optional<@NotNull Boolean> cancelAtPeriodEnd,

        @Schema(
                description =
                        "What a change of plan, or of monthly_credits, grants at once. next_renewal (the default): nothing before the next"
                                + " renewal. immediate_difference: what the new allotment exceeds the largest by that the month was granted"
                                + " for, up to the new cap.")
        @Nullable
        PlanChange planChange,

        @Schema(
                description =
                        "When a change of plan takes effect. now (the default): at once, with the new cap. renewal: at the end of what is"
                                + " paid for; putting the plan it has, or another one, before then takes its place. Without a plan it is"
                                + " about monthly_credits.")
        @Nullable
        PlanEffective planEffective,

        @Schema(
                implementation = Credits.class,
                description =
                        "An allotment of its own, instead of the plan's. Absent: as it was, but where the plan changes the new plan's; null: the plan's.",
                examples = "250000")
        @Nullable
        Optional<@PositiveAmount Credits> monthlyCredits,

        @Text(max = 500)
        @Schema(description = "Why, for the history of changes.", examples = "Upgrade by the customer")
        @Nullable
        String reason,

        @Schema(
                description =
                        "Change nothing, and answer what the change would come to: the subscription as it would be, with a preview.",
                examples = "false")
        @Nullable
        Boolean dryRun) {

    /** Clocks differ a little: an anchor this far ahead is taken for now. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final Instant EARLIEST_ANCHOR = Instant.parse("2000-01-01T00:00:00Z");

    /** Of its form: what it is decided by is read when it is. */
    SubscriptionDecision.Request checked(String accountId, Instant now) {
        Instant from = given(anchor);
        if (from != null && from.isAfter(now.plus(CLOCK_SKEW))) {
            throw new InvalidInput("anchor", "must not lie in the future");
        }
        if (from != null && from.isBefore(EARLIEST_ANCHOR)) {
            throw new InvalidInput("anchor", "must not lie before " + EARLIEST_ANCHOR);
        }
        String zone = given(timeZone);
        return new SubscriptionDecision.Request(
                accountId,
                given(plan),
                monthlyCredits == null ? null : new SubscriptionDecision.Own(monthlyCredits.orElse(null)),
                given(status),
                from,
                zone == null ? null : zone(zone),
                given(cancelAtPeriodEnd),
                planChange == null ? PlanChange.NEXT_RENEWAL : planChange,
                planEffective);
    }

    /** One that is there has a value: null was refused. */
    private static <V> @Nullable V given(@Nullable Optional<V> field) {
        return field == null ? null : field.orElseThrow();
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new InvalidInput("time_zone", "must be a time zone's IANA name, such as Europe/Berlin");
        }
    }
}
