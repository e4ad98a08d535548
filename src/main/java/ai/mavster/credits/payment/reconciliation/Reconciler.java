package ai.mavster.credits.payment.reconciliation;

import ai.mavster.credits.Author;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.payment.Applied;
import ai.mavster.credits.payment.GatewayFailure;
import ai.mavster.credits.payment.Payment;
import ai.mavster.credits.payment.PaymentGateway;
import ai.mavster.credits.payment.Payments;
import ai.mavster.credits.payment.ProviderPayment;
import ai.mavster.credits.payment.Purchase;
import ai.mavster.credits.payment.reconciliation.ReconciliationRepository.Range;
import ai.mavster.credits.payment.reconciliation.ReconciliationRepository.Tally;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the provider has against what is here: each of its payments is applied as an event would have it applied,
 * and then those that are paid here and that it has not named are asked for. Blocks.
 */
@Singleton
class Reconciler {

    private static final Logger LOG = Logger.getLogger(Reconciler.class);

    /** How many of those that the provider has not named are asked for at a time. */
    private static final int PART = 50;

    private final Payments payments;
    private final ReconciliationRepository reconciliations;
    private final ReconciledPaymentRepository compared;
    private final Clock clock;

    Reconciler(
            Payments payments,
            ReconciliationRepository reconciliations,
            ReconciledPaymentRepository compared,
            Clock clock) {
        this.payments = payments;
        this.reconciliations = reconciliations;
        this.compared = compared;
        this.clock = clock;
    }

    /**
     * Runs one to its end, unless another runs.
     *
     * @param author for whom what is repaired is posted
     * @return which it was; empty: another runs
     */
    Optional<UUID> run(PaymentGateway gateway, Range range, Author author) {
        Optional<UUID> begun = reconciliations.begin(gateway.provider(), range);
        begun.ifPresent(id -> new Run(gateway, range, author, id, clock.instant()).toItsEnd());
        return begun;
    }

    /** One reconciliation. */
    private final class Run {

        private final PaymentGateway gateway;
        private final Range range;
        private final Author author;
        private final UUID id;
        private final Instant since;
        private Tally tally = Tally.NOTHING;

        Run(PaymentGateway gateway, Range range, Author author, UUID id, Instant since) {
            this.gateway = gateway;
            this.range = range;
            this.author = author;
            this.id = id;
            this.since = since;
        }

        void toItsEnd() {
            try {
                whatTheProviderHas();
                whatItHasNotNamed();
                reconciliations.end(id, tally, null);
            } catch (RuntimeException e) {
                String why = e instanceof GatewayFailure
                        ? "The provider gave no answer: " + e.getMessage()
                        : "It could not go on: " + e.getClass().getSimpleName();
                LOG.warnf(e, "A reconciliation failed; the next one begins anew");
                reconciliations.end(id, tally, why);
            }
        }

        private void whatTheProviderHas() {
            String cursor = null;
            do {
                Instant fetchedAt = clock.instant();
                PaymentGateway.Page page = gateway.payments(range.from(), range.to(), cursor);
                List<ReconciledPaymentRow> rows = new ArrayList<>();
                for (ProviderPayment state : page.payments()) {
                    compare(state, fetchedAt).ifPresent(rows::add);
                }
                keep(rows);
                cursor = page.nextCursor();
            } while (cursor != null);
        }

        private void keep(List<ReconciledPaymentRow> rows) {
            compared.keep(rows);
            tally = tally.plus(rows);
            reconciliations.goOn(id, tally);
        }

        /** Empty where no money has moved, or not for this service. */
        private Optional<ReconciledPaymentRow> compare(ProviderPayment state, Instant fetchedAt) {
            Purchase purchase = state.purchase();
            if (purchase == null) {
                return Optional.empty();
            }
            Payment before = find(purchase);
            Applied applied = apply(state, fetchedAt);
            if (state.status() != ProviderPayment.Status.PAID) {
                return Optional.empty();
            }
            Payment here = applied == null || applied.payment() == null ? before : applied.payment();
            Reason difference = applied == null
                    ? Reason.NOT_APPLIED
                    : Comparison.of(state, before, applied).orElse(null);
            return Optional.of(
                    ReconciledPaymentRow.of(gateway.provider(), state, here).found(difference, clock.instant()));
        }

        private @Nullable Payment find(Purchase purchase) {
            return payments.find(purchase.accountId(), purchase.id())
                    .toCompletableFuture()
                    .join()
                    .<Optional<Payment>>fold((found, replayed) -> found, refusal -> Optional.empty())
                    .orElse(null);
        }

        /** Null: it was refused, for a reason that nobody has foreseen. */
        private @Nullable Applied apply(ProviderPayment state, Instant fetchedAt) {
            try {
                return payments.apply(state, fetchedAt, author)
                        .toCompletableFuture()
                        .join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RefusalException refused) {
                    LOG.warnf("The provider's payment %s was not applied: %s", state.id(), refused.getMessage());
                    return null;
                }
                throw e;
            }
        }

        private void whatItHasNotNamed() {
            List<SettledPaymentRow> part;
            do {
                part = compared.notCompared(gateway.provider(), range.from(), range.to(), since, PART);
                List<ReconciledPaymentRow> rows = new ArrayList<>();
                for (SettledPaymentRow settled : part) {
                    rows.add(askFor(settled));
                }
                keep(rows);
            } while (!part.isEmpty());
        }

        /** It may have been created before the range; or the provider has nothing of it. */
        private ReconciledPaymentRow askFor(SettledPaymentRow settled) {
            Instant fetchedAt = clock.instant();
            ProviderPayment state = gateway.payment(Objects.requireNonNull(settled.providerPaymentId));
            if (state != null && state.status() == ProviderPayment.Status.PAID && state.purchase() != null) {
                Optional<ReconciledPaymentRow> row = compare(state, fetchedAt);
                if (row.isPresent()) {
                    return row.get();
                }
            }
            ReconciledPaymentRow row = ReconciledPaymentRow.of(gateway.provider(), here(settled), null);
            row.credits = settled.credits;
            row.claimed = settled.claimed;
            row.refunded = settled.refunded;
            row.disputed = settled.disputed;
            return row.found(Reason.NOT_PAID_AT_PROVIDER, clock.instant());
        }

        private static ProviderPayment here(SettledPaymentRow settled) {
            Instant paidAt = Objects.requireNonNull(settled.paidAt);
            return new ProviderPayment(
                    Objects.requireNonNull(settled.providerPaymentId),
                    new Purchase(
                            settled.accountId, EnumId.parse(Purchase.Kind.class, settled.purpose), settled.paymentId),
                    ProviderPayment.Status.PAID,
                    new Money(settled.amount, settled.currency),
                    null,
                    null,
                    null,
                    null,
                    paidAt,
                    paidAt);
        }
    }
}
