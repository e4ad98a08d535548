package ai.mavster.credits.budget;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;

/** What the admin's key asks of budgets over HTTP. */
final class BudgetCalls {

    private BudgetCalls() {}

    /** A new account with so many credits, of which none were spent. */
    static Customer unspent(String balance) {
        Customer customer = Customer.on("basic");
        customer.topUp(balance).is(201);
        customer.adjust("-3000").is(201);
        return customer;
    }

    private static String path(Customer customer, String scope, String scopeId) {
        return customer.path("/budgets/" + scope + "/" + scopeId.replace("/", "%2F"));
    }

    static Reply put(Customer customer, String scope, String scopeId, String body) {
        return Customer.put(path(customer, scope, scopeId), "{" + body + "}");
    }

    static Reply ofProject(Customer customer, String project, String body) {
        return put(customer, "project", project, body);
    }

    static Reply ofWorkspace(Customer customer, String workspace, String body) {
        return put(customer, "workspace", workspace, body);
    }

    static Reply ofAccount(Customer customer, String body) {
        return put(customer, "account", customer.id, body);
    }

    static Reply get(Customer customer, String scope, String scopeId) {
        return Customer.get(path(customer, scope, scopeId));
    }

    static Reply delete(Customer customer, String scope, String scopeId) {
        return Customer.delete(path(customer, scope, scopeId));
    }

    /** What of it is used, held and left. */
    static String figures(Customer customer, String scope, String scopeId) {
        return get(customer, scope, scopeId).is(200).all("used", "held", "remaining");
    }

    static String in(String project) {
        return ", 'project_id': '" + project + "'";
    }

    static Reply start(Customer customer, String runId, String more) {
        return Customer.post(customer.path("/runs"), Customer.newKey(), "{'run_id': '" + runId + "'" + more + "}");
    }

    static Reply debit(Customer customer, String runId, String credits) {
        return debit(customer, runId, credits, "");
    }

    static Reply debit(Customer customer, String runId, String credits, String more) {
        return Customer.post(
                customer.path("/runs/" + runId + "/debits"), Customer.newKey(), "{'credits': " + credits + more + "}");
    }

    static Reply extend(Customer customer, String runId, String credits) {
        return Customer.post(
                customer.path("/runs/" + runId + "/hold"), Customer.newKey(), "{'credits': " + credits + "}");
    }

    static Reply finish(Customer customer, String runId) {
        return Customer.post(customer.path("/runs/" + runId + "/finish"), "{'status': 'success'}");
    }
}
