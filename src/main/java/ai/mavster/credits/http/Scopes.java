package ai.mavster.credits.http;

/**
 * What an API key may be allowed to do; the names for {@code @RolesAllowed}. A key with {@link #ADMIN} has all four.
 */
public final class Scopes {

    /** Preflights, runs, debits, holds, estimates. */
    public static final String RUNNER = "runner";

    /** Read all of an account; top-ups, budgets, portal sessions. */
    public static final String BILLING = "billing";

    /** The monthly job. */
    public static final String RENEWALS = "renewals";

    /** Everything. */
    public static final String ADMIN = "admin";

    private Scopes() {}
}
