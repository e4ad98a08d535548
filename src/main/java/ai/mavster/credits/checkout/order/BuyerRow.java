package ai.mavster.credits.checkout.order;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Who gets the receipt: of an account only that, read when a page is made, and kept nowhere else. */
@Entity
@Immutable
@Table(name = "account")
class BuyerRow {

    @Id
    String accountId = "";

    @Nullable
    String billingEmail;
}
