package ai.mavster.credits.ledger.statement;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Reads holds. */
@Singleton
public class HoldRepository implements PanacheRepositoryBase<HoldRow, HoldRow.Key> {

    /** How many reserve credits, of all accounts. */
    public long countOpen(Instant now) {
        return count("open and expiresAt > ?1", now);
    }
}
