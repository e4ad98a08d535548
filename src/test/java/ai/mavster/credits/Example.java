package ai.mavster.credits;

import static io.restassured.RestAssured.given;

import ai.mavster.credits.ServedContract.Endpoint;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A good request to an endpoint. The tests that walk the contract take theirs from here, so an endpoint without one
 * fails them.
 *
 * @param body in single quotes, empty for none; {@code {account_id}} and {@code {key}} are filled in
 */
record Example(String endpoint, About about, String body) {

    static final String ADMIN = "test-admin-key-0123456789";

    /** Whose the request is. */
    enum About {
        ACCOUNT_IN_PATH,
        ACCOUNT_IN_BODY,
        ACCOUNTS_OF_ITEMS,
        NO_ACCOUNT,
        /** The same for everyone, and no secret. */
        EVERYBODY
    }

    private static final Map<String, Example> ALL = List.of(
                    path("PUT /v1/accounts/{account_id}", "{'name': 'Example', 'time_zone': 'Europe/Berlin'}"),
                    path("GET /v1/accounts/{account_id}", ""),
                    path("DELETE /v1/accounts/{account_id}", ""),
                    path("POST /v1/accounts/{account_id}/erasure", ""),
                    path("GET /v1/accounts/{account_id}/balance", ""),
                    path("PUT /v1/accounts/{account_id}/subscription", "{'plan': 'pro', 'status': 'active'}"),
                    path("GET /v1/accounts/{account_id}/subscription", ""),
                    path("GET /v1/accounts/{account_id}/subscription/changes", ""),
                    path("GET /v1/accounts/{account_id}/renewals", ""),
                    path("POST /v1/accounts/{account_id}/test-clock/advance", "{'to': '2026-12-24T00:00:00Z'}"),
                    path("POST /v1/accounts/{account_id}/top-ups", "{'credits': 10, 'reference': 'R', 'note': 'N'}"),
                    path(
                            "POST /v1/accounts/{account_id}/grants",
                            "{'credits': 10, 'kind': 'promotional', 'expires_at': '2099-01-01T00:00:00Z', 'reason': 'R'}"),
                    path(
                            "POST /v1/accounts/{account_id}/debits",
                            "{'credits': 2, 'action': '/mave/chat', 'quantity': 1.5, 'workspace_id': 'w', 'project_id': 'p',"
                                    + " 'test_id': 't', 'run_id': 'r', 'on_insufficient': 'refuse'}"),
                    path(
                            "POST /v1/accounts/{account_id}/debits/{debit_id}/reversals",
                            "{'credits': 0.000001, 'reason': 'Charged twice'}"),
                    path(
                            "POST /v1/accounts/{account_id}/grants/{grant_id}/void",
                            "{'credits': 0.000001, 'reason': 'Charged back'}"),
                    path("GET /v1/accounts/{account_id}/entries", ""),
                    path("GET /v1/accounts/{account_id}/postings", ""),
                    path("GET /v1/accounts/{account_id}/postings/{posting_id}", ""),
                    path("GET /v1/accounts/{account_id}/grants", ""),
                    path("GET /v1/accounts/{account_id}/events", ""),
                    path("GET /v1/accounts/{account_id}/proof", ""),
                    path("GET /v1/accounts/{account_id}/usage", ""),
                    path("GET /v1/accounts/{account_id}/budgets", ""),
                    path("GET /v1/accounts/{account_id}/budgets/{scope}/{scope_id}", ""),
                    path(
                            "PUT /v1/accounts/{account_id}/budgets/{scope}/{scope_id}",
                            "{'usage_limit': 1000, 'alert_thresholds': [50, 99.5], 'window': 'week',"
                                    + " 'billing_email': 'team@example.com'}"),
                    path("DELETE /v1/accounts/{account_id}/budgets/{scope}/{scope_id}", ""),
                    path("GET /v1/accounts/{account_id}/alerts", ""),
                    path("GET /v1/accounts/{account_id}/alert-settings", ""),
                    path("GET /v1/accounts/{account_id}/auto-recharge", ""),
                    path("GET /v1/accounts/{account_id}/recharges", ""),
                    path(
                            "PUT /v1/accounts/{account_id}/auto-recharge",
                            "{'enabled': true, 'threshold': 5, 'credits_to_add': 10, 'limit_per_period': 20, 'payment_method': 'card_ok'}"),
                    path(
                            "PUT /v1/accounts/{account_id}/alert-settings",
                            "{'debit_above': 100, 'thresholds': [80], 'running_out': false}"),
                    path("POST /v1/accounts/{account_id}/checkouts", "{'pack': 'medium'}"),
                    path("GET /v1/accounts/{account_id}/checkouts", ""),
                    path(
                            "POST /v1/accounts/{account_id}/portal-sessions",
                            "{'return_url': 'https://app.example.com/settings', 'page': '/billing/top-up'}"),
                    path("DELETE /v1/accounts/{account_id}/portal-sessions", ""),
                    path("DELETE /v1/accounts/{account_id}/portal-sessions/{session_id}", ""),
                    path("GET /v1/accounts/{account_id}/checkouts/{checkout_id}", ""),
                    new Example(
                            "POST /v1/debits",
                            About.ACCOUNTS_OF_ITEMS,
                            "{'debits': [{'account_id': '{account_id}', 'idempotency_key': '{key}', 'credits': 2}]}"),
                    new Example(
                            "POST /v1/preflights",
                            About.ACCOUNT_IN_BODY,
                            "{'account_id': '{account_id}', 'credits': 2}"),
                    path(
                            "POST /v1/accounts/{account_id}/runs",
                            "{'workspace_id': 'w', 'project_id': 'p', 'test_id': 't', 'estimate': 2,"
                                    + " 'hold': 1, 'hold_expires_in': 'PT1H'}"),
                    path(
                            "POST /v1/accounts/{account_id}/runs/{run_id}/debits",
                            "{'credits': 2, 'action': '/mave/chat', 'quantity': 1.5, 'workspace_id': 'w', 'project_id': 'p',"
                                    + " 'test_id': 't', 'on_insufficient': 'refuse'}"),
                    path("POST /v1/accounts/{account_id}/runs/{run_id}/hold", "{'credits': 2}"),
                    path("POST /v1/accounts/{account_id}/runs/{run_id}/finish", "{'status': 'success'}"),
                    path("POST /v1/accounts/{account_id}/runs/{run_id}/heartbeat", ""),
                    path("GET /v1/accounts/{account_id}/runs/{run_id}", ""),
                    path("GET /v1/accounts/{account_id}/runs", ""),
                    new Example(
                            "POST /v1/estimates",
                            About.ACCOUNT_IN_BODY,
                            "{'account_id': '{account_id}', 'items': [{'action': '/responses', 'quantity': 2}]}"),
                    path("GET /v1/accounts/{account_id}/estimate-accuracy", ""),
                    new Example("GET /v1/plans", About.EVERYBODY, ""),
                    new Example("GET /v1/plans/{plan_id}", About.EVERYBODY, ""),
                    new Example("GET /v1/plans/{plan_id}/versions", About.NO_ACCOUNT, ""),
                    new Example(
                            "PUT /v1/plans/{plan_id}",
                            About.NO_ACCOUNT,
                            "{'name': 'Example', 'monthly_credits': 10, 'cap_ratio': 1.5, 'rollover': 'capped'}"),
                    new Example("GET /v1/rate-card", About.EVERYBODY, ""),
                    new Example(
                            "PUT /v1/rate-card",
                            About.NO_ACCOUNT,
                            "{'rates': [{'action': 'example', 'unit': 'step', 'credits': {'min': 0.5, 'max': 2}, 'note': 'N'}]}"),
                    new Example("GET /v1/packs", About.EVERYBODY, ""),
                    new Example("GET /v1/packs/{pack_id}", About.EVERYBODY, ""),
                    new Example("GET /v1/packs/{pack_id}/versions", About.NO_ACCOUNT, ""),
                    new Example(
                            "PUT /v1/packs/{pack_id}",
                            About.NO_ACCOUNT,
                            "{'name': 'Example', 'credits': 10, 'price': {'value': 1.5, 'currency': 'EUR'}}"),
                    new Example("GET /v1/credit-price", About.EVERYBODY, ""),
                    new Example("GET /v1/credit-price/versions", About.EVERYBODY, ""),
                    new Example(
                            "PUT /v1/credit-price",
                            About.NO_ACCOUNT,
                            "{'credits': 1000, 'price': {'value': 10, 'currency': 'EUR'}}"),
                    new Example(
                            "POST /v1/imports",
                            About.NO_ACCOUNT,
                            "{'dry_run': false, 'accounts': [{'account_id': '{account_id}', 'balance': 5}]}"),
                    new Example("POST /v1/renewals", About.NO_ACCOUNT, "{'limit': 1}"),
                    new Example("GET /v1/proof", About.NO_ACCOUNT, ""),
                    new Example("GET /v1/reports/credits", About.NO_ACCOUNT, ""),
                    new Example("GET /v1/accounts", About.NO_ACCOUNT, ""),
                    new Example("GET /v1/subscriptions", About.NO_ACCOUNT, ""),
                    new Example("GET /v1/runs", About.NO_ACCOUNT, ""),
                    new Example("GET /v1/events", About.NO_ACCOUNT, ""),
                    new Example("GET /v1/events/{event_id}", About.NO_ACCOUNT, ""),
                    new Example("POST /v1/events/{event_id}/redeliver", About.NO_ACCOUNT, "{'endpoint_id': null}"),
                    new Example(
                            "POST /v1/webhook-endpoints",
                            About.NO_ACCOUNT,
                            "{'url': 'https://hooks.example.com/', 'name': 'Example', 'types': ['budget.exceeded']}"),
                    new Example("GET /v1/webhook-endpoints", About.NO_ACCOUNT, ""),
                    new Example("GET /v1/webhook-endpoints/{endpoint_id}", About.NO_ACCOUNT, ""),
                    new Example(
                            "PUT /v1/webhook-endpoints/{endpoint_id}",
                            About.NO_ACCOUNT,
                            "{'url': 'https://hooks.example.com/', 'name': 'Example', 'enabled': true}"),
                    new Example("DELETE /v1/webhook-endpoints/{endpoint_id}", About.NO_ACCOUNT, ""),
                    new Example("POST /v1/webhook-endpoints/{endpoint_id}/rotate", About.NO_ACCOUNT, ""),
                    new Example("POST /v1/webhook-endpoints/{endpoint_id}/test", About.NO_ACCOUNT, ""),
                    new Example("GET /v1/webhook-endpoints/{endpoint_id}/deliveries", About.NO_ACCOUNT, ""),
                    new Example(
                            "POST /v1/webhook-endpoints/{endpoint_id}/redeliver",
                            About.NO_ACCOUNT,
                            "{'from': '2026-11-21T18:39:00Z', 'to': '2026-11-22T18:39:00Z'}"),
                    new Example("GET /v1/payment-events", About.NO_ACCOUNT, ""),
                    new Example("POST /v1/payment-events/{payment_event_id}/retry", About.NO_ACCOUNT, ""),
                    new Example("POST /v1/reconciliations", About.NO_ACCOUNT, "{}"),
                    new Example("GET /v1/reconciliations", About.NO_ACCOUNT, ""),
                    new Example("GET /v1/reports/payments", About.NO_ACCOUNT, ""),
                    new Example("POST /v1/api-keys", About.NO_ACCOUNT, "{'name': 'Example', 'scopes': ['runner']}"),
                    new Example("GET /v1/api-keys", About.NO_ACCOUNT, ""),
                    new Example("DELETE /v1/api-keys/{key_id}", About.NO_ACCOUNT, ""))
            .stream()
            .collect(Collectors.toMap(Example::endpoint, Function.identity()));

    private static Example path(String endpoint, String body) {
        return new Example(endpoint, About.ACCOUNT_IN_PATH, body);
    }

    static Example of(Endpoint endpoint) {
        Example example = ALL.get(endpoint.name());
        if (example == null) {
            throw new AssertionError("Give Example a good request to " + endpoint.name());
        }
        return example;
    }

    /** The endpoints that there are, by this list and not by the contract. */
    static Set<String> endpoints() {
        return ALL.keySet();
    }

    boolean hasBody() {
        return !body.isEmpty();
    }

    /** An account on a test clock, with credits of both kinds, an active subscription and a debit of 10 credits. */
    record Customer(String accountId, String debitId, String grantId, String runId) {

        /** Who has no run, and no grant. */
        Customer(String accountId, String debitId) {
            this(accountId, debitId, "grant_" + UUID.randomUUID(), "no-such-run");
        }

        static Customer create(String accountId) {
            send(ADMIN, "PUT", "/v1/accounts/" + encoded(accountId), "{'test_clock': '2026-11-21T18:39:00Z'}")
                    .then()
                    .statusCode(201);
            String path = "/v1/accounts/" + encoded(accountId);
            send(ADMIN, "PUT", path + "/subscription", "{'plan': 'pro', 'status': 'active'}")
                    .then()
                    .statusCode(200);
            String grant = send(ADMIN, "POST", path + "/top-ups", "{'credits': 500}")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            String debit = send(ADMIN, "POST", path + "/debits", "{'credits': 10}")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            webhookEndpoint();
            budget(accountId);
            checkout(accountId);
            return new Customer(accountId, debit, grant, run(accountId));
        }

        /** Also one that has none yet. */
        Customer withAPosting() {
            String path = "/v1/accounts/" + encoded(accountId);
            int status = send(ADMIN, "GET", path + "/postings/" + debitId, "").statusCode();
            String topUp = status == 200
                    ? null
                    : send(ADMIN, "POST", path + "/top-ups", "{'credits': 1}").path("id");
            return topUp == null ? this : new Customer(accountId, topUp, grantId, runId);
        }

        static String encoded(String id) {
            return id.replace("/", "%2F");
        }
    }

    /** This request for a customer, by whoever has the key. */
    Response send(String key, Customer customer) {
        Customer asking = asking(customer);
        return send(key, endpoint.split(" ", -1)[0], path(asking), body(asking));
    }

    /** A run that is over takes no more, so each request has a new one. */
    Customer asking(Customer customer) {
        if (endpoint.contains("{scope_id}") && !hasBody()) {
            budget(customer.accountId);
        }
        return endpoint.contains("{run_id}")
                ? new Customer(customer.accountId, customer.debitId, customer.grantId, run(customer.accountId))
                : endpoint.contains("{posting_id}") ? customer.withAPosting() : customer;
    }

    String path(Customer customer) {
        String path = endpoint.split(" ", -1)[1]
                .replace("{account_id}", Customer.encoded(customer.accountId))
                .replace("{debit_id}", customer.debitId)
                .replace("{posting_id}", customer.debitId)
                .replace("{grant_id}", customer.grantId)
                .replace("{run_id}", customer.runId)
                .replace("{session_id}", "session_" + UUID.randomUUID())
                .replace("{scope}", "project")
                .replace("{scope_id}", "p")
                .replace("{plan_id}", endpoint.startsWith("GET") ? "basic" : "example")
                .replace("{pack_id}", endpoint.startsWith("GET") ? "medium" : "example");
        if (path.contains("{endpoint_id}")) {
            return path.replace(
                    "{endpoint_id}", endpoint.startsWith("DELETE") ? newWebhookEndpoint() : webhookEndpoint());
        }
        if (path.contains("{checkout_id}")) {
            return path.replace("{checkout_id}", checkout(customer.accountId));
        }
        if (path.contains("{payment_event_id}")) {
            return path.replace("{payment_event_id}", SomePaymentEvent.received());
        }
        if (path.contains("{event_id}")) {
            return path.replace("{event_id}", event());
        }
        return path.contains("{key_id}")
                ? path.replace("{key_id}", apiKey("{'name': 'K', 'scopes': ['runner']}", "id"))
                : path;
    }

    /** Some event; the first one there is, if need be. */
    private static String event() {
        String id = send(ADMIN, "GET", "/v1/events?limit=1", "").path("data[0].id");
        return id == null ? eventOf(Customer.create("told-" + UUID.randomUUID())) : id;
    }

    /** Some webhook endpoint; the first one there is, if need be. */
    private static String webhookEndpoint() {
        String id = send(ADMIN, "GET", "/v1/webhook-endpoints?limit=1", "").path("data[0].id");
        return id == null ? newWebhookEndpoint() : id;
    }

    private static String newWebhookEndpoint() {
        return send(ADMIN, "POST", "/v1/webhook-endpoints", "{'url': 'https://hooks.example.com/', 'types': []}")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String eventOf(Customer customer) {
        return send(ADMIN, "GET", "/v1/accounts/" + customer.accountId + "/events", "")
                .path("data[0].id");
    }

    /** A new run, or at least the record of one that may not start; some other id for who has no account. */
    private static String run(String accountId) {
        String runId = send(ADMIN, "POST", "/v1/accounts/" + Customer.encoded(accountId) + "/runs", "{}")
                .path("run_id");
        return runId == null ? "no-such-run" : runId;
    }

    /** One of the account's; some other id for who has no account. */
    private static String checkout(String accountId) {
        String path = "/v1/accounts/" + Customer.encoded(accountId) + "/checkouts";
        String id = send(ADMIN, "GET", path + "?limit=1", "").path("data?.getAt(0)?.checkout_id");
        String made =
                id == null ? send(ADMIN, "POST", path, "{'pack': 'medium'}").path("checkout_id") : id;
        return made == null ? "checkout_" + UUID.randomUUID() : made;
    }

    /** One that is there to be asked for, if the account is. */
    private static void budget(String accountId) {
        send(ADMIN, "PUT", "/v1/accounts/" + Customer.encoded(accountId) + "/budgets/project/p", "{}");
    }

    String body(Customer customer) {
        return body.replace("{account_id}", customer.accountId)
                .replace("{key}", UUID.randomUUID().toString());
    }

    /** What is answered to a new key, by its name: {@code key} or {@code id}. */
    static String apiKey(String body, String field) {
        return send(ADMIN, "POST", "/v1/api-keys", body)
                .then()
                .statusCode(201)
                .extract()
                .path(field);
    }

    /** With an idempotency key of its own, where one counts or not. */
    static Response send(String key, String method, String path, String body) {
        RequestSpecification request =
                request(key).header("Idempotency-Key", UUID.randomUUID().toString());
        if (!body.isEmpty()) {
            request.contentType("application/json")
                    .body(body.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return request.request(method, path);
    }

    static RequestSpecification request(String key) {
        RequestSpecification request = given().urlEncodingEnabled(false);
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }
}
