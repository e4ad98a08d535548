package ai.mavster.credits.ledger.proof;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Changes single columns of rows, whatever their types, and puts them back. */
final class Tampering {

    /** Words that some column may have, where it may not have any. */
    private static final String WORDS =
            "monthly promotional adjustment top_up monthly_grant debit reversal expiry full partial skipped active"
                    + " paused canceled changed ended success failed running hard_failure quarter day basic pro ultra api_key job USD workspace month 50"
                    + " subscription_required insufficient_credits budget_exceeded";

    private final Connection connection;
    private final List<String> accountIds;

    Tampering(Connection connection, List<String> accountIds) {
        this.connection = connection;
        this.accountIds = accountIds;
    }

    /** A column, and its type. */
    record Column(String table, String name, String type, boolean nullable) {

        /** What else it could be, as SQL, likeliest first. */
        List<String> others() {
            List<String> others = new ArrayList<>();
            switch (type) {
                case "int8", "int4", "int2", "numeric" ->
                    others.addAll(List.of(name + " + 1", name + " - 1", name + " + 1000003", "1"));
                case "jsonb" ->
                    others.addAll(List.of(
                            "'{}'",
                            "'[1]'",
                            name + " || '{\"x\": 1}'",
                            name + " || '{\"x\": \"y\"}'",
                            "'{\"x\": \"y\"}'"));
                case "timestamptz" -> others.addAll(List.of(name + " + interval '1 microsecond'", "now()"));
                case "bytea" ->
                    others.addAll(List.of("sha256(" + name + ")", "sha256('')", "substr(sha256(" + name + "), 1, 16)"));
                case "bool" -> others.add("NOT " + name);
                case "uuid" -> {
                    others.add("gen_random_uuid()");
                    others.add(another(table, name));
                    others.add(another("credit_grant", "grant_id"));
                    others.add(another("hold", "hold_id"));
                }
                case "text" -> {
                    others.add("'x' || " + name);
                    others.add("'x'");
                    others.add(another("run", "run_id"));
                    for (String word : WORDS.split(" ", -1)) {
                        others.add("'" + word + "'");
                    }
                }
                default -> throw new AssertionError("What else could a " + type + " be?");
            }
            if (nullable) {
                others.add(1, "NULL");
            }
            return others;
        }
    }

    /** Another one that there is. */
    private static String another(String table, String column) {
        return "(SELECT o.%1$s FROM %2$s o WHERE o.account_id = t.account_id ORDER BY o.%1$s DESC LIMIT 1)"
                .formatted(column, table);
    }

    /** A row that is to be tampered with. It moves with each change. */
    static final class Target {
        private final String table;
        private final String kind;
        private final String accountId;
        private String place;

        private Target(String table, String kind, String accountId, String place) {
            this.table = table;
            this.kind = kind;
            this.accountId = accountId;
            this.place = place;
        }

        String table() {
            return table;
        }

        String kind() {
            return kind;
        }

        String accountId() {
            return accountId;
        }
    }

    /** A change that was made. */
    record Change(@Nullable String before, @Nullable String after) {}

    /** All tables with the columns that can be written. */
    Map<String, List<Column>> tables() throws SQLException {
        Map<String, List<Column>> tables = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT table_name, column_name, udt_name, is_nullable = 'YES' FROM information_schema.columns
                WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name <> 'flyway_schema_history'""")) {
            ResultSet row = statement.executeQuery();
            while (row.next()) {
                String table = row.getString(1);
                tables.computeIfAbsent(table, name -> new ArrayList<>())
                        .add(new Column(table, row.getString(2), row.getString(3), row.getBoolean(4)));
            }
        }
        return tables;
    }

    /** One row of each kind. */
    List<Target> targets(String table, String kind) throws SQLException {
        Map<String, Target> targets = new TreeMap<>();
        for (String accountId : accountIds) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT %s, ctid::text FROM %s t WHERE account_id = ?".formatted(kind, table))) {
                statement.setString(1, accountId);
                ResultSet row = statement.executeQuery();
                while (row.next()) {
                    Target target = new Target(table, row.getString(1), accountId, row.getString(2));
                    targets.putIfAbsent(target.kind, target);
                }
            }
        }
        return new ArrayList<>(targets.values());
    }

    /** Null where the database refuses it, or it changes nothing. */
    @Nullable
    Change change(Target target, Column column, String expression) throws SQLException {
        String before = value(target, column);
        String other = column.name().equals("account_id")
                ? "'"
                        + accountIds.stream()
                                .filter(id -> !id.equals(before))
                                .findFirst()
                                .orElseThrow() + "'"
                : expression;
        try {
            set(target, column, other, null);
        } catch (SQLException refused) {
            return null;
        }
        String after = value(target, column);
        if (before == null ? after == null : before.equals(after)) {
            return null;
        }
        return new Change(before, after);
    }

    void undo(Target target, Column column, Change change) throws SQLException {
        set(target, column, "?::" + column.type(), change);
    }

    private void set(Target target, Column column, String expression, @Nullable Change undone) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE %s t SET %s = %s WHERE ctid = ?::tid RETURNING ctid::text"
                        .formatted(target.table, column.name(), expression))) {
            if (undone != null) {
                statement.setString(1, undone.before());
            }
            statement.setString(undone == null ? 1 : 2, target.place);
            ResultSet row = statement.executeQuery();
            if (!row.next()) {
                throw new AssertionError("The row is gone");
            }
            target.place = row.getString(1);
        }
    }

    private @Nullable String value(Target target, Column column) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT %s::text FROM %s WHERE ctid = ?::tid".formatted(column.name(), target.table))) {
            statement.setString(1, target.place);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getString(1);
        }
    }
}
