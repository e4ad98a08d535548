package ai.mavster.credits.embedded;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class TestDatabaseInQuarkusTest {

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @Test
    void theApplicationUsesTheServerThatAllTestsShare() {
        assertThat(url).isEqualTo(TestDatabase.shared().url());
        assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
    }
}
