package ai.mavster.credits;

import static io.restassured.RestAssured.given;

import io.quarkus.arc.Arc;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.UUID;

/**
 * An account of its own for each story, and what the admin's key asks of it over HTTP. Bodies may be written with
 * single quotes.
 */
public final class Customer {

    /** As configured for tests. */
    public static final String ADMIN = "test-admin-key-0123456789";

    public final String id;

    private Customer(String id) {
        this.id = id;
    }

    /** A new account without subscription. */
    public static Customer create() {
        Customer customer = new Customer("story-" + UUID.randomUUID());
        put("/v1/accounts/" + customer.id, "{}").is(201);
        return customer;
    }

    /** A new account on a test clock, without subscription. */
    public static Customer onTestClock(String at) {
        Customer customer = new Customer("story-" + UUID.randomUUID());
        put(customer.path(""), "{'test_clock': '" + at + "'}").is(201);
        return customer;
    }

    /** A new account that was just subscribed, with its first month granted. */
    public static Customer on(String plan) {
        Customer customer = create();
        customer.subscribe("{'plan': '" + plan + "', 'status': 'active'}").is(200);
        return customer;
    }

    /** A new account on the plan basic with exactly this balance. */
    public static Customer having(String balance) {
        return on("basic").bring(balance);
    }

    /** Tops up or debits until the balance is this. */
    public Customer bring(String balance) {
        Credits change = Credits.parse(balance)
                .minus(Credits.parse(String.valueOf(balance().at("balance"))));
        if (change.isPositive()) {
            topUp(change.toString()).is(201);
        } else if (change.isNegative()) {
            debit(change.negated().toString()).is(201);
        }
        return this;
    }

    private static RequestSpecification asAdmin() {
        return given().urlEncodingEnabled(false).header("Authorization", "Bearer " + ADMIN);
    }

    public static Reply get(String path) {
        return Reply.of(asAdmin().get(path));
    }

    public static Reply put(String path, String body) {
        return Reply.of(
                asAdmin().contentType("application/json").body(quoted(body)).put(path));
    }

    public static Reply post(String path, String body) {
        return Reply.of(
                asAdmin().contentType("application/json").body(quoted(body)).post(path));
    }

    public static Reply post(String path, String key, String body) {
        return Reply.of(asAdmin()
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(quoted(body))
                .post(path));
    }

    public static Reply delete(String path) {
        return Reply.of(asAdmin().delete(path));
    }

    private static String quoted(String body) {
        return body.replace('\'', '"');
    }

    public static String newKey() {
        return UUID.randomUUID().toString();
    }

    /** A path below the account: {@code "/balance"}. */
    public String path(String rest) {
        return "/v1/accounts/" + id + rest;
    }

    public Reply subscribe(String body) {
        return put(path("/subscription"), body);
    }

    /** Only if the subscription is as the header {@code If-Match} says. */
    public Reply subscribeIf(String ifMatch, String body) {
        return Reply.of(asAdmin()
                .header("If-Match", ifMatch)
                .contentType("application/json")
                .body(quoted(body))
                .put(path("/subscription")));
    }

    public Reply subscription() {
        return get(path("/subscription")).is(200);
    }

    /** Sets its test clock forward. */
    public Reply advance(String to) {
        return post(path("/test-clock/advance"), "{'to': '" + to + "'}");
    }

    public Reply balance() {
        return get(path("/balance")).is(200);
    }

    public Reply balanceUnless(String eTag) {
        return Reply.of(asAdmin().header("If-None-Match", eTag).get(path("/balance")));
    }

    public Reply topUp(String credits) {
        return post(path("/top-ups"), newKey(), "{'credits': " + credits + "}");
    }

    /** Promotional credits; {@code more} is further fields: {@code ", 'expires_at': '…'"}. */
    public Reply grant(String credits, String more) {
        return post(
                path("/grants"),
                newKey(),
                "{'credits': " + credits + ", 'kind': 'promotional', 'reason': 'story'" + more + "}");
    }

    public Reply debit(String credits) {
        return debit(credits, "");
    }

    public Reply debit(String credits, String more) {
        return post(path("/debits"), newKey(), "{'credits': " + credits + more + "}");
    }

    public Reply reverse(String debitId, String body) {
        return post(path("/debits/" + debitId + "/reversals"), newKey(), body);
    }

    /** Voids a grant. */
    public Reply takeBack(String grantId, String body) {
        return post(path("/grants/" + grantId + "/void"), newKey(), body);
    }

    public Reply adjust(String credits) {
        return post(path("/grants"), newKey(), "{'credits': " + credits + ", 'kind': 'adjustment', 'reason': 'story'}");
    }

    /** Closes the account; the query may be {@code "?balance=void"}. */
    public Reply close(String query) {
        return Reply.of(asAdmin().delete(path("") + query));
    }

    public Reply erase() {
        return Reply.of(asAdmin().post(path("/erasure")));
    }

    public Reply entries(String query) {
        return get(path("/entries" + query)).is(200);
    }

    public String entriesAsCsv(String query) {
        return csv("/entries" + query);
    }

    /** What is answered at a path below the account to who wants it as CSV. */
    public String csv(String rest) {
        return csvAt(path(rest));
    }

    /** The same at any path. */
    public static String csvAt(String path) {
        return asAdmin()
                .accept("text/csv")
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    public Reply grants() {
        return get(path("/grants")).is(200);
    }

    public Reply renewals() {
        return get(path("/renewals")).is(200);
    }

    public Reply proof() {
        return get(path("/proof")).is(200);
    }

    /** The renewal job, of all accounts, once it is that time. */
    public static Reply renew(String asOf) {
        MovableClock clock = Arc.container().instance(MovableClock.class).get();
        Instant at = Instant.parse(asOf);
        return clock.instant().isBefore(at) ? clock.noEarlierThan(at, () -> renewAsOf(asOf)) : renewAsOf(asOf);
    }

    /** The renewal job as of a time that may lie ahead. */
    public static Reply renewAsOf(String asOf) {
        return post("/v1/renewals", "{'as_of': '" + asOf + "'}").is(200);
    }
}
