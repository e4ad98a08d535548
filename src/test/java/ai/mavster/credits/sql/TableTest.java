package ai.mavster.credits.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Credits;
import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a table's declaration does the same on PostgreSQL in every form in which rows and keys are sent. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TableTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.000001Z");

    /** One of each type of column. */
    private record Sample(
            String accountId,
            UUID id,
            @Nullable String name,
            long count,
            @Nullable Credits credits,
            @Nullable BigDecimal quantity,
            @Nullable Instant at,
            byte @Nullable [] digest,
            boolean open) {

        static Sample of(String accountId, int id, String name, long count, boolean withNulls) {
            return new Sample(
                    accountId,
                    new UUID(0, id),
                    withNulls ? null : name,
                    count,
                    withNulls ? null : new Credits(Long.MAX_VALUE - id),
                    withNulls ? null : new BigDecimal("123456789.123456"),
                    withNulls ? null : NOON,
                    withNulls ? null : new byte[] {0, -1, (byte) id},
                    id % 2 == 0);
        }

        @Override
        public String toString() {
            return "%s %d %s %d %s %s %s %s %s"
                    .formatted(
                            accountId,
                            id.getLeastSignificantBits(),
                            name,
                            count,
                            credits == null ? null : credits.millionths(),
                            quantity,
                            at,
                            digest == null ? null : List.of(digest[0], digest[1], digest[2]),
                            open);
        }
    }

    private static final Table<Sample> TABLE = Table.<Sample>named("sample")
            .key(Column.text("account_id", Sample::accountId))
            .key(Column.uuid("id", Sample::id))
            .changing(Column.text("name", Sample::name))
            .adding(Column.bigint("count", Sample::count))
            .column(Column.credits("credits", Sample::credits))
            .column(Column.numeric("quantity", Sample::quantity))
            .column(Column.instant("at", Sample::at))
            .column(Column.bytes("digest", Sample::digest))
            .column(Column.bool("open", Sample::open))
            .declared();

    private static final Lookup<Sample> BY_KEY = Lookup.by(
            List.of(Column.text("account_id", Sample::accountId), Column.uuid("id", Sample::id)),
            keys -> "SELECT %s FROM %s JOIN sample s ON s.account_id = %s AND s.id = k.id ORDER BY s.account_id, s.id"
                    .formatted(TABLE.select("s"), keys.rows(), keys.account()));

    private static final Lookup<String> BY_ACCOUNT = Lookup.by(
            List.of(Column.text("account_id")),
            keys -> "SELECT %s FROM sample s WHERE s.account_id %s ORDER BY s.account_id, s.id"
                    .formatted(TABLE.select("s"), keys.only()));

    @Inject
    AgroalDataSource database;

    private Connection connection;

    @BeforeEach
    void makeTable() throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TEMPORARY TABLE sample (
                        account_id text, id uuid, name text, count bigint, credits bigint, quantity numeric(16, 6), at timestamptz,
                        digest bytea, open boolean, PRIMARY KEY (account_id, id)) ON COMMIT DROP""");
        }
    }

    @AfterEach
    void dropTable() throws SQLException {
        connection.rollback();
        connection.close();
    }

    private enum Scope {
        ANY_ACCOUNTS,
        ONE_ACCOUNT;

        RoundTrip roundTrip() {
            return this == ANY_ACCOUNTS ? RoundTrip.ofAnyAccounts() : RoundTrip.ofOneAccount("a");
        }
    }

    private void write(Scope scope, List<Sample> rows, Writing writing) throws SQLException {
        RoundTrip writes = scope.roundTrip();
        writing.accept(writes, rows);
        writes.run(connection);
    }

    private interface Writing extends BiConsumer<RoundTrip, List<Sample>> {}

    private static List<Sample> rows(int count, String name) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(id -> Sample.of("a", id, name, id, id % 3 == 0))
                .toList();
    }

    private static List<String> texts(List<Sample> rows) {
        return rows.stream().map(Sample::toString).toList();
    }

    private List<String> found(Scope scope, List<Sample> keys) throws SQLException {
        RoundTrip reads = scope.roundTrip();
        List<String> found = new ArrayList<>();
        BY_KEY.in(reads, keys, row -> found.add(read(row)));
        reads.run(connection);
        return found;
    }

    private static String read(Row row) throws SQLException {
        return new Sample(
                        row.text(),
                        row.uuid(),
                        row.textOrNull(),
                        row.bigint(),
                        row.creditsOrNull(),
                        row.numericOrNull(),
                        row.instantOrNull(),
                        row.bytesOrNull(),
                        row.bool())
                .toString();
    }

    @ParameterizedTest
    @CsvSource({
        "ANY_ACCOUNTS, 0",
        "ANY_ACCOUNTS, 1",
        "ANY_ACCOUNTS, 2",
        "ANY_ACCOUNTS, 3",
        "ANY_ACCOUNTS, 500",
        "ONE_ACCOUNT, 0",
        "ONE_ACCOUNT, 1",
        "ONE_ACCOUNT, 2",
        "ONE_ACCOUNT, 3",
        "ONE_ACCOUNT, 7",
        "ONE_ACCOUNT, 500"
    })
    void whatIsInsertedIsFound(Scope scope, int count) throws SQLException {
        List<Sample> rows = rows(count, "new");
        write(scope, rows, TABLE::insert);
        assertThat(found(scope, rows)).isEqualTo(texts(rows));
        assertThat(found(scope, List.of(Sample.of("a", 1_000, "", 0, false)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ANY_ACCOUNTS, 1", "ANY_ACCOUNTS, 2", "ANY_ACCOUNTS, 5", "ONE_ACCOUNT, 1", "ONE_ACCOUNT, 5"})
    void anUpsertReplacesAddsAndLeavesTheRest(Scope scope, int count) throws SQLException {
        write(scope, rows(3, "old"), TABLE::insert);
        List<Sample> changed = IntStream.rangeClosed(1, count)
                .mapToObj(id -> Sample.of("a", id, "changed", 100, false))
                .toList();
        write(scope, changed, TABLE::upsert);
        List<String> expected = new ArrayList<>();
        for (int id = 1; id <= Math.max(3, count); id++) {
            boolean old = id <= 3;
            Sample base = Sample.of("a", id, "", 0, old && id % 3 == 0);
            expected.add(new Sample(
                            "a",
                            base.id(),
                            id <= count ? "changed" : base.name() == null ? null : "old",
                            (old ? id : 0) + (id <= count ? 100 : 0),
                            base.credits(),
                            base.quantity(),
                            base.at(),
                            base.digest(),
                            base.open())
                    .toString());
        }
        assertThat(found(scope, rows(10, ""))).isEqualTo(expected);
    }

    /** Of a row by itself only what is replaced. */
    @ParameterizedTest
    @EnumSource(Scope.class)
    void anUpdateGoesByTheKey(Scope scope) throws SQLException {
        write(scope, rows(2, "old"), TABLE::insert);
        write(scope, List.of(Sample.of("a", 2, "changed", 100, false)), TABLE::update);
        assertThat(found(scope, rows(2, "")))
                .isEqualTo(texts(List.of(Sample.of("a", 1, "old", 1, false), Sample.of("a", 2, "changed", 2, false))));
    }

    @ParameterizedTest
    @CsvSource({"ANY_ACCOUNTS, 2", "ANY_ACCOUNTS, 5", "ONE_ACCOUNT, 1", "ONE_ACCOUNT, 5"})
    void whatIsThereAlreadyIsLeftAlone(Scope scope, int count) throws SQLException {
        write(scope, rows(1, "old"), TABLE::insert);
        write(scope, rows(count, "new"), TABLE::insertMissing);
        List<String> expected = texts(rows(count, "new"));
        List<String> found = found(scope, rows(count, ""));
        assertThat(found.get(0)).isEqualTo(rows(1, "old").get(0).toString());
        assertThat(found.subList(1, found.size())).isEqualTo(expected.subList(1, expected.size()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void aRowThatIsNotThereFailsTheUpdate(int id) {
        assertThatThrownBy(() ->
                        write(Scope.ANY_ACCOUNTS, List.of(Sample.of("a", id, "changed", 0, false)), TABLE::update))
                .hasMessageContaining("0 rows were written instead of 1");
    }

    @Test
    void accountsAreFoundByThemselvesOrTogether() throws SQLException {
        write(
                Scope.ANY_ACCOUNTS,
                List.of(
                        Sample.of("a", 1, "x", 1, false),
                        Sample.of("b", 2, "y", 2, false),
                        Sample.of("c'; DROP TABLE sample; --", 3, "z", 3, false)),
                TABLE::insert);
        for (List<String> accounts :
                List.of(List.of("b"), List.of("a", "b"), List.of("a", "c'; DROP TABLE sample; --"), List.of("none"))) {
            RoundTrip reads = RoundTrip.ofAnyAccounts();
            List<String> found = new ArrayList<>();
            BY_ACCOUNT.in(reads, accounts, row -> found.add(row.text()));
            reads.run(connection);
            assertThat(found).isEqualTo(accounts.contains("none") ? List.of() : accounts);
        }
        RoundTrip reads = RoundTrip.ofOneAccount("b");
        List<String> found = new ArrayList<>();
        BY_ACCOUNT.in(reads, List.of("b"), row -> found.add(row.text()));
        reads.run(connection);
        assertThat(found).containsExactly("b");
    }

    /** They run one after another: the second sees what the first did. */
    @Test
    void severalStatementsGoOutTogether() throws SQLException {
        RoundTrip all = RoundTrip.ofAnyAccounts();
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        BY_ACCOUNT.in(all, List.of("a"), row -> before.add(row.text()));
        TABLE.insert(all, rows(3, "new"));
        BY_ACCOUNT.in(all, List.of("a"), row -> after.add(row.text()));
        all.run(connection);
        assertThat(before).isEmpty();
        assertThat(after).hasSize(3);
    }
}
