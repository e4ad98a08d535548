package ai.mavster.credits.portal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class PortalSessionTest {

    @Test
    void aLinkOpensTheBillingPageOnce() {
        Customer customer = Customer.having("1234.5");
        String link = Owner.link(customer, "{}");

        Shown opened = Owner.open(link, "").is(303);

        assertThat(opened.location()).isEqualTo("/billing");
        Owner.open(link, "").is(410).shows("This link cannot be used any more");
    }

    @Test
    void anOwnerSeesTheirOwnAccount() {
        Customer customer = Customer.having("1234.5");

        Owner owner = Owner.of(customer);

        owner.get("/billing").is(200).shows("1,234.5", customer.id);
        owner.speaking("de-DE").get("/billing").is(200).shows("1.234,5");
    }

    @Test
    void signingOutEndsTheSession() {
        Owner owner = Owner.of(Customer.having("10"));

        owner.post("/billing/sign-out").is(303);

        owner.get("/billing").is(401).shows("Please sign in");
    }
}
