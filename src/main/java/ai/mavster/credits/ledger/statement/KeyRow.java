package ai.mavster.credits.ledger.statement;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code idempotency_key}, for reading. */
@Entity
@Immutable
@Table(name = "idempotency_key")
@IdClass(KeyRow.Key.class)
class KeyRow {

    record Key(String accountId, String idempotencyKey) {}

    @Id
    String accountId = "";

    @Id
    String idempotencyKey = "";

    byte[] fingerprint = {};
}
