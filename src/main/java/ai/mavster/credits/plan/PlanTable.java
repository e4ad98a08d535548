package ai.mavster.credits.plan;

import static java.util.Objects.requireNonNull;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code plan}, as the ledger's transactions read it: joined, or by its id where a command names it. */
public final class PlanTable {

    private static final List<String> COLUMNS = List.of(
            "plan_id", "monthly_credits", "cap_ratio", "rollover", "trial_credits", "billing_interval", "version");

    /** A plan that is named for an account. */
    public record Named(String accountId, String planId) {}

    private static final Lookup<Named> READ = Lookup.by(
            List.of(Column.text("account_id", Named::accountId), Column.text("plan_id", Named::planId)),
            keys -> "SELECT %s FROM %s JOIN plan p ON p.plan_id = k.plan_id".formatted(columns("p"), keys.rows()));

    private PlanTable() {}

    /** Those of these that there are, as of one instant. */
    public static void read(RoundTrip reads, Set<Named> named, Consumer<PlanTerms> found) {
        READ.in(reads, named, row -> found.accept(requireNonNull(read(row))));
    }

    /** The columns that {@link #read} takes, for a select list. */
    public static String columns(String alias) {
        return COLUMNS.stream().map(column -> alias + "." + column).collect(Collectors.joining(", "));
    }

    /** Null where an outer join found none. */
    public static @Nullable PlanTerms read(Row row) throws SQLException {
        String planId = row.textOrNull();
        if (planId == null) {
            row.skip(COLUMNS.size() - 1);
            return null;
        }
        Credits allotment = row.credits();
        BigDecimal capRatio = row.numericOrNull();
        return new PlanTerms(
                planId,
                allotment,
                capRatio,
                EnumId.parse(Rollover.class, row.text()),
                row.creditsOrNull(),
                EnumId.parse(BillingInterval.class, row.text()),
                row.integer());
    }
}
