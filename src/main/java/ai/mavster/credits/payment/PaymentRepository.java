package ai.mavster.credits.payment;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.List;

/** Reads an account's payments. Their ids are made in the order of time. */
@Singleton
public class PaymentRepository implements PanacheRepositoryBase<PaymentRow, PaymentRow.Key> {

    /** The newest first, of whichever kind. */
    public List<Payment> newestFirst(String accountId, int most) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> find("accountId = ?1 order by paymentId desc", accountId).page(0, most).list().stream()
                        .map(PaymentRow::payment)
                        .toList());
    }
}
