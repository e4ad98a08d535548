package ai.mavster.credits.alert.mail;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** Of an account what a mail needs to know. */
@Entity
@Immutable
@Table(name = "account")
class Addressee {

    @Id
    String accountId = "";

    @Nullable
    String name;

    @Nullable
    String billingEmail;
}
