package ai.mavster.credits.payment.sandbox;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pages. */
@Singleton
class SandboxPageRepository implements PanacheRepositoryBase<SandboxPageRow, String> {

    @Nullable
    SandboxPageRow ofPurchase(UUID purchaseId) {
        return find("purchaseId", purchaseId).firstResult();
    }
}
