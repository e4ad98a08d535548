package ai.mavster.credits.ledger.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Each column of each table is changed behind the ledger's back, in a row of each kind: the proof is false then, and
 * true once it is put back. A table or a column that the proof cannot see has to be listed in its documentation, with
 * the reason.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class TamperTest {

    private static final Path DOCUMENTATION = Path.of("src", "docs", "proof.md");

    /** A row of the documentation's table: {@code | `plan` | why |}, or {@code | `plan.name` | why |}. */
    private static final Pattern CANNOT_SEE = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\| \\S.* \\|$");

    /** What tells kinds of rows apart. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("account_balance", "on_test_clock || CASE WHEN closed_at IS NULL THEN '' ELSE ' closed' END"),
            Map.entry("credit_grant", "kind"),
            Map.entry("hold", "CASE WHEN open THEN 'open' ELSE 'closed' END"),
            Map.entry(
                    "posting",
                    "kind || CASE WHEN entries = 0 THEN ' of nothing' WHEN credits < 0 THEN ' below zero' ELSE '' END"),
            Map.entry(
                    "posting_text",
                    "(SELECT kind || CASE WHEN entries = 0 THEN ' of nothing' ELSE '' END FROM posting p"
                            + " WHERE p.account_id = t.account_id AND p.posting_id = t.posting_id)"),
            Map.entry(
                    "entry",
                    "(SELECT kind FROM posting p WHERE p.account_id = t.account_id AND p.posting_id = t.posting_id)"),
            Map.entry("idempotency_key", "CASE WHEN answer IS NULL THEN 'posting' ELSE 'answer' END"),
            Map.entry("subscription", "status || CASE WHEN fetched_at IS NULL THEN '' ELSE ' followed' END"),
            Map.entry("renewal", "outcome"),
            Map.entry("subscription_change", "kind || CASE WHEN granted > 0 THEN ' granting' ELSE '' END"),
            Map.entry("run", "status || CASE WHEN parent_run_id IS NULL THEN '' ELSE ' below' END"),
            Map.entry("waiting", "(required IS NULL)::text"),
            Map.entry("payment_grant", "number::text"),
            Map.entry("payment_surplus", "(refunded = 0)::text"),
            Map.entry("checkout", "status"),
            Map.entry("budget", "scope"),
            Map.entry("budget_window", "scope || CASE WHEN counting THEN '' ELSE ' over' END"),
            Map.entry("alert_settings", "(debit_above IS NULL)::text"),
            Map.entry("payment", "status"),
            Map.entry("recharge", "status"),
            Map.entry("recharge_settings", "enabled::text"),
            Map.entry("run_action", "(estimated IS NULL)::text"),
            Map.entry("usage_rollup", "grain || CASE WHEN outliers > 0 THEN ' with outliers' ELSE '' END"));

    /** The kinds there have to be, so that nothing is tried on too few rows. */
    private static final Map<String, Set<String>> EXPECTED = Map.of(
            "account_balance", Set.of("false", "true", "false closed"),
            "credit_grant", Set.of("monthly", "top_up", "promotional", "adjustment"),
            "hold", Set.of("open", "closed"),
            "posting",
                    Set.of(
                            "monthly_grant",
                            "top_up",
                            "promotional",
                            "adjustment",
                            "adjustment below zero",
                            "void",
                            "debit",
                            "debit of nothing",
                            "reversal",
                            "expiry",
                            "clawback",
                            "clawback of nothing",
                            "settlement",
                            "reinstatement"),
            "posting_text", Set.of("top_up", "promotional", "adjustment", "debit", "debit of nothing", "reversal"),
            "idempotency_key", Set.of("posting", "answer"),
            "renewal", Set.of("full", "partial", "skipped"),
            "subscription_change",
                    Set.of("subscribed", "changed", "changed granting", "plan_entered", "imported granting"),
            "run", Set.of("queued", "running", "success below", "failed", "abandoned", "hard_failure"),
            "usage_rollup", Set.of("quarter", "day", "quarter with outliers", "day with outliers"));

    /** What no row may have changed alone: by the keys and the constraints of the tables. */
    private static final Set<String> REFUSED = new TreeSet<>(Set.of(
            "account_balance.account_id",
            "checkout.account_id",
            "checkout.checkout_id",
            "credit_grant.account_id",
            "credit_grant.grant_id",
            "entry.account_id",
            "hold.account_id",
            "hold.hold_id",
            "payment.account_id",
            "payment.finding",
            "payment.payment_id",
            "payment.provider",
            "payment.purpose",
            "payment_grant.account_id",
            "payment_grant.payment_id",
            "payment_surplus.account_id",
            "payment_surplus.payment_id",
            "posting_text.account_id",
            "recharge.account_id",
            "recharge.ended_at",
            "recharge.recharge_id",
            "recharge.status",
            "recharge_settings.account_id",
            "recharge_settings.credits_to_add",
            "recharge_settings.switched_off",
            "renewal.outcome",
            "run_action.account_id",
            "subscription.account_id",
            "waiting.account_id",
            "waiting.scope_id"));

    @Inject
    AgroalDataSource database;

    @Inject
    Proofs proofs;

    private final Set<String> refused = new TreeSet<>();
    private List<String> accounts = List.of();
    private final List<String> unseen = new ArrayList<>();
    private int tampered;

    @Test
    void everyColumnIsSeenOrListed() throws SQLException, IOException {
        accounts = List.of(
                RichAccount.overMonths().id,
                RichAccount.imported().id,
                RichAccount.closed().id,
                RichAccount.owing().id,
                RichAccount.followed().id,
                RichAccount.buying().id,
                RichAccount.recharging().id);
        for (String accountId : accounts) {
            assertThat(failures(accountId)).isEmpty();
        }
        Set<String> listed = listed();
        Set<String> listedInVain = new TreeSet<>(listed);
        try (Connection connection = database.getConnection()) {
            Tampering tampering = new Tampering(connection, accounts);
            for (Map.Entry<String, List<Tampering.Column>> table :
                    tampering.tables().entrySet()) {
                if (listedInVain.remove(table.getKey())) {
                    continue;
                }
                List<Tampering.Column> columns = table.getValue().stream()
                        .filter(column -> !listedInVain.remove(table.getKey() + "." + column.name()))
                        .toList();
                assertThat(KINDS)
                        .as("neither tried nor listed in " + DOCUMENTATION)
                        .containsKey(table.getKey());
                List<Tampering.Target> targets = tampering.targets(table.getKey(), KINDS.get(table.getKey()));
                assertThat(targets)
                        .extracting(Tampering.Target::kind)
                        .containsAll(EXPECTED.getOrDefault(table.getKey(), Set.of()));
                assertThat(targets).as(table.getKey()).isNotEmpty();
                for (Tampering.Column column : columns) {
                    boolean tried = false;
                    for (Tampering.Target target : targets) {
                        tried |= tamper(tampering, target, column);
                    }
                    if (!tried) {
                        refused.add(table.getKey() + "." + column.name());
                    }
                }
            }
        }
        System.out.printf("%d changes of columns were tried%n", tampered);
        assertThat(refused).as("columns that the database itself keeps").isEqualTo(REFUSED);
        assertThat(unseen).as("changes that the proof does not see").isEmpty();
        assertThat(listedInVain)
                .as("listed in " + DOCUMENTATION + ", but not there")
                .isEmpty();
    }

    /** Whether the database let it be changed. */
    private boolean tamper(Tampering tampering, Tampering.Target target, Tampering.Column column) throws SQLException {
        int tried = 0;
        for (String expression : column.others()) {
            Tampering.Change change = tried == 2 ? null : tampering.change(target, column, expression);
            if (change != null) {
                tried++;
                tampered++;
                String what = "%s.%s of %s: %s".formatted(target.table(), column.name(), target.kind(), change);
                if (proves(target, column)) {
                    unseen.add(what);
                }
                tampering.undo(target, column, change);
                assertThat(failures(target.accountId())).as("put back: " + what).isEmpty();
            }
        }
        return tried > 0;
    }

    /** A row that was moved to another account may be missed there, or be found to be none of that one's. */
    private boolean proves(Tampering.Target target, Tampering.Column column) {
        return column.name().equals("account_id")
                ? accounts.stream().allMatch(accountId -> failures(accountId).isEmpty())
                : failures(target.accountId()).isEmpty();
    }

    private List<Proof.Failure> failures(String accountId) {
        return proofs.of(accountId).orElseThrow().failures();
    }

    private static Set<String> listed() throws IOException {
        Set<String> listed = new TreeSet<>();
        String documentation = Files.readString(DOCUMENTATION);
        int from = documentation.indexOf("## What it cannot see");
        CANNOT_SEE
                .matcher(documentation.substring(from, documentation.indexOf("##", from + 2)))
                .results()
                .forEach(match -> listed.add(match.group(1)));
        return listed;
    }
}
