package ai.mavster.credits.plan;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.sql.Row;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code plan}, as joined by the ledger's transactions. */
public final class PlanTable {

    private static final List<String> COLUMNS =
            List.of("plan_id", "monthly_credits", "cap_ratio", "rollover", "trial_credits", "billing_interval");

    private PlanTable() {}

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
                EnumId.parse(BillingInterval.class, row.text()));
    }
}
