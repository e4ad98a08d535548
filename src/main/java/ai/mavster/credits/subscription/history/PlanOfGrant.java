package ai.mavster.credits.subscription.history;

/** The plan that a grant was given under, as a part of queries for others to build on. */
public final class PlanOfGrant {

    private PlanOfGrant() {}

    /**
     * Of a monthly grant the plan of its month, which may be an earlier one where months were missed; of any other the
     * plan that the account was on when it was given. Null: it had no subscription then, or a canceled one.
     *
     * @param grant the alias of a row with {@code account_id, grant_id, kind, created_at}
     */
    public static String of(String grant) {
        return """
                coalesce(
                    (SELECT r.plan_id FROM renewal r
                     WHERE %1$s.kind = 'monthly' AND r.account_id = %1$s.account_id AND r.grant_id = %1$s.grant_id LIMIT 1),
                    (SELECT CASE WHEN c.status <> 'canceled' THEN c.plan_id END FROM subscription_change c
                     WHERE c.account_id = %1$s.account_id AND c.changed_at <= %1$s.created_at
                     ORDER BY c.change_id DESC LIMIT 1))""".formatted(grant);
    }
}
