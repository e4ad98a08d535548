package ai.mavster.credits.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.lessThan;

import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged service with a role that owns nothing, on tables that another role has made. */
class LeastPrivilegeIT {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String OWNER = "ledger_owner";
    private static final String SERVICE = "ledger_service";
    private static final String PASSWORD = "only-for-tests";

    @BeforeAll
    static void twoRoles() throws SQLException {
        for (String role : List.of(OWNER, SERVICE)) {
            execute(
                    TestDatabase.administration(),
                    "do $$ begin if not exists (select from pg_roles where rolname = '%s') then create role %s login password '%s'; end if; end $$"
                            .formatted(role, role, PASSWORD));
        }
    }

    /** Empty, and set up as src/docs/deployment.md says. */
    private static DatabaseAddress database(String name) throws SQLException {
        DatabaseAddress database = TestDatabase.empty(name);
        for (String statement : List.of(
                "alter database %s owner to " + OWNER,
                "revoke all on database %s from public",
                "grant connect on database %s to " + SERVICE)) {
            execute(TestDatabase.administration(), statement.formatted(name));
        }
        return new DatabaseAddress(database.url(), SERVICE, PASSWORD);
    }

    private static Map<String, String> environment(DatabaseAddress database, String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CREDITS_DB_URL", database.url(),
                "CREDITS_DB_USER", database.user(),
                "CREDITS_DB_PASSWORD", database.password()));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    private static Map<String, String> withOwner(DatabaseAddress database) {
        return environment(database, "CREDITS_DB_OWNER", OWNER, "CREDITS_DB_OWNER_PASSWORD", PASSWORD);
    }

    @Test
    void theOwnerMigratesAsTheServiceStartsAndTheServiceCannotTouchWhatIsWritten() throws Exception {
        DatabaseAddress database = database("least_privilege");
        try (ServiceProcess service = ServiceProcess.start(withOwner(database))) {
            useAll(service);
            assertThat(service.log()).doesNotContain("permission denied", "ERROR");
        }
        List<String> refused = new ArrayList<>();
        for (String table :
                List.of("entry", "posting", "rate", "plan_version", "pack_version", "credit_price", "alert")) {
            refused.add("update " + table + " set account_id = account_id".replace("account_id", key(table)));
            refused.add("delete from " + table);
        }
        for (String table : tables(database)) {
            refused.addAll(List.of(
                    "truncate " + table + " cascade",
                    "alter table " + table + " add column planted integer",
                    "drop table " + table + " cascade"));
        }
        refused.addAll(List.of(
                "update idempotency_key set fingerprint = fingerprint",
                "delete from idempotency_key",
                "update posting_text set note = note",
                "delete from subscription_change",
                "insert into flyway_schema_history select * from flyway_schema_history",
                "create table planted (id integer)",
                "set role " + OWNER));

        assertThat(refused)
                .allSatisfy(statement -> assertThat(state(database, statement)).isEqualTo(INSUFFICIENT_PRIVILEGE));
        assertThat(counted(database, "select count(*) from entry")).isPositive();
    }

    @Test
    void aStepOfItsOwnMigratesAndTheServiceNeverHasTheOwnersPassword() throws Exception {
        DatabaseAddress database = database("migrated_before");
        Map<String, String> environment = environment(database, "CREDITS_DB_MIGRATE", "false");
        try (ServiceProcess early = ServiceProcess.launch(environment)) {
            assertThat(early.awaitExit()).isEqualTo(2);
            assertThat(early.log()).contains("run its migrate command first").doesNotContain("\tat ");
        }
        assertThat(migrate(withOwner(database))).contains("Migrated as " + OWNER);
        assertThat(migrate(withOwner(database))).contains("0 migrations were due");
        try (ServiceProcess service = ServiceProcess.start(environment)) {
            given(service).get("/v1/plans").then().statusCode(200);
        }
    }

    @Test
    void aDatabaseThatHasRunWithOneRoleIsGivenToAnother() throws Exception {
        DatabaseAddress database = database("one_role_before");
        DatabaseAddress administration = TestDatabase.administration();
        execute(administration, "alter database one_role_before owner to " + SERVICE);
        assertThat(migrate(environment(database))).contains("Migrated as " + SERVICE);
        assertThat(state(database, "update entry set credits = credits")).startsWith("done");

        execute(administration, "alter database one_role_before owner to " + OWNER);
        execute(
                new DatabaseAddress(database.url(), administration.user(), administration.password()),
                "reassign owned by %s to %s".formatted(SERVICE, OWNER));
        migrate(withOwner(database));

        assertThat(state(database, "update entry set credits = credits")).isEqualTo(INSUFFICIENT_PRIVILEGE);
        assertThat(state(database, "update account_balance set held = held")).startsWith("done");
    }

    private static String migrate(Map<String, String> environment) {
        try (ServiceProcess step = ServiceProcess.launch(environment, "migrate")) {
            assertThat(step.awaitExit()).as(step.log()).isZero();
            return step.log();
        }
    }

    /** Something of most features, the erasure among them, which changes what the ledger's tables keep beside the entries. */
    private static void useAll(ServiceProcess service) {
        put(service, "accounts/a", "{\"name\": \"Example\", \"metadata\": {\"team\": \"x\"}}");
        put(service, "accounts/a/subscription", "{\"plan\": \"basic\", \"status\": \"active\", \"reason\": \"new\"}");
        put(service, "accounts/a/budgets/project/p", "{\"usage_limit\": 100}");
        post(service, "accounts/a/top-ups", "{\"credits\": 10, \"note\": \"a text\"}");
        String debit = post(service, "accounts/a/debits", "{\"credits\": 60, \"project_id\": \"p\"}");
        post(service, "accounts/a/debits/" + debit + "/reversals", "{\"credits\": 1, \"reason\": \"a text\"}");
        post(service, "accounts/a/runs", "{\"run_id\": \"r\", \"hold\": 5, \"metadata\": {\"team\": \"x\"}}");
        post(service, "accounts/a/runs/r/debits", "{\"credits\": 2}");
        post(service, "accounts/a/runs/r/finish", "{\"status\": \"success\"}");
        put(service, "plans/basic", "{\"name\": \"Basic\", \"monthly_credits\": 3000, \"reason\": \"a text\"}");
        put(
                service,
                "packs/small",
                "{\"name\": \"Small\", \"credits\": 900, \"price\": {\"value\": 9, \"currency\": \"EUR\"}}");
        post(service, "renewals", "{}");
        given(service).delete("/v1/accounts/a").then().statusCode(200);
        post(service, "accounts/a/erasure", "{}");
        assertThat(given(service).get("/v1/accounts/a/proof").path("balanced").toString())
                .isEqualTo("true");
    }

    private static void put(ServiceProcess service, String path, String body) {
        given(service).body(body).put("/v1/" + path).then().statusCode(lessThan(300));
    }

    /** The id of what was made. */
    private static String post(ServiceProcess service, String path, String body) {
        return given(service)
                .header("Idempotency-Key", path)
                .body(body)
                .post("/v1/" + path)
                .then()
                .statusCode(lessThan(300))
                .extract()
                .path("id");
    }

    private static RequestSpecification given(ServiceProcess service) {
        return io.restassured.RestAssured.given()
                .baseUri(service.url().toString())
                .header("Authorization", "Bearer " + ServiceProcess.ADMIN_KEY)
                .contentType("application/json");
    }

    /** Some column of it. */
    private static String key(String table) {
        return switch (table) {
            case "rate" -> "action";
            case "plan_version" -> "plan_id";
            case "pack_version" -> "pack_id";
            case "credit_price" -> "effective_from";
            default -> "account_id";
        };
    }

    private static Set<String> tables(DatabaseAddress database) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (Connection connection = database.connect();
                ResultSet rows = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        assertThat(tables).contains("entry", "posting", "account", "flyway_schema_history");
        return tables;
    }

    private static String state(DatabaseAddress database, String statement) {
        SQLException refusal = catchThrowableOfType(SQLException.class, () -> execute(database, statement));
        return refusal == null ? "done: " + statement : refusal.getSQLState();
    }

    private static void execute(DatabaseAddress database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long counted(DatabaseAddress database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
