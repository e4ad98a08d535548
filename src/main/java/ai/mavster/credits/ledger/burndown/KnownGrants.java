package ai.mavster.credits.ledger.burndown;

import ai.mavster.credits.Credits;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The grants of one account that a batch has read or made, with something left or not, and as it leaves them. */
public final class KnownGrants {

    private final OpenGrants open;
    private final Map<UUID, OpenGrant> closed = new HashMap<>();
    private final Map<UUID, OpenGrant> changed = new LinkedHashMap<>();
    private final Set<UUID> absent = new HashSet<>(0);

    public KnownGrants(String accountId) {
        this.open = new OpenGrants(accountId);
    }

    /** Those with something left, as far as they were read. */
    public OpenGrants open() {
        return open;
    }

    /** Null: it is unknown, or was not read. */
    public @Nullable OpenGrant get(UUID grantId) {
        OpenGrant isOpen = open.get(grantId);
        return isOpen == null ? closed.get(grantId) : isOpen;
    }

    public void load(OpenGrant grant) {
        if (grant.remaining().isPositive()) {
            open.add(grant);
        } else {
            closed.put(grant.grantId(), grant);
        }
    }

    /** One that was read by its id: it may be among those that were read in burn order, or far behind them. */
    public void loadUnlessKnown(OpenGrant grant) {
        if (get(grant.grantId()) == null) {
            load(grant);
        }
    }

    /** Was looked for by its id, and the account has none of it. */
    public void absent(UUID grantId) {
        absent.add(grantId);
    }

    /** Whether it was read, be it that there is none. */
    public boolean isKnown(UUID grantId) {
        return get(grantId) != null || absent.contains(grantId);
    }

    /** A grant whose credits are yet to be posted. */
    public void opened(OpenGrant grant) {
        closed.put(grant.grantId(), grant);
    }

    /**
     * Something was added to one, or taken.
     *
     * @param credits signed
     */
    public void moved(UUID grantId, Credits credits) {
        OpenGrant wasOpen = open.remove(grantId);
        OpenGrant before = wasOpen == null ? closed.remove(grantId) : wasOpen;
        if (before == null) {
            throw new IllegalStateException("Grant " + grantId + " was not loaded");
        }
        OpenGrant after = before.moved(credits);
        load(after);
        changed.put(grantId, after);
    }

    /** As the batch leaves them, where it touched them. */
    public Collection<OpenGrant> changed() {
        return changed.values();
    }
}
