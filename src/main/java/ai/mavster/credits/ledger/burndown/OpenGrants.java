package ai.mavster.credits.ledger.burndown;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The grants of one account that have something left, in burn order. Of an account with very many only the first are
 * read: a debit seldom needs more. What goes beyond them throws {@link NotRead} rather than take the end of what was
 * read for the end of the credits.
 */
public final class OpenGrants {

    /** A decision needs more of an account's grants than were read. It is to be made again, with more of them. */
    public static final class NotRead extends RuntimeException {

        private final String accountId;

        private NotRead(String accountId) {
            super("More grants are needed than were read", null, false, false);
            this.accountId = accountId;
        }

        /** Whose grants. */
        public String accountId() {
            return accountId;
        }
    }

    private final String accountId;
    private final NavigableSet<OpenGrant> inBurnOrder = new TreeSet<>(BurnOrder.COMPARATOR);
    private final Map<UUID, OpenGrant> byId = new HashMap<>();
    private long read;
    private @Nullable OpenGrant lastRead;

    public OpenGrants(String accountId) {
        this.accountId = accountId;
    }

    /** Adds one that has something left. */
    public void add(OpenGrant grant) {
        inBurnOrder.add(grant);
        byId.put(grant.grantId(), grant);
    }

    /** Takes one out. Null: it is not among them. */
    public @Nullable OpenGrant remove(UUID grantId) {
        OpenGrant grant = byId.remove(grantId);
        if (grant != null) {
            inBurnOrder.remove(grant);
        }
        return grant;
    }

    /**
     * Adds the next one in burn order, as it was read.
     *
     * @param most how many are read: if there are that many, more may come after the last of them
     */
    public void read(OpenGrant grant, long most) {
        add(grant);
        lastRead = ++read == most ? grant : null;
    }

    /** Whether all those that expire, whenever that is, were read. */
    public boolean hasAllExpiring() {
        return lastRead == null || lastRead.expiresAt() == null;
    }

    /** Null: it has nothing left, or was not read. */
    public @Nullable OpenGrant get(UUID grantId) {
        return byId.get(grantId);
    }

    /** A grant's place in the order, from 1; 0: it has none left, or was not read. */
    public int rank(UUID grantId) {
        OpenGrant grant = byId.get(grantId);
        return grant == null ? 0 : inBurnOrder.headSet(grant, true).size();
    }

    /** Those that have expired by an instant, soonest expired first. They come before all others. */
    public List<OpenGrant> expired(Instant at) {
        List<OpenGrant> expired = new ArrayList<>(0);
        Walk walk = new Walk(null);
        while (walk.hasNext()) {
            OpenGrant grant = walk.next();
            if (!grant.isExpired(at)) {
                break;
            }
            expired.add(grant);
        }
        return expired;
    }

    /** Those that have not expired by an instant. */
    public Iterable<OpenGrant> unexpired(Instant at) {
        return () -> new Walk(at);
    }

    /**
     * The first grants in burn order.
     *
     * @param all whether there are no others
     */
    public record First(List<OpenGrant> grants, boolean all) {

        public First {
            grants = List.copyOf(grants);
        }
    }

    /** The first of those, at most so many, and none beyond what was read: to be shown, and not decided by. */
    public First first(int most, Instant at) {
        List<OpenGrant> read = inBurnOrder.stream()
                .filter(grant -> lastRead == null || BurnOrder.COMPARATOR.compare(grant, lastRead) <= 0)
                .filter(grant -> !grant.isExpired(at))
                .limit(most + 1L)
                .toList();
        return new First(read.subList(0, Math.min(read.size(), most)), lastRead == null && read.size() <= most);
    }

    /** Looks no further than it is asked to. */
    private final class Walk implements Iterator<OpenGrant> {

        private final Iterator<OpenGrant> grants = inBurnOrder.iterator();
        private final @Nullable Instant unexpiredAt;
        private @Nullable OpenGrant next;

        Walk(@Nullable Instant unexpiredAt) {
            this.unexpiredAt = unexpiredAt;
        }

        @Override
        public boolean hasNext() {
            while (next == null && (grants.hasNext() || lastRead != null)) {
                OpenGrant grant = grants.hasNext() ? grants.next() : null;
                if (grant == null || (lastRead != null && BurnOrder.COMPARATOR.compare(grant, lastRead) > 0)) {
                    throw new NotRead(accountId);
                }
                next = unexpiredAt != null && grant.isExpired(unexpiredAt) ? null : grant;
            }
            return next != null;
        }

        @Override
        public OpenGrant next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            OpenGrant grant = Objects.requireNonNull(next);
            next = null;
            return grant;
        }
    }
}
