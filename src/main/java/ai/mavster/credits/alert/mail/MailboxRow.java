package ai.mavster.credits.alert.mail;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code mailbox}, as the delivery reads it. */
@Entity
@Table(name = "mailbox")
@IdClass(MailboxRow.Key.class)
class MailboxRow {

    record Key(String accountId, String address) {}

    @Id
    String accountId = "";

    @Id
    String address = "";

    Instant dueAt = Instant.EPOCH;
    long waiting;
    int attempts;

    @Nullable
    Instant failingSince;
}
