package ai.mavster.credits.payment.sandbox;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import org.jspecify.annotations.Nullable;

/** Subscriptions, by their accounts. */
@Singleton
class SandboxSubscriptionRepository implements PanacheRepositoryBase<SandboxSubscriptionRow, String> {

    /** To be changed in this transaction. */
    @Nullable
    SandboxSubscriptionRow locked(String accountId) {
        return findById(accountId, LockModeType.PESSIMISTIC_WRITE);
    }

    /** The one whose page this is; null: none. */
    @Nullable
    SandboxSubscriptionRow ofPage(String pageId) {
        return find("pageId", pageId).firstResult();
    }

    /** The same, to be changed in this transaction. */
    @Nullable
    SandboxSubscriptionRow lockedOfPage(String pageId) {
        return find("pageId", pageId).withLock(LockModeType.PESSIMISTIC_WRITE).firstResult();
    }
}
