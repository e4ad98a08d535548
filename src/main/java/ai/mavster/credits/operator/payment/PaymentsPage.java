package ai.mavster.credits.operator.payment;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Outcome;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.operator.Done;
import ai.mavster.credits.operator.Lists;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import ai.mavster.credits.operator.record.ActionKind;
import ai.mavster.credits.operator.record.OperatorAction;
import ai.mavster.credits.operator.record.OperatorActions.Result;
import ai.mavster.credits.payment.PaymentRepository;
import ai.mavster.credits.payment.inbox.EventRetry;
import ai.mavster.credits.payment.inbox.EventStatus;
import ai.mavster.credits.payment.inbox.PaymentEvents;
import ai.mavster.credits.payment.reconciliation.UnexplainedPayments;
import ai.mavster.credits.recharge.AutoRecharge;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payments of all accounts that a person has to see to, and those of one. */
@Singleton
class PaymentsPage implements OperatorPage {

    private static final String PATH = "/operator/payments";

    private final Accounts accounts;
    private final Ledger ledger;
    private final PaymentRepository payments;
    private final PaymentEvents events;
    private final EventRetry retry;
    private final UnexplainedPayments unexplained;
    private final Template all;
    private final Template ofAccount;

    PaymentsPage(
            Accounts accounts,
            Ledger ledger,
            PaymentRepository payments,
            PaymentEvents events,
            EventRetry retry,
            UnexplainedPayments unexplained,
            @Location("operator/payments.html") Template all,
            @Location("operator/account-payments.html") Template ofAccount) {
        this.accounts = accounts;
        this.ledger = ledger;
        this.payments = payments;
        this.events = events;
        this.retry = retry;
        this.unexplained = unexplained;
        this.all = all;
        this.ofAccount = ofAccount;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, this::all);
        operator.post(PATH + "/events/:payment_event_id/retry", this::retry);
        operator.get("/operator/accounts/:account_id/payments", this::ofAccount);
    }

    private PageAnswer all(Visit visit) {
        String status = visit.request().query("status");
        Page<PaymentEvents.Listed> found =
                events.newestFirst(status == null ? null : status(status), visit.cursor(), Lists.ROWS);
        Map<String, @Nullable String> filters = new HashMap<>();
        filters.put("status", status);
        return PageAnswer.of(visit.fill(all)
                .data("unexplained", unexplained.newestFirst(Lists.ROWS))
                .data("events", found.data())
                .data("status", status == null ? "" : status)
                .data(
                        "statuses",
                        Arrays.stream(EventStatus.values()).map(EnumId::of).toList())
                .data("next", Lists.next(PATH, filters, found.nextCursor())));
    }

    private static EventStatus status(String id) {
        try {
            return EnumId.parse(EventStatus.class, id);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidInput("status", EnumId.expected(EventStatus.class));
        }
    }

    private PageAnswer retry(Visit visit) throws Exception {
        String eventId = visit.path("payment_event_id");
        visit.record(
                OperatorAction.of(ActionKind.PAYMENT_EVENT_RETRIED)
                        .target(eventId)
                        .because(visit.reason()),
                () -> new Result<>(eventId, retry.retry(eventId), eventId));
        return visit.done(PATH, Done.RETRIED);
    }

    private PageAnswer ofAccount(Visit visit) {
        String accountId = visit.accountId();
        return PageAnswer.of(visit.fill(ofAccount)
                .data("profile", accounts.profile(accountId))
                .data("recharge", Outcome.await(ledger.read(accountId, AutoRecharge::of)))
                .data("payments", payments.newestFirst(accountId, Lists.ROWS)));
    }
}
