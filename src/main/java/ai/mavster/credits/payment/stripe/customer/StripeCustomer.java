package ai.mavster.credits.payment.stripe.customer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Which customer at Stripe an account is. */
@Entity
@Table(name = "stripe_customer")
class StripeCustomer {

    @Id
    String accountId = "";

    /** Such as {@code cus_…}. */
    String customerId = "";

    Instant createdAt = Instant.EPOCH;
}
