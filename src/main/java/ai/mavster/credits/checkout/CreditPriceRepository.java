package ai.mavster.credits.checkout;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The versions of the credit price. */
@Singleton
class CreditPriceRepository implements PanacheRepositoryBase<CreditPriceVersion, Instant> {

    /** Keeps others from adding versions until the transaction's end. */
    void lock() {
        findById(Instant.EPOCH, LockModeType.PESSIMISTIC_WRITE);
    }

    Optional<CreditPriceVersion> inForce(Instant at) {
        return find("effectiveFrom <= ?1 order by effectiveFrom desc", at)
                .page(0, 1)
                .firstResultOptional();
    }

    /** The latest ones, those to come too; or those before one. */
    List<CreditPriceVersion> latestFirst(@Nullable Instant before, int limit) {
        return before == null
                ? find("order by effectiveFrom desc").page(0, limit).list()
                : find("effectiveFrom < ?1 order by effectiveFrom desc", before)
                        .page(0, limit)
                        .list();
    }
}
