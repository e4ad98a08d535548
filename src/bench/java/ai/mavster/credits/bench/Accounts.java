package ai.mavster.credits.bench;

/**
 * Accounts that are opened for one contender, and how many debits of each were confirmed. Counted by one thread at a
 * time.
 */
final class Accounts {

    private final String name;
    private final long[] confirmed;
    private long keys;

    /**
     * @param name unique within the run
     */
    Accounts(String name, int size) {
        this.name = name;
        this.confirmed = new long[size];
    }

    String name() {
        return name;
    }

    /** What the ids of all of them start with, and of no other accounts. */
    String prefix() {
        return name + ":";
    }

    int size() {
        return confirmed.length;
    }

    String id(int account) {
        return prefix() + account;
    }

    /** The number of an account, from its id. */
    int number(String id) {
        return Integer.parseInt(id.substring(prefix().length()));
    }

    /** An idempotency key that none of them has had. */
    String nextKey() {
        return "bench-" + keys++;
    }

    void confirm(int account) {
        confirm(account, 1);
    }

    void confirm(int account, long debits) {
        confirmed[account] += debits;
    }

    long confirmed(int account) {
        return confirmed[account];
    }
}
