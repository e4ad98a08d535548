package ai.mavster.credits.bench;

import java.sql.SQLException;

/** Where accounts are kept: how they come to have credits, and how to see in the end that no debit was lost. */
interface AccountStore {

    /** More than any run can debit. */
    long CREDITS = 100_000_000;

    long MILLIONTHS = 1_000_000;

    void open(Stage stage, Accounts accounts) throws SQLException;

    /** Reports to the failures what is not as it was confirmed. */
    void check(Stage stage, Accounts accounts) throws SQLException;

    /**
     * What an account has, against what was confirmed.
     *
     * @param balance in millionths
     */
    static void compare(Failures failures, Accounts accounts, String accountId, long debits, long balance) {
        long confirmed = accounts.confirmed(accounts.number(accountId));
        long left = CREDITS * MILLIONTHS - confirmed * Debits.MILLIONTHS_EACH;
        failures.unless(
                debits == confirmed && balance == left,
                () -> "%s has %d debits and %d millionths, but %d debits were confirmed, which leaves %d"
                        .formatted(accountId, debits, balance, confirmed, left));
    }
}
