package ai.mavster.credits.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

    @Test
    void anEmptyDatabaseIsEmptyEachTime() throws Exception {
        for (int round = 0; round < 2; round++) {
            DatabaseAddress database = TestDatabase.empty("test_database_test");
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table something (id int)");
                try (ResultSet row = statement.executeQuery("select current_database()")) {
                    row.next();
                    assertThat(row.getString(1)).isEqualTo("test_database_test");
                }
            }
        }
    }
}
