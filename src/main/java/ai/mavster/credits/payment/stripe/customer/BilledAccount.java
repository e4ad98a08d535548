package ai.mavster.credits.payment.stripe.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Of an account what its customer at Stripe is called. */
@Entity
@Immutable
@Table(name = "account")
class BilledAccount {

    @Id
    String accountId = "";

    @Nullable
    String name;
}
