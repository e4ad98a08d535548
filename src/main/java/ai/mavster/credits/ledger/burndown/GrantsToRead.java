package ai.mavster.credits.ledger.burndown;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many of each account's open grants a batch reads: the first ones in burn order, which are enough for nearly every
 * debit. Where they are not, the batch is decided again with more.
 */
public final class GrantsToRead {

    private static final long TIMES = 16;

    /** Of one account. */
    public record Of(String accountId, long most) {}

    private final long first;
    private final Map<String, Long> more = new HashMap<>(0);

    /**
     * @param first how many of an account's grants are tried first, more than zero: for most accounts that is all of
     *     them
     */
    public GrantsToRead(long first) {
        this.first = first;
    }

    public long of(String accountId) {
        return more.getOrDefault(accountId, first);
    }

    public List<Of> of(Collection<String> accountIds) {
        return accountIds.stream()
                .map(accountId -> new Of(accountId, of(accountId)))
                .toList();
    }

    /** So many were not enough. */
    public void widen(String accountId) {
        more.put(accountId, TIMES * of(accountId));
    }
}
