package ai.mavster.credits.http.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract at the project's root is what the code serves. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ContractTest {

    private static final Path FILE = Path.of("openapi.yaml");

    @Test
    void theFileIsWhatTheServiceServes() throws IOException {
        String served = given().accept("application/yaml")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        if (Boolean.getBoolean("contract.write")) {
            Files.writeString(FILE, served);
        }
        assertThat(Files.readString(FILE))
                .as("openapi.yaml; to write it anew: ./mvnw test -Dtest=ContractTest -Dcontract.write=true")
                .isEqualTo(served);
    }
}
