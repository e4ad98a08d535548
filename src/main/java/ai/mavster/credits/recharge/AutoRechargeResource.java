package ai.mavster.credits.recharge;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.PositiveAmount;
import ai.mavster.credits.http.Refuses;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.recharge.terms.RechargeCost;
import ai.mavster.credits.recharge.terms.RechargeSettings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How accounts are recharged. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auto-recharge", description = "Credits that an account buys by itself where it runs low.")
@Blocking
public class AutoRechargeResource {

    private final Ledger ledger;
    private final RechargeRepository recharges;
    private final Gateways gateways;

    AutoRechargeResource(Ledger ledger, RechargeRepository recharges, Gateways gateways) {
        this.ledger = ledger;
        this.recharges = recharges;
        this.gateways = gateways;
    }

    /** The settings as they are to be. */
    @Schema(
            name = "AutoRechargeRequest",
            description =
                    "What is absent stays as it is. One of `credits_to_add` and `top_up_to` takes the place of the other.",
            examples = """
            {"enabled": true, "threshold": 500, "credits_to_add": 1000, "limit_per_period": 4000}""")
    record Request(
            @Schema(
                    implementation = Boolean.class,
                    description = "Whether recharges are made. Then nothing else may be missing.",
                    examples = "true")
            @Nullable
            Optional<@NotNull Boolean> enabled,

            @Schema(
                    implementation = Credits.class,
                    description = "A recharge is made where fewer credits are available than this.",
                    examples = "500")
            @Nullable
            Optional<@PositiveAmount Credits> threshold,

            @Schema(
                    implementation = Credits.class,
                    description = "How many credits a recharge adds.",
                    examples = "1000")
            @Nullable
            Optional<@PositiveAmount Credits> creditsToAdd,

            @Schema(
                    implementation = Credits.class,
                    description = "Or up to how many available ones it fills up: more than the threshold.",
                    examples = "null")
            @Nullable
            Optional<@PositiveAmount Credits> topUpTo,

            @Schema(
                    implementation = Credits.class,
                    description =
                            "How many credits recharges may add within a month of the subscription, each whole or not at all: at least what one may add.",
                    examples = "4000")
            @Nullable
            Optional<@PositiveAmount Credits> limitPerPeriod,

            @Schema(
                    implementation = String.class,
                    enumeration = {"card_ok", "card_declined", "card_confirm", "card_slow", "card_twice", "card_never"},
                    description =
                            "Of the sandbox, where card_ok is the default, and for null. Where Stripe takes the payments it is the card that the customer has saved there, and"
                                    + " nothing can be named.",
                    examples = "card_ok")
            @Nullable
            Optional<String> paymentMethod) {}

    /** The settings as they are. */
    @Schema(name = "AutoRechargeSettings")
    record Answer(
            String accountId,
            boolean enabled,

            @Schema(description = "Null: not set, as of the following.", examples = "500") @Nullable
            Credits threshold,

            @Schema(examples = "1000") @Nullable Credits creditsToAdd,
            @Schema(examples = "2000") @Nullable Credits topUpTo,
            @Schema(examples = "4000") @Nullable Credits limitPerPeriod,

            @Schema(description = "Null: the account's default one at the payment provider.", examples = "card_ok")
            @Nullable
            String paymentMethod,

            @Schema(
                    description =
                            "The most it may cost, by the credit price that is in force; null: something is not set.")
            @Nullable
            RechargeCost cost,

            @Schema(
                    description = "How many credits recharges have added in the current month, or are about to.",
                    examples = "1000")
            Credits recharged,

            @Schema(description = "How many recharges have failed in a row.", examples = "0")
            int failures,

            @Schema(
                    description =
                            "After failures: no recharge is made before this, by the real time. Null: that is no matter of time.")
            @Nullable
            Instant pausedUntil,

            @Schema(description = "Why the service has switched it off; null: it has not.")
            RechargeSettings.@Nullable SwitchedOff switchedOff,

            @Schema(description = "Null: there was none.") RechargeResource.@Nullable Answer lastRecharge) {

        static Answer of(String accountId, PutRechargeSettings.Done done, RechargeRepository.@Nullable Paid last) {
            AutoRecharge now = done.autoRecharge();
            return new Answer(
                    accountId,
                    now.enabled(),
                    now.threshold(),
                    now.creditsToAdd(),
                    now.topUpTo(),
                    now.limitPerPeriod(),
                    now.paymentMethod(),
                    done.cost(),
                    now.recharged(),
                    now.failures(),
                    now.pausedUntil(),
                    now.switchedOff(),
                    last == null ? null : RechargeResource.Answer.of(last));
        }
    }

    @GET
    @Path("/accounts/{account_id}/auto-recharge")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "getAutoRecharge",
            summary = "Get an account's auto-recharge",
            description = "How it is set, the most it may cost, and what became of the last recharge.")
    public Answer get(@PathParam("account_id") String accountId) {
        return answer(accountId, Outcome.await(ledger.read(accountId, PutRechargeSettings.Done::of)));
    }

    private Answer answer(String accountId, PutRechargeSettings.Done done) {
        return Answer.of(accountId, done, QuarkusTransaction.requiringNew().call(() -> recharges.last(accountId)));
    }

    @PUT
    @Path("/accounts/{account_id}/auto-recharge")
    @RolesAllowed({Scopes.BILLING, Scopes.ADMIN})
    @Refuses(Refusal.Code.PAYMENTS_NOT_CONFIGURED)
    @Operation(
            operationId = "putAutoRecharge",
            summary = "Change an account's auto-recharge",
            description =
                    "From the next credits on that are taken, by a debit, a hold or an expiry: to switch it on buys nothing yet, however few"
                            + " credits are available. The answer says the most it may cost. Repeating it is harmless.")
    public Answer put(@PathParam("account_id") String accountId, @NotNull @Valid Request request) {
        String method = request.paymentMethod == null ? null : request.paymentMethod.orElse(null);
        gateways.configured().ifPresent(gateway -> requireKnown(method, gateway.paymentMethods()));
        return answer(
                accountId,
                Outcome.await(ledger.submit(new PutRechargeSettings(
                        accountId,
                        request.enabled == null ? null : request.enabled.orElseThrow(),
                        request.threshold,
                        request.creditsToAdd,
                        request.topUpTo,
                        request.limitPerPeriod,
                        request.paymentMethod))));
    }

    private static void requireKnown(@Nullable String method, List<String> known) {
        if (method != null && !known.contains(method)) {
            throw new InvalidInput(
                    "payment_method",
                    known.isEmpty()
                            ? "must be absent: the card that the customer has saved at the payment provider is used"
                            : "must be one of " + String.join(", ", known));
        }
    }
}
