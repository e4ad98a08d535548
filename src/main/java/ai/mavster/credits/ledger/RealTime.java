package ai.mavster.credits.ledger;

/** Which accounts go by the real time, as a condition for others' queries: the table itself is the ledger's. */
public final class RealTime {

    private RealTime() {}

    /**
     * That an account has no test clock.
     *
     * @param accountId the column with its id, with its table
     */
    public static String of(String accountId) {
        return "NOT EXISTS (SELECT 1 FROM account_balance b WHERE b.account_id = " + accountId
                + " AND b.on_test_clock)";
    }
}
