package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.reconciliation.ReconciledPaymentRepository.Filter;
import ai.mavster.credits.payment.reconciliation.ReconciledPaymentRepository.Sum;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The money that the payment provider has taken, and whether it agrees with what is here. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
@RolesAllowed(Scopes.ADMIN)
@Blocking
public class PaymentReportResource {

    static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final ReconciledPaymentRepository payments;
    private final LongReads reads;
    private final CsvStreams streams;
    private final Caller caller;

    PaymentReportResource(ReconciledPaymentRepository payments, LongReads reads, CsvStreams streams, Caller caller) {
        this.payments = payments;
        this.reads = reads;
        this.streams = streams;
        this.caller = caller;
    }

    /** A payment, as the last reconciliation that came by found it. */
    @Schema(name = "ReportedPayment", examples = """
            {"provider_payment_id": "pi_1PqXkT2eZvKYlo2C", "provider": "stripe", "account_id": "acct_7",\
             "purchase_id": "checkout_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b", "status": "unexplained", "reason": "paid_twice",\
             "currency": "EUR", "amount": 49.00, "refunded": 0.00, "disputed": 0.00, "credits": 5000, "claimed": 0,\
             "created_at": "2026-11-21T18:39:00Z", "compared_at": "2026-11-21T19:39:00Z"}""")
    record Row(
            @Schema(description = "The provider's own.", examples = "pi_1PqXkT2eZvKYlo2C")
            String providerPaymentId,

            PaymentGateway.Provider provider,

            @Schema(description = "Whose payment the provider says it is; there may be no such account.")
            String accountId,

            @Schema(
                    description =
                            "The checkout or the recharge that the provider says it is for; there may be none of this id.",
                    examples = "checkout_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b",
                    pattern = "^(checkout|recharge)_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
            String purchaseId,

            ReconciledStatus status,

            @Schema(description = "In what it differed; null: in nothing.") @Nullable
            Reason reason,

            @Schema(description = "By its ISO 4217 code.", examples = "EUR")
            String currency,

            @Schema(description = "What was to be paid, in major units.", examples = "49.00")
            BigDecimal amount,

            @Schema(description = "How much of it was given back.")
            BigDecimal refunded,

            @Schema(description = "How much of it is lost to disputes that are open or were lost.")
            BigDecimal disputed,

            @Schema(description = "What was ordered for it; null: nothing was.") @Nullable
            Credits credits,

            @Schema(description = "How many of these were claimed back; null: none were ordered.") @Nullable
            Credits claimed,

            @Schema(description = "By the provider's clock.")
            Instant createdAt,

            @Schema(description = "When it was compared last.")
            Instant comparedAt) {

        static Row of(ReconciledPaymentRow row) {
            return new Row(
                    row.providerPaymentId,
                    EnumId.parse(PaymentGateway.Provider.class, row.provider),
                    row.accountId,
                    row.purpose + "_" + row.paymentId,
                    row.status(),
                    row.reason == null ? null : EnumId.parse(Reason.class, row.reason),
                    row.currency,
                    money(row.amount, row.currency),
                    money(row.refunded, row.currency),
                    money(row.disputed, row.currency),
                    row.credits == null ? null : new Credits(row.credits),
                    row.claimed == null ? null : new Credits(row.claimed),
                    row.createdAt,
                    row.comparedAt);
        }
    }

    /** With as many decimals as the currency has; it never has more. */
    private static BigDecimal money(BigDecimal value, String currency) {
        return value.setScale(Currency.getInstance(currency).getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }

    /** What all payments in one currency come to. */
    @Schema(name = "PaymentTotal", examples = """
            {"currency": "EUR", "payments": 120, "amount": 5880.00, "refunded": 49.00, "disputed": 0.00}""")
    record Total(
            @Schema(description = "By its ISO 4217 code.", examples = "EUR")
            String currency,

            @Schema(description = "How many there are.", minimum = "0")
            long payments,

            @Schema(examples = "5880.00") BigDecimal amount,

            BigDecimal refunded,
            BigDecimal disputed) {

        static Total of(Sum sum) {
            return new Total(
                    sum.currency(),
                    sum.payments(),
                    money(sum.amount(), sum.currency()),
                    money(sum.refunded(), sum.currency()),
                    money(sum.disputed(), sum.currency()));
        }
    }

    /** Payments, and what all of them come to. */
    @Schema(name = "PaymentReport")
    record Report(
            List<Row> data,

            @Schema(description = "Of all that match, on whichever page; by currency.")
            List<Total> totals,

            @Schema(description = "Whether there are more rows.")
            boolean hasMore,

            @Schema(description = "Send it as cursor to get the next page; null on the last one.") @Nullable
            String nextCursor) {}

    @GET
    @Path("/reports/payments")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "reportPayments",
            summary = "Report how the provider's payments agree with those here",
            description =
                    "The money that the payment provider has taken for purchases of this service, and what is paid here but not there, each"
                            + " as the last reconciliation that came by found it; by when the provider created it, the newest first. `status=unexplained`"
                            + " lists what a person has to see to. With `Accept: text/csv` all that match are streamed.")
    public Report payments(
            @Context UriInfo uri,
            @Parameter(description = "Only what the provider created at this instant or later.")
                    @QueryParam("from")
                    @Nullable
                    String from,
            @Parameter(description = "Only what it created before this instant.") @QueryParam("to") @Nullable String to,
            @Schema(implementation = ReconciledStatus.class)
                    @Parameter(description = "Only those that stand there.", example = "unexplained")
                    @QueryParam("status")
                    @Nullable
                    String status,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        Filter filter = filter(query);
        int most = query.limit();
        Cursor.Place place = query.placeCursor(1);
        return reads.answer(LongReads.ALL_ACCOUNTS, () -> {
            List<ReconciledPaymentRow> rows = payments.before(
                    filter,
                    place == null ? END : place.time(),
                    place == null ? "" : place.ids().get(0),
                    most + 1);
            Page<ReconciledPaymentRow> page =
                    Page.of(rows, most, row -> Cursor.of(row.createdAt, List.of(row.providerPaymentId)));
            return new Report(
                    page.data().stream().map(Row::of).toList(),
                    payments.sums(filter).stream().map(Total::of).toList(),
                    page.hasMore(),
                    page.nextCursor());
        });
    }

    private static Filter filter(Query query) {
        Instant from = query.instant("from");
        Instant to = query.instant("to");
        if (from != null && to != null && !from.isBefore(to)) {
            throw new InvalidInput("from", "must be before to");
        }
        return new Filter(
                from == null ? BEGINNING : from, to == null ? END : to, query.oneOf("status", ReconciledStatus.class));
    }

    @GET
    @Path("/reports/payments")
    @Produces("text/csv")
    @Operation(hidden = true)
    @APIResponse(responseCode = "200", content = @Content(mediaType = "text/csv", example = PaymentReportPages.EXAMPLE))
    public Multi<byte[]> stream(@Context UriInfo uri) {
        caller.requireUnbound();
        Filter filter = filter(Query.of(uri));
        return streams.of(LongReads.ALL_ACCOUNTS, PaymentReportPages.HEADER, new PaymentReportPages(payments, filter));
    }
}
