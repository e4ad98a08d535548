package ai.mavster.credits.sql;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are taken out of every row of an account, wherever a part ends, and each row's checksum is right after it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RedactionTest {

    /** Two parts of the key behind the account; one text to be emptied, one that stays, and one without a checksum. */
    private record Remark(
            String accountId,
            String thing,
            long number,
            @Nullable String remark,
            String other,
            boolean checked) {}

    private static final Table<Remark> TABLE = Table.<Remark>named("remark")
            .key(Column.text("account_id", Remark::accountId))
            .key(Column.text("thing", Remark::thing))
            .key(Column.bigint("number", Remark::number))
            .changing(Column.text("remark", Remark::remark))
            .column(Column.text("other", Remark::other))
            .column(Column.bool("checked", Remark::checked))
            .withChecksum(Remark::checked);

    @Inject
    AgroalDataSource database;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 2000})
    void everyRowOfTheAccountIsEmptied(int part) throws SQLException {
        inTable(connection -> {
            Redaction.Pass<Remark> pass = Redaction.of(TABLE, Collections.singletonMap("remark", null), part)
                    .begin("mine");
            int passes = 1;
            while (pass.next(connection)) {
                passes++;
            }

            assertThat(passes).isLessThanOrEqualTo(7 / part + 2);
            assertThat(rows(connection, "mine"))
                    .containsExactly(
                            "a 1 null", "a 2 null", "a 3 null", "b 1 null", "b 2 unchecked", "c 1 null", "c 9 null");
            assertThat(rows(connection, "others")).containsExactly("a 1 secret");
            assertThat(wrong(connection)).isEmpty();
        });
    }

    @Test
    void whatIsPutInsteadIsUnderTheChecksumToo() throws SQLException {
        inTable(connection -> {
            Redaction.Pass<Remark> pass = Redaction.of(TABLE, Collections.singletonMap("remark", "gone"))
                    .begin("mine");
            while (pass.next(connection)) {
                assertThat(wrong(connection)).isEmpty();
            }

            assertThat(rows(connection, "mine")).contains("a 1 gone", "c 1 gone");
            assertThat(wrong(connection)).isEmpty();
        });
    }

    private interface OnConnection {
        void run(Connection connection) throws SQLException;
    }

    private void inTable(OnConnection test) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("""
                        CREATE TABLE remark (account_id text, thing text, number bigint, remark text, other text, checked boolean,
                                             checksum bigint, PRIMARY KEY (account_id, thing, number))""");
            }
            RoundTrip writes = RoundTrip.ofAnyAccounts();
            TABLE.insert(
                    writes,
                    List.of(
                            new Remark("mine", "a", 1, "secret", "o", true),
                            new Remark("mine", "a", 2, null, "o", true),
                            new Remark("mine", "a", 3, "secret", "o", true),
                            new Remark("mine", "b", 1, "secret", "o", true),
                            new Remark("mine", "b", 2, "unchecked", "o", false),
                            new Remark("mine", "c", 1, "secret", "o", true),
                            new Remark("mine", "c", 9, "secret", "o", true),
                            new Remark("others", "a", 1, "secret", "o", true)));
            writes.run(connection);
            try {
                test.run(connection);
            } finally {
                connection.rollback();
            }
        }
    }

    private static List<String> rows(Connection connection, String accountId) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("SELECT thing, number, remark FROM remark WHERE account_id = '"
                    + accountId + "' ORDER BY thing, number");
            while (row.next()) {
                rows.add(row.getString(1) + " " + row.getLong(2) + " " + row.getString(3));
            }
        }
        return rows;
    }

    private static List<String> wrong(Connection connection) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (var statement = connection.prepareStatement(TABLE.rowsWithChecksums() + " AND t.checked")) {
            statement.setString(1, "mine");
            Row row = new Row(statement.executeQuery());
            while (row.next()) {
                String key = TABLE.wrongChecksum(row);
                if (key != null) {
                    wrong.add(key);
                }
            }
        }
        return wrong;
    }
}
