package ai.mavster.credits.budget.history;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code budget_window}, for reading: only what it is of. */
@Entity
@Immutable
@Table(name = "budget_window")
@IdClass(BudgetWindowRow.Key.class)
class BudgetWindowRow {

    record Key(String accountId, String scope, String scopeId, Instant windowStart) {}

    @Id
    String accountId = "";

    @Id
    String scope = "";

    @Id
    String scopeId = "";

    @Id
    Instant windowStart = Instant.EPOCH;

    Instant windowEnd = Instant.EPOCH;
}
