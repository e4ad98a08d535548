package ai.mavster.credits.http;

/**
 * What an API key may be allowed to do; the names for {@code @RolesAllowed}. A key with {@link #ADMIN} has all of them.
 */
public final class Scopes {

    /** All reads of an account, and the questions that write nothing: preflights, estimates. */
    public static final String READ = "read";

    /** Preflights, estimates, runs, debits, holds, reversals; reads its account, balance and runs. */
    public static final String RUNNER = "runner";

    /** What {@link #READ} may, and what an account's owner decides: budgets, recharge, checkouts, page sessions. */
    public static final String BILLING = "billing";

    /** Posting top-ups, and nothing else. */
    public static final String TOP_UPS = "top-ups";

    /** The monthly job. */
    public static final String RENEWALS = "renewals";

    /** Everything. */
    public static final String ADMIN = "admin";

    private Scopes() {}
}
