package ai.mavster.credits.event.delivery;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import io.restassured.RestAssured;

/** A webhook endpoint of a story, and what the admin's key asks of it over HTTP. */
record Endpoint(String id, String secret) {

    /** Of a customer's events; {@code more} is further fields: {@code ", 'types': ['top_up.posted']"}. */
    static Endpoint of(Customer customer, Receiver receiver, String more) {
        Reply created = Customer.post(
                        "/v1/webhook-endpoints",
                        "{'url': '" + receiver.url() + "', 'account_id': '" + customer.id + "'" + more + "}")
                .is(201);
        return new Endpoint(created.at("id"), created.at("secret"));
    }

    String path(String rest) {
        return "/v1/webhook-endpoints/" + id + rest;
    }

    Reply read() {
        return Customer.get(path("")).is(200);
    }

    Reply deliveries(String query) {
        return Customer.get(path("/deliveries" + query)).is(200);
    }

    /** The status. */
    int delete() {
        return RestAssured.given()
                .header("Authorization", "Bearer " + Customer.ADMIN)
                .delete(path(""))
                .statusCode();
    }
}
