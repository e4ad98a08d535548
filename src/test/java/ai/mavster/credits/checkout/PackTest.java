package ai.mavster.credits.checkout;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Packs, and what they were. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PackTest {

    private final String pack = "pack-" + UUID.randomUUID();

    @Test
    void threeAreShipped() {
        assertThat(Customer.get("/v1/packs?limit=1000").rows("data", "id", "credits", "active"))
                .contains("small 1000 true", "medium 6000 true", "large 25000 true");
        for (String id : List.of("small", "medium", "large")) {
            assertThat(Customer.get("/v1/packs/" + id + "/versions").rows("data", "version", "author/id"))
                    .containsExactly("1 shipped");
        }
        assertThat(Customer.get("/v1/packs/medium").is(200).all("price/value", "price/currency"))
                .isEqualTo("49 EUR");
    }

    @Test
    void eachChangeIsKeptWithWhoAndWhy() {
        put("'name': 'Hundred', 'credits': 100, 'price': {'value': 2, 'currency': 'EUR'}, 'reason': 'New'")
                .is(201);
        put("'name': 'Hundred', 'credits': 100, 'price': {'value': 2.00, 'currency': 'EUR'}, 'reason': 'Again'")
                .is(200);
        Reply changed =
                put("'name': 'Hundred', 'credits': 100, 'price': {'value': 2, 'currency': 'USD'}, 'active': false")
                        .is(200);

        assertThat(changed.all("id", "version", "price/currency", "active")).isEqualTo(pack + " 2 USD false");
        assertThat(Customer.get(path("/versions"))
                        .rows("data", "version", "price/currency", "active", "reason", "author/name"))
                .containsExactly("2 USD false null first admin key", "1 EUR true New first admin key");
    }

    @Test
    void thoseThatCanBeBoughtAreListedAlone() {
        put("'name': 'Gone', 'credits': 100, 'price': {'value': 2, 'currency': 'EUR'}, 'active': false")
                .is(201);

        assertThat(Customer.get("/v1/packs?limit=1000").rows("data", "id")).contains(pack, "small");
        assertThat(Customer.get("/v1/packs?limit=1000&active=true").rows("data", "id"))
                .contains("small")
                .doesNotContain(pack);
        Customer.get("/v1/packs/no-such-pack").is(404, "pack_not_found");
        Customer.get("/v1/packs/no-such-pack/versions").is(404, "pack_not_found");
    }

    private Reply put(String fields) {
        return Customer.put(path(""), "{" + fields + "}");
    }

    private String path(String rest) {
        return "/v1/packs/" + pack + rest;
    }
}
