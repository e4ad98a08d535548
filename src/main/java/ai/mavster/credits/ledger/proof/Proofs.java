package ai.mavster.credits.ledger.proof;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.SqlFailure;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recomputes accounts from their entries, in one snapshot each. */
@Singleton
public class Proofs {

    /** The database adds up a long history before its first row: that takes longer than any other answer may. */
    private static final int PATIENCE_MILLISECONDS = 120_000;

    private static final String HEAD =
            "SELECT seq, balance, held, owed, hash, erasing, salt FROM account_balance WHERE account_id = ?";

    private static final String POSTINGS = """
            SELECT count(*) FILTER (WHERE entries > 0), coalesce(sum(captured), 0) FROM posting WHERE account_id = ?""";

    private static final String HOLDS = """
            SELECT coalesce(sum(amount - captured - released), 0), coalesce(sum(captured), 0)
            FROM hold WHERE account_id = ?""";

    private static final String NEXT =
            "SELECT account_id FROM account_balance WHERE account_id > ? ORDER BY account_id LIMIT ?";

    private final Connections connections;
    private final List<ProofCheck> checks;

    Proofs(Connections connections, @All List<ProofCheck> checks) {
        this.connections = connections;
        this.checks = List.copyOf(checks);
    }

    /** What the account's own row says. */
    private record Head(
            long seq, Credits balance, Credits held, Credits owed, byte[] hash, boolean erasing, Salt salt) {}

    /** Empty if there is no such account. A check that cannot be carried out throws; it never counts as passed. */
    public Optional<Proof> of(String accountId) {
        return of(accountId, () -> {});
    }

    /**
     * The same, to be given up in between.
     *
     * @param stillWanted is asked for each entry, and throws to end it
     */
    public Optional<Proof> of(String accountId, Runnable stillWanted) {
        try (Connection connection = connections.snapshot()) {
            int usual = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLISECONDS);
            try {
                Snapshot account = new Snapshot(connection, accountId);
                List<Head> found = new ArrayList<>(1);
                account.each(HEAD, row -> found.add(head(row)));
                return found.isEmpty() ? Optional.empty() : Optional.of(prove(account, found.get(0), stillWanted));
            } finally {
                connection.rollback();
                connection.setNetworkTimeout(Runnable::run, usual);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static Head head(Row row) throws SQLException {
        return new Head(
                row.bigint(),
                row.credits(),
                row.credits(),
                row.credits(),
                row.bytes(),
                row.bool(),
                Salt.of(row.bytesOrNull()));
    }

    /** The next accounts in the order of their ids, after one; from the first one on after an empty text. */
    public List<String> accountsAfter(String accountId, int limit) {
        try (Connection connection = connections.snapshot();
                PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setString(1, accountId);
            statement.setInt(2, limit);
            List<String> accountIds = new ArrayList<>();
            Row row = new Row(statement.executeQuery());
            while (row.next()) {
                accountIds.add(row.text());
            }
            connection.rollback();
            return accountIds;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(SQLException e) {
        return SqlFailure.isTransient(e)
                ? new Unavailable(Unavailable.Reason.DATABASE_UNREACHABLE, e)
                : new IllegalStateException(e);
    }

    private Proof prove(Snapshot account, Head head, Runnable stillWanted) throws SQLException {
        Recount recount = new Recount(account, head.erasing, head.salt);
        account.each(Recount.ENTRIES, row -> {
            stillWanted.run();
            recount.entry(row);
        });
        recount.end(head.seq, head.hash);
        account.each(Recount.ASIDE, recount::aside);
        Credits openHolds = addUp(account, head, recount);
        Disagreements.find(account);
        for (ProofCheck check : checks) {
            check.check(account);
        }
        return new Proof(
                account.failures().stream().allMatch(failure -> failure.check().equals(Proof.CHAIN)),
                recount.entries(),
                recount.sum(),
                head.balance,
                head.held,
                head.owed,
                openHolds,
                recount.firstBad() == null,
                recount.firstBad(),
                account.failures());
    }

    /** What open holds reserve. */
    private static Credits addUp(Snapshot account, Head head, Recount recount) throws SQLException {
        List<Credits> sums = new ArrayList<>(3);
        account.each(POSTINGS, row -> {
            if (row.bigint() != recount.postings()) {
                account.fail("postings", "there are more or fewer than the entries are of");
            }
            sums.add(credits(row));
        });
        account.each(HOLDS, row -> {
            sums.add(credits(row));
            sums.add(credits(row));
        });
        if (!recount.sum().equals(head.balance)) {
            account.fail("balance", "the entries add up to something else");
        }
        if (!sums.get(1).equals(head.held)) {
            account.fail("holds", "open holds reserve something else than what is held");
        }
        if (!sums.get(2).equals(sums.get(0))) {
            account.fail("holds", "something else was drawn on them than debits drew");
        }
        return sums.get(1);
    }

    private static Credits credits(Row row) throws SQLException {
        return new Credits(row.numeric().longValueExact());
    }
}
