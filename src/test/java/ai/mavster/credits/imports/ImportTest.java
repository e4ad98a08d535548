package ai.mavster.credits.imports;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.MovableClock;
import ai.mavster.credits.Reply;
import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts that come over from another system, by the endpoint and by the command. It is 20 January 2027. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ImportTest {

    private final String id = "import-" + UUID.randomUUID();

    @TempDir
    Path directory;

    @Inject
    MovableClock clock;

    @BeforeEach
    void stopTheClock() {
        clock.stopAt(Instant.parse("2027-01-20T00:00:00Z"));
    }

    @AfterEach
    void setClockRight() {
        clock.reset();
    }

    private static Reply bringOver(boolean dryRun, String accounts) {
        return Customer.post("/v1/imports", "{'dry_run': " + dryRun + ", 'accounts': [" + accounts + "]}")
                .is(200);
    }

    private String pro(String more) {
        return "{'account_id': '%s', 'name': 'A', 'time_zone': 'Europe/Berlin', 'balance': 1200.5, 'plan': 'pro', 'status': 'active', 'anchor': '2026-10-31T00:00:00Z', 'monthly_balance': 800%s}"
                .formatted(id, more);
    }

    private static Reply balance(String accountId) {
        return Customer.get("/v1/accounts/" + accountId + "/balance").is(200);
    }

    private static String missing(String accountId) {
        return Integer.toString(
                Customer.get("/v1/accounts/" + accountId + "/balance").status());
    }

    @Test
    void itIsCheckedThenBroughtOverOnce() {
        assertThat(bringOver(true, pro("")).all("dry_run", "imported", "unchanged", "refused"))
                .isEqualTo("true 1 0 0");
        assertThat(missing(id)).isEqualTo("404");

        assertThat(bringOver(false, pro("")).all("imported", "unchanged", "refused", "results/0/outcome"))
                .isEqualTo("1 0 0 imported");

        assertThat(balance(id).all("balance", "spendable", "plan", "subscription_status", "cap"))
                .isEqualTo("2000.5 2000.5 pro active 30000");
        assertThat(Customer.get("/v1/accounts/" + id + "/grants").rows("data", "kind", "credits"))
                .containsExactlyInAnyOrder("monthly 800", "adjustment 1200.5");
        assertThat(Customer.get("/v1/accounts/" + id + "/subscription/changes")
                        .rows("data", "kind", "granted", "reason"))
                .containsExactly("imported 800 Brought over from another system");
        for (boolean dryRun : new boolean[] {true, false}) {
            assertThat(bringOver(dryRun, pro("")).all("imported", "unchanged", "refused"))
                    .isEqualTo("0 1 0");
        }
        assertThat(balance(id).at("balance")).isEqualTo("2000.5");
    }

    /** The current month was granted by the other system, the next is granted here. */
    @Test
    void theNextMonthIsGrantedHere() {
        bringOver(false, pro(""));
        assertThat(balance(id).all("next_grant/at", "next_grant/amount")).isEqualTo("2027-01-31T00:00:00Z 20000");
        assertThat(Customer.get("/v1/accounts/" + id + "/renewals").rows("data", "index"))
                .isEmpty();

        clock.stopAt(Instant.parse("2027-01-31T00:00:00Z"));
        Customer.renew("2027-01-31T00:00:00Z");

        assertThat(balance(id).at("balance")).isEqualTo("22000.5");
    }

    @Test
    void whoSendsItTwiceAtOnceHasItOnce() {
        IntStream.range(0, 8).parallel().forEach(i -> bringOver(false, pro("")));

        assertThat(balance(id).at("balance")).isEqualTo("2000.5");
        assertThat(Customer.get("/v1/accounts/" + id + "/entries").rows("data", "credits"))
                .hasSize(2);
        assertThat(Customer.get("/v1/accounts/" + id + "/proof").all("balanced", "chain_intact"))
                .isEqualTo("true true");
    }

    /** Nothing is left there: the account and its subscription come over all the same, and no grant is made. */
    @Test
    void aBalanceOfNothingIsFine() {
        String nothing = pro("").replace("1200.5", "0").replace("800", "0");
        for (boolean dryRun : new boolean[] {true, false}) {
            assertThat(bringOver(dryRun, nothing).all("imported", "refused")).isEqualTo("1 0");
        }

        assertThat(bringOver(false, nothing).all("imported", "unchanged", "refused"))
                .isEqualTo("0 1 0");
        assertThat(balance(id).all("balance", "plan", "subscription_status", "next_grant/amount"))
                .isEqualTo("0 pro active 20000");
        assertThat(Customer.get("/v1/accounts/" + id + "/entries").rows("data", "credits"))
                .isEmpty();
        assertThat(bringOver(false, "{'account_id': '" + id + "-bare', 'balance': 0.000000}")
                        .all("imported", "refused"))
                .isEqualTo("1 0");
        assertThat(balance(id + "-bare").all("balance", "subscription_status")).isEqualTo("0 null");
    }

    @Test
    void aSubscriptionThatIsThereStays() {
        Customer customer = Customer.on("basic");

        Reply report = bringOver(
                false,
                "{'account_id': '%s', 'balance': 5, 'plan': 'pro', 'status': 'active', 'anchor': '2026-10-31T00:00:00Z', 'monthly_balance': 7}"
                        .formatted(customer.id));

        assertThat(report.all("imported", "results/0/note"))
                .isEqualTo("1 It has a subscription already, which stays as it is.");
        assertThat(customer.balance().all("plan", "balance")).isEqualTo("basic 3005");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'account_id': '#', 'balance': -1}                                                                              | balance
            {'account_id': '#', 'balance': 1000000000.000001}                                                               | balance
            {'account_id': '#', 'plan': 'pro', 'status': 'active', 'anchor': '2026-10-31T00:00:00Z', 'monthly_balance': -1} | monthly_balance
            {'account_id': '#', 'balance': '5'}                                                                             | balance
            {'account_id': '#', 'time_zone': 'Mars/Olympus'}                                                                | time_zone
            {'account_id': '#', 'billing_email': 'nobody'}                                                                  | billing_email
            {'account_id': '#', 'credits': 5}                                                                               | credits
            {'account_id': '#', 'plan': 'gold', 'status': 'active', 'anchor': '2026-01-01T00:00:00Z'}                       | plan
            {'account_id': '#', 'status': 'active'}                                                                         | plan
            {'account_id': '#', 'monthly_balance': 5}                                                                       | plan
            {'account_id': '#', 'plan': 'pro', 'anchor': '2026-01-01T00:00:00Z'}                                            | status
            {'account_id': '#', 'plan': 'pro', 'status': 'active'}                                                          | anchor
            {'account_id': '#', 'plan': 'pro', 'status': 'active', 'anchor': '2027-01-20T00:00:01Z'}                        | anchor
            {'account_id': '#', 'plan': 'pro', 'status': 'active', 'anchor': '1999-12-31T23:59:59Z'}                        | anchor
            {'account_id': 'no spaces'}                                                                                     | account_id
            """)
    void whatIsWrongIsNamedAndHoldsUpNoOther(String account, String field) {
        for (boolean dryRun : new boolean[] {true, false}) {
            Reply report =
                    bringOver(dryRun, account.replace("#", id) + ", {'account_id': '" + id + "-other', 'balance': 3}");

            assertThat(report.all("imported", "refused", "results/0/outcome", "results/0/problem/errors/0/field"))
                    .isEqualTo("1 1 refused " + field);
        }
        assertThat(missing(id)).isEqualTo("404");
        assertThat(balance(id + "-other").at("balance")).isEqualTo("3");
    }

    @Test
    void anotherBalanceThanBeforeIsRefused() {
        bringOver(false, "{'account_id': '" + id + "', 'balance': 5}");

        Reply report = bringOver(false, "{'account_id': '" + id + "', 'balance': 6}");

        assertThat(report.all("refused", "results/0/problem/errors/0/field")).isEqualTo("1 balance");
        assertThat(balance(id).at("balance")).isEqualTo("5");
    }

    // The command
    // ----------------------------------------------------------------------------------------------------------------

    private record Ended(int code, String said) {}

    private Ended command(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, String> environment =
                Map.of("CREDITS_URL", "http://localhost:" + RestAssured.port, "CREDITS_ADMIN_KEY", Customer.ADMIN);
        int code = ImportCommand.run(environment, new PrintStream(bytes, true, StandardCharsets.UTF_8), arguments);
        return new Ended(code, bytes.toString(StandardCharsets.UTF_8));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content.replace("#", id))
                .toString();
    }

    @Test
    void aCsvFileGoesOver() throws IOException {
        String file = file("accounts.csv", """
                account_id,name,balance,plan,status,anchor,cancel_at_period_end,monthly_balance
                #-1,"Müller, ""Söhne""\",10.5,,,,,
                #-2,,0,basic,active,2026-12-31T00:00:00Z,true,12
                """);

        assertThat(command("import", file, "--dry-run").said)
                .isEqualToIgnoringNewLines("checked 2\nChecked 2 lines: 2 to bring over, 0 there already, 0 refused\n");
        assertThat(missing(id + "-1")).isEqualTo("404");
        Ended ended = command("import", file);

        assertThat(ended.said).endsWith("written 2 of 2\nDone: 2 brought over, 0 there already, 0 refused\n");
        assertThat(ended.code).isZero();
        assertThat(Customer.get("/v1/accounts/" + id + "-1").all("name", "balance"))
                .isEqualTo("Müller, \"Söhne\" 10.5");
        assertThat(Customer.get("/v1/accounts/" + id + "-2")
                        .all("balance", "subscription/plan", "subscription/cancel_at_period_end"))
                .isEqualTo("12 basic true");
        assertThat(command("import", file).said).contains("Done: 0 brought over, 2 there already, 0 refused");
    }

    @Test
    void linesThatAreWrongAreNamedAndNothingIsWritten() throws IOException {
        String file = file("accounts.ndjson", """
                {"account_id": "#-1", "balance": 1}

                {"account_id": "#-2", "balance": -1, "name": ""}
                {"account_id":
                {"account_id": "#-1", "balance": 1}
                """);

        Ended ended = command("import", file);

        assertThat(ended.code).isOne();
        assertThat(ended.said.lines().toList())
                .anyMatch(line -> line.startsWith("line 3: ") && line.contains("balance: must be 0 to 1000000000"))
                .anyMatch(line -> line.startsWith("line 4: is not JSON"))
                .contains("line 5: account_id: comes twice in this file")
                .contains("Checked 4 lines: 1 to bring over, 0 there already, 3 refused")
                .endsWith("Nothing was written: correct these lines first.");
        assertThat(missing(id + "-1")).isEqualTo("404");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            account_id,credits;#,5              | has a column 'credits', which is none of account_id
            account_id,balance;#,5,6            | line 2: has another number of cells than the header
            account_id,balance;#,a few          | line 2: balance: must be a number
            account_id,plan,cancel_at_period_end;#,basic,yes | line 2: cancel_at_period_end: must be true or false
            """)
    void csvThatIsWrongIsNamed(String content, String said) throws IOException {
        Ended ended = command("import", file("accounts.csv", content.replace(';', '\n') + "\n"));

        assertThat(ended.said).contains(said);
        assertThat(ended.code).isPositive();
        assertThat(missing(id)).isEqualTo("404");
    }

    @Test
    void largeFilesGoInBatchesAndShowHowFarTheyAre() throws IOException {
        List<String> lines = IntStream.range(0, 1_201)
                .mapToObj(i -> "{\"account_id\": \"#-" + i + "\", \"balance\": 2}")
                .toList();
        Ended ended = command("import", file("accounts.ndjson", String.join("\n", lines)));

        assertThat(ended.said.lines().filter(line -> line.startsWith("written")))
                .containsExactly("written 500 of 1201", "written 1000 of 1201", "written 1201 of 1201");
        assertThat(balance(id + "-1200").at("balance")).isEqualTo("2");
    }

    @Test
    void withoutAFileOrAServiceItSaysSo() throws IOException {
        assertThat(command("import").said).startsWith("Usage: import FILE");
        assertThat(command("import", directory.resolve("none.csv").toString()).said)
                .startsWith("There is no file to read");
        assertThat(command("import").code).isEqualTo(2);
    }
}
