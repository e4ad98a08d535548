package ai.mavster.credits.ledger.statement;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A row of {@code entry}, for reading. */
@Entity
@Immutable
@Table(name = "entry")
@IdClass(EntryRow.Key.class)
class EntryRow {

    record Key(String accountId, long seq) {}

    @Id
    String accountId = "";

    @Id
    long seq;

    UUID postingId = new UUID(0, 0);
    UUID grantId = new UUID(0, 0);
    long credits;
    long balanceAfter;
    byte[] hash = {};
}
