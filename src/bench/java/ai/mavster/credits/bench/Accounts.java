package ai.mavster.credits.bench;

/** Accounts that are opened for one contender, and how many debits of each were confirmed. Counted by one thread only. */
final class Accounts {

    private final String prefix;
    private final long[] confirmed;

    /**
     * @param name unique within the run
     */
    Accounts(String name, int size) {
        this.prefix = name + "-";
        this.confirmed = new long[size];
    }

    /** What the ids of all of them start with, and of no other accounts. */
    String prefix() {
        return prefix;
    }

    int size() {
        return confirmed.length;
    }

    String id(int account) {
        return prefix + account;
    }

    /** The number of an account, from its id. */
    int number(String id) {
        return Integer.parseInt(id.substring(prefix.length()));
    }

    void confirm(int account) {
        confirmed[account]++;
    }

    long confirmed(int account) {
        return confirmed[account];
    }
}
