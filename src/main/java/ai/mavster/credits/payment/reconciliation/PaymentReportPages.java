package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.http.Csv;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.payment.reconciliation.PaymentReportResource.Row;
import ai.mavster.credits.payment.reconciliation.ReconciledPaymentRepository.Filter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** All rows of a report, a part of them at a time. */
final class PaymentReportPages implements CsvStreams.Pages {

    static final List<String> HEADER = List.of(
            "provider_payment_id",
            "provider",
            "account_id",
            "purchase_id",
            "status",
            "reason",
            "currency",
            "amount",
            "refunded",
            "disputed",
            "credits",
            "claimed",
            "created_at",
            "compared_at");

    /** For the contract. */
    static final String EXAMPLE = """
            provider_payment_id,provider,account_id,purchase_id,status,reason,currency,amount,refunded,disputed,credits,claimed,\
            created_at,compared_at\r
            pi_1PqXkT2eZvKYlo2C,stripe,acct_7,checkout_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b,unexplained,paid_twice,EUR,49.00,0.00,0.00,\
            5000,0,2026-11-21T18:39:00Z,2026-11-21T19:39:00Z\r
            """;

    private static final int PART = 500;

    private final ReconciledPaymentRepository payments;
    private final Filter filter;
    private Instant time = PaymentReportResource.END;
    private String id = "";

    PaymentReportPages(ReconciledPaymentRepository payments, Filter filter) {
        this.payments = payments;
        this.filter = filter;
    }

    @Override
    public boolean write(Csv csv) {
        List<ReconciledPaymentRow> rows = payments.before(filter, time, id, PART);
        for (ReconciledPaymentRow row : rows) {
            write(csv, Row.of(row));
            time = row.createdAt;
            id = row.providerPaymentId;
        }
        return rows.size() == PART;
    }

    private static void write(Csv csv, Row row) {
        csv.row(Stream.of(
                row.providerPaymentId(),
                row.provider().id(),
                row.accountId(),
                row.purchaseId(),
                row.status().id(),
                row.reason() == null ? null : row.reason().id(),
                row.currency(),
                row.amount(),
                row.refunded(),
                row.disputed(),
                row.credits(),
                row.claimed(),
                row.createdAt(),
                row.comparedAt()));
    }
}
