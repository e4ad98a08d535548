package ai.mavster.credits.ledger.proof;

import ai.mavster.credits.Author;
import ai.mavster.credits.Customer;
import ai.mavster.credits.ledger.Clawbacks;
import ai.mavster.credits.payment.Provider;
import ai.mavster.credits.payment.ProviderPayment.Status;
import ai.mavster.credits.subscription.Subscriptions;
import ai.mavster.credits.subscription.history.Cause;
import ai.mavster.credits.subscription.terms.PaidTime;
import ai.mavster.credits.subscription.terms.PlanChange;
import ai.mavster.credits.subscription.terms.ProviderSubscription;
import ai.mavster.credits.subscription.terms.SubscriptionDecision;
import ai.mavster.credits.subscription.terms.SubscriptionStatus;
import io.quarkus.arc.Arc;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Accounts that have a bit of everything there is, made over HTTP. */
final class RichAccount {

    private RichAccount() {}

    /**
     * On a test clock: grants of all kinds, voids, expiries, holds, runs within runs, reversals, renewals and changes of plan.
     */
    static Customer overMonths() {
        Customer customer = Customer.onTestClock("2024-01-31T09:00:00Z");
        customer.subscribe("{'plan': 'basic', 'status': 'active', 'reason': 'new'}")
                .is(200);
        Customer.post(
                        customer.path("/top-ups"),
                        "top-up",
                        "{'credits': 50, 'reference': 'INV-1', 'note': 'N', 'metadata': {'order': '1'},"
                                + " 'amount': {'value': 4.99, 'currency': 'EUR'}}")
                .is(201);
        customer.grant("30", ", 'expires_at': '2024-02-10T00:00:00Z'").is(201);
        grant(customer, "{'credits': 7, 'kind': 'adjustment', 'reason': 'sorry'}");
        budgets(customer);
        Customer.put(customer.path("/alert-settings"), "{'debit_above': 50}").is(200);
        spend(customer);
        runs(customer);
        customer.grant("5", ", 'expires_at': '2024-02-20T00:00:00Z'").is(201);
        customer.advance("2024-03-05T09:00:00Z").is(200);
        // Late, of a run that was given up meanwhile.
        debit(customer, "lapsing", "{'credits': 2, 'action': 'tap'}");
        String topUp = customer.topUp("6000").is(201).at("id");
        customer.takeBack(topUp, "{'credits': 250, 'reason': 'charged back'}").is(201);
        customer.adjust("-3").is(201);
        customer.advance("2024-04-01T09:00:00Z").is(200);
        customer.subscribe("{'plan': 'pro', 'status': 'active', 'plan_change': 'immediate_difference'}")
                .is(200);
        customer.subscribe("{'plan': 'ultra', 'plan_effective': 'renewal', 'status': 'active'}")
                .is(200);
        customer.advance("2024-05-05T09:00:00Z").is(200);
        customer.subscribe("{'plan': 'pro', 'plan_effective': 'renewal', 'monthly_credits': 500, 'status': 'active'}")
                .is(200);
        run(customer, "held", "'hold': 40, 'project_id': 'p', 'workspace_id': 'w', 'test_id': 't'");
        debit(customer, "held", "{'credits': 15, 'action': 'tap', 'quantity': 1.5}");
        return customer;
    }

    /** Some are exceeded, some turn, and one is deleted. */
    private static void budgets(Customer customer) {
        String budgets = customer.path("/budgets/");
        Customer.put(budgets + "account/" + customer.id, "{'usage_limit': 1000000}")
                .is(201);
        Customer.put(budgets + "workspace/w", "{'usage_limit': 500, 'window': 'month'}")
                .is(201);
        Customer.put(budgets + "project/p", "{'usage_limit': 90, 'window': 'day', 'billing_email': 'p@example.com'}")
                .is(201);
        Customer.put(budgets + "project/q", "{}").is(201);
        customer.debit("91", ", 'project_id': 'p'").is(402);
        Customer.delete(budgets + "project/q").is(204);
    }

    private static void spend(Customer customer) {
        String body = "{'credits': 60, 'action': '/mave/chat', 'quantity': 1, 'workspace_id': 'w', 'project_id': 'p',"
                + " 'test_id': 't', 'run_id': 'label', 'metadata': {'branch': 'main', 'build': '7'}}";
        String debit =
                Customer.post(customer.path("/debits"), "debit", body).is(201).at("id");
        Customer.post(customer.path("/debits"), "debit", body).is(201);
        customer.reverse(debit, "{'credits': 20, 'reason': 'half a step'}").is(201);
        Customer.post(customer.path("/debits"), "free", "{'action': 'keyboard', 'metadata': {'m': '1'}}")
                .is(201);
        customer.debit("1500").is(201);
    }

    private static void runs(Customer customer) {
        run(
                customer,
                "above",
                "'hold': 100, 'test_id': 't', 'estimate': [{'action': 'POST:/personas', 'quantity': 1}]");
        run(customer, "below", "'parent_run_id': 'above', 'project_id': 'p', 'estimate': 5");
        run(customer, "lapsing", "'hold': 9, 'hold_expires_in': 'PT1M'");
        Customer.post(customer.path("/runs/lapsing/debits"), Customer.newKey(), "{'credits': 1000000}")
                .is(402);
        Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': 'blocked', 'estimate': 1000000}")
                .is(402);
        debit(customer, "below", "{'credits': 12, 'action': '/mave/chat'}");
        debit(customer, "above", "{'credits': 3, 'action': 'POST:/personas', 'quantity': 2}");
        Customer.post(customer.path("/runs/above/hold"), "extend", "{'credits': 20}")
                .is(200);
        finish(customer, "below", "success");
        finish(customer, "above", "failed");
    }

    private static void run(Customer customer, String runId, String more) {
        String body = "{'run_id': '" + runId + "', " + more + "}";
        Customer.post(customer.path("/runs"), "start-" + runId, body).is(201);
        Customer.post(customer.path("/runs"), "start-" + runId, body).is(201);
    }

    private static void debit(Customer customer, String runId, String body) {
        Customer.post(customer.path("/runs/" + runId + "/debits"), Customer.newKey(), body)
                .is(201);
    }

    private static void finish(Customer customer, String runId, String status) {
        Customer.post(customer.path("/runs/" + runId + "/finish"), "{'status': '" + status + "'}")
                .is(200);
    }

    private static void grant(Customer customer, String body) {
        Customer.post(customer.path("/grants"), Customer.newKey(), body).is(201);
    }

    /** By the real time, with a run that ended with it. */
    static Customer closed() {
        Customer customer = Customer.having("20");
        run(customer, "cut", "'hold': 4");
        debit(customer, "cut", "{'credits': 3, 'action': 'tap'}");
        customer.close("").is(200);
        return customer;
    }

    /** By the real time, with claims that took something, or nothing, and what settled them. */
    static Customer owing() {
        Customer customer = Customer.having("20");
        String bought = customer.topUp("50").is(201).at("id");
        customer.debit("60").is(201);
        Clawbacks.clawBack(customer, bought, "15");
        Clawbacks.clawBack(customer, bought, "5");
        customer.topUp("4").is(201);
        Clawbacks.reinstate(customer, bought, "8");
        Clawbacks.clawBack(customer, bought, "3");
        return customer;
    }

    /** By the real time, with checkouts that went every way. */
    static Customer buying() {
        Customer customer = Customer.create();
        checkout(customer);
        Provider.has(customer.id, checkout(customer), "p-1", Status.CONFIRMATION_NEEDED, "49", null);
        Provider.has(customer.id, checkout(customer), "p-2", Status.DECLINED, "49", null);
        Provider.has(customer.id, checkout(customer), "p-3", Status.CANCELED, "49", null);
        Provider.has(customer.id, checkout(customer), "p-4", Status.PAID, "48.99", null);
        String paid = checkout(customer);
        Provider.has(customer.id, paid, "p-5", Status.PAID, "49", null);
        Provider.has(customer.id, paid, "p-5", Status.PAID, "49", "49");
        Provider.has(customer.id, paid, "p-5", Status.PAID, "49", "24.50");
        Provider.has(customer.id, paid, "p-6", Status.PAID, "49", "1");
        return customer;
    }

    /** With a subscription that a payment provider's drives, by what is paid there. */
    static Customer followed() {
        Customer customer = Customer.create();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        PaidTime paid = new PaidTime(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
        Arc.container()
                .instance(Subscriptions.class)
                .get()
                .follow(
                        new SubscriptionDecision.Request(
                                customer.id,
                                "basic",
                                null,
                                SubscriptionStatus.ACTIVE,
                                null,
                                null,
                                null,
                                PlanChange.NEXT_RENEWAL,
                                null,
                                new ProviderSubscription("sub_" + UUID.randomUUID(), now, now, paid)),
                        new Cause(new Author(Author.Type.PROVIDER_EVENT, "evt_1", "stripe"), null))
                .toCompletableFuture()
                .join();
        return customer;
    }

    private static String checkout(Customer customer) {
        return Customer.post(customer.path("/checkouts"), Customer.newKey(), "{'pack': 'medium'}")
                .is(201)
                .at("checkout_id");
    }

    /** By the real time, with a recharge that nobody has paid yet. */
    static Customer recharging() {
        Customer customer = Customer.having("200");
        Customer.put(
                        customer.path("/auto-recharge"),
                        "{'enabled': true, 'threshold': 100, 'top_up_to': 400, 'limit_per_period': 1000, 'payment_method': 'card_ok'}")
                .is(200);
        customer.debit("150").is(201);
        return customer;
    }

    /** By the real time, brought over from another system; its subscription has ended since. */
    static Customer imported() {
        Customer customer = Customer.create();
        Customer.post(
                        "/v1/imports",
                        "{'accounts': [{'account_id': '" + customer.id
                                + "', 'balance': 1200.5, 'plan': 'pro', 'status': 'active',"
                                + " 'anchor': '2024-10-31T00:00:00Z', 'monthly_balance': 800}]}")
                .is(200);
        customer.debit("1", ", 'action': 'tap'").is(201);
        customer.subscribe("{'plan': 'pro', 'status': 'canceled'}").is(200);
        String waiting = "{'run_id': 'waiting', 'hold': 5, 'when_refused': 'queue'}";
        Customer.post(customer.path("/runs"), "wait", waiting).is(202);
        return customer;
    }
}
