package ai.mavster.credits.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A query for what belongs to keys, of which the account is the first column. Its text is made once for each way in
 * which the keys are sent.
 *
 * @param <K> a key
 */
public final class Lookup<K> {

    /** Stands for a parameter while the text is made: the private use area of Unicode is in no statement. */
    private static final char FIRST_MARK = '\uE000';

    private static final char ACCOUNT_MARK = '\uE0FF';

    private final List<Column<K>> columns;
    private final Statement ofOneKey;
    private final Statement ofManyKeys;
    private final Statement ofOneAccount;

    /** A statement, and which key column each of its parameters is; -1: the account. */
    private record Statement(String sql, List<Integer> parameters) {

        static Statement compiled(String marked, List<String> texts, String account) {
            StringBuilder sql = new StringBuilder(marked.length() + 64);
            List<Integer> parameters = new ArrayList<>();
            for (int i = 0; i < marked.length(); i++) {
                char character = marked.charAt(i);
                int column = character - FIRST_MARK;
                if (character == ACCOUNT_MARK) {
                    sql.append(account);
                    parameters.add(-1);
                } else if (column >= 0 && column < texts.size()) {
                    sql.append(texts.get(column));
                    parameters.add(column);
                } else {
                    sql.append(character);
                }
            }
            return new Statement(sql.toString(), List.copyOf(parameters));
        }
    }

    /** How the keys stand in a statement. */
    public static final class Keys {

        private final String rows;
        private final String account;
        private final String only;

        private Keys(String rows, String account, String only) {
            this.rows = rows;
            this.account = account;
            this.only = only;
        }

        /**
         * The keys as a relation {@code k}, for a FROM clause: of each one its columns, but the account's, are
         * {@code k.…}.
         */
        public String rows() {
            return rows;
        }

        /** The account of a key, wherever a condition needs it. */
        public String account() {
            return account;
        }

        /**
         * The account as a parameter where there is only one; or else a column that has it, where the keys are out of
         * reach.
         */
        public String accountOr(String column) {
            return account.indexOf(ACCOUNT_MARK) >= 0 ? account : column;
        }

        /** A condition, for keys of one column: {@code = …} or {@code = ANY (…)}. */
        public String only() {
            return only;
        }
    }

    private Lookup(List<Column<K>> columns, Function<Keys, String> text) {
        this.columns = columns;
        List<String> single = columns.stream().map(Column::parameter).toList();
        List<String> arrays = columns.stream().map(Column::arrayParameter).toList();
        String account = single.get(0);
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String marks = marks(0);
        ofOneKey = Statement.compiled(
                text.apply(new Keys(
                        "(VALUES (" + marks + ")) AS k (" + names + ")",
                        "k." + columns.get(0).name(),
                        "= " + FIRST_MARK)),
                single,
                account);
        ofManyKeys = Statement.compiled(
                text.apply(new Keys(
                        "unnest(" + marks + ") AS k (" + names + ")",
                        "k." + columns.get(0).name(),
                        "= ANY (" + FIRST_MARK + ")")),
                arrays,
                account);
        String others = columns.stream().skip(1).map(Column::name).collect(Collectors.joining(", "));
        ofOneAccount = Statement.compiled(
                text.apply(new Keys(
                        columns.size() == 1
                                ? "(SELECT 1) AS k (one)"
                                : "unnest(" + marks(1) + ") AS k (" + others + ")",
                        String.valueOf(ACCOUNT_MARK),
                        "= " + ACCOUNT_MARK)),
                arrays,
                account);
    }

    private String marks(int from) {
        StringBuilder marks = new StringBuilder();
        for (int i = from; i < columns.size(); i++) {
            marks.append(i == from ? "" : ", ").append((char) (FIRST_MARK + i));
        }
        return marks.toString();
    }

    /**
     * @param columns of a key; the account's first
     * @param text makes the query, given how the keys stand in it
     */
    public static <K> Lookup<K> by(List<Column<K>> columns, Function<Keys, String> text) {
        return new Lookup<>(List.copyOf(columns), text);
    }

    /** Adds the query to a round trip, unless there are no keys. */
    public void in(RoundTrip reads, Collection<? extends K> keys, RoundTrip.Rows rows) {
        if (keys.isEmpty()) {
            return;
        }
        String account = reads.account();
        boolean single = account == null && keys.size() == 1;
        Statement statement = single ? ofOneKey : account == null ? ofManyKeys : ofOneAccount;
        K first = keys.iterator().next();
        List<Parameter> parameters = new ArrayList<>(statement.parameters.size());
        for (int column : statement.parameters) {
            if (column < 0) {
                parameters.add(Parameter.of(SqlType.TEXT, account));
            } else {
                parameters.add(
                        single
                                ? columns.get(column).of(first)
                                : columns.get(column).array(keys));
            }
        }
        reads.query(statement.sql, parameters, rows);
    }
}
