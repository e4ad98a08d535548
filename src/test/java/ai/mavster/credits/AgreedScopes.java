package ai.mavster.credits;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who may call what, as agreed with callers: every endpoint there is stands in one of these lists. */
final class AgreedScopes {

    static final List<String> ALL = List.of("read", "runner", "billing", "top-ups", "renewals", "admin");

    /** Needs no key: what it is sent is signed. */
    static final String ANYBODY = "anybody";

    private static final String READ = "read billing";
    private static final String READ_AND_RUNNER = "read billing runner";

    private static final Map<String, List<String>> LISTS = Map.of(
            ANYBODY,
            List.of("POST /v1/providers/stripe/events"),
            READ,
            List.of(
                    "GET /v1/accounts/{account_id}/entries",
                    "GET /v1/accounts/{account_id}/postings",
                    "GET /v1/accounts/{account_id}/postings/{posting_id}",
                    "GET /v1/accounts/{account_id}/grants",
                    "GET /v1/accounts/{account_id}/proof",
                    "GET /v1/accounts/{account_id}/subscription",
                    "GET /v1/accounts/{account_id}/subscription/changes",
                    "GET /v1/accounts/{account_id}/renewals",
                    "GET /v1/accounts/{account_id}/estimate-accuracy",
                    "GET /v1/accounts/{account_id}/usage",
                    "GET /v1/accounts/{account_id}/budgets",
                    "GET /v1/accounts/{account_id}/budgets/{scope}/{scope_id}",
                    "GET /v1/accounts/{account_id}/events",
                    "GET /v1/events",
                    "GET /v1/events/{event_id}",
                    "GET /v1/accounts/{account_id}/alerts",
                    "GET /v1/accounts/{account_id}/checkouts",
                    "GET /v1/accounts/{account_id}/checkouts/{checkout_id}",
                    "GET /v1/accounts/{account_id}/alert-settings",
                    "GET /v1/accounts/{account_id}/auto-recharge",
                    "GET /v1/accounts/{account_id}/recharges",
                    "GET /v1/plans/{plan_id}/versions",
                    "GET /v1/packs/{pack_id}/versions",
                    "GET /v1/accounts",
                    "GET /v1/subscriptions",
                    "GET /v1/runs"),
            READ_AND_RUNNER,
            List.of(
                    "GET /v1/accounts/{account_id}",
                    "GET /v1/accounts/{account_id}/balance",
                    "GET /v1/accounts/{account_id}/runs",
                    "GET /v1/accounts/{account_id}/runs/{run_id}",
                    "POST /v1/preflights",
                    "POST /v1/estimates",
                    "GET /v1/rate-card",
                    "GET /v1/plans",
                    "GET /v1/plans/{plan_id}",
                    "GET /v1/packs",
                    "GET /v1/packs/{pack_id}",
                    "GET /v1/credit-price",
                    "GET /v1/credit-price/versions"),
            "runner",
            List.of(
                    "POST /v1/accounts/{account_id}/debits",
                    "POST /v1/accounts/{account_id}/debits/{debit_id}/reversals",
                    "POST /v1/debits",
                    "POST /v1/accounts/{account_id}/runs",
                    "POST /v1/accounts/{account_id}/runs/{run_id}/debits",
                    "POST /v1/accounts/{account_id}/runs/{run_id}/hold",
                    "POST /v1/accounts/{account_id}/runs/{run_id}/heartbeat",
                    "POST /v1/accounts/{account_id}/runs/{run_id}/finish"),
            "billing",
            List.of(
                    "PUT /v1/accounts/{account_id}/budgets/{scope}/{scope_id}",
                    "DELETE /v1/accounts/{account_id}/budgets/{scope}/{scope_id}",
                    "PUT /v1/accounts/{account_id}/alert-settings",
                    "PUT /v1/accounts/{account_id}/auto-recharge",
                    "POST /v1/accounts/{account_id}/checkouts",
                    "POST /v1/accounts/{account_id}/portal-sessions",
                    "DELETE /v1/accounts/{account_id}/portal-sessions",
                    "DELETE /v1/accounts/{account_id}/portal-sessions/{session_id}"),
            "top-ups",
            List.of("POST /v1/accounts/{account_id}/top-ups"),
            "renewals",
            List.of("POST /v1/renewals"),
            "admin",
            List.of(
                    "PUT /v1/accounts/{account_id}",
                    "DELETE /v1/accounts/{account_id}",
                    "POST /v1/accounts/{account_id}/erasure",
                    "POST /v1/accounts/{account_id}/grants/{grant_id}/void",
                    "PUT /v1/accounts/{account_id}/subscription",
                    "POST /v1/accounts/{account_id}/grants",
                    "POST /v1/accounts/{account_id}/test-clock/advance",
                    "POST /v1/imports",
                    "PUT /v1/plans/{plan_id}",
                    "PUT /v1/rate-card",
                    "GET /v1/payment-events",
                    "POST /v1/payment-events/{payment_event_id}/retry",
                    "POST /v1/reconciliations",
                    "GET /v1/reconciliations",
                    "GET /v1/reports/payments",
                    "POST /sandbox/payments/{payment_id}/refund",
                    "POST /sandbox/payments/{payment_id}/dispute",
                    "POST /sandbox/payments/{payment_id}/dispute/close",
                    "PUT /v1/packs/{pack_id}",
                    "PUT /v1/credit-price",
                    "GET /v1/proof",
                    "GET /v1/reports/credits",
                    "GET /v1/webhook-endpoints",
                    "POST /v1/webhook-endpoints",
                    "GET /v1/webhook-endpoints/{endpoint_id}",
                    "PUT /v1/webhook-endpoints/{endpoint_id}",
                    "DELETE /v1/webhook-endpoints/{endpoint_id}",
                    "POST /v1/webhook-endpoints/{endpoint_id}/rotate",
                    "POST /v1/webhook-endpoints/{endpoint_id}/test",
                    "GET /v1/webhook-endpoints/{endpoint_id}/deliveries",
                    "POST /v1/webhook-endpoints/{endpoint_id}/redeliver",
                    "POST /v1/events/{event_id}/redeliver",
                    "GET /v1/api-keys",
                    "POST /v1/api-keys",
                    "DELETE /v1/api-keys/{key_id}"));

    private AgreedScopes() {}

    /** The same of those in the contract: it has neither what is for no caller nor the sandbox's. */
    static Map<String, Set<String>> inContract() {
        Map<String, Set<String>> inContract = byEndpoint();
        inContract.values().removeIf(scopes -> scopes.contains(ANYBODY));
        inContract.keySet().removeIf(endpoint -> endpoint.contains(" /sandbox/"));
        return inContract;
    }

    /** The scopes of which a caller needs one, by the endpoint's name such as {@code GET /v1/plans}. */
    static Map<String, Set<String>> byEndpoint() {
        Map<String, Set<String>> byEndpoint = new TreeMap<>();
        LISTS.forEach((scopes, endpoints) -> endpoints.forEach(endpoint -> {
            Set<String> all = new TreeSet<>(Arrays.asList(scopes.split(" ", -1)));
            if (!scopes.equals(ANYBODY)) {
                all.add("admin");
            }
            if (byEndpoint.put(endpoint, all) != null) {
                throw new AssertionError(endpoint + " stands in two lists");
            }
        }));
        return byEndpoint;
    }
}
