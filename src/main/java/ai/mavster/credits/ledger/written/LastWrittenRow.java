package ai.mavster.credits.ledger.written;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code account_balance}, for reading: only what each write changes. Amounts in millionths. */
@Entity
@Immutable
@Table(name = "account_balance")
class LastWrittenRow {

    @Id
    String accountId = "";

    long seq;
    long balance;
    long held;
    long owed;
    Instant asOf = Instant.EPOCH;
    boolean onTestClock;
}
