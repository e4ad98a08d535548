package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.EnumId;
import ai.mavster.credits.Money;
import ai.mavster.credits.ledger.burndown.GrantsToRead;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.burndown.ReversibleDebit;
import ai.mavster.credits.ledger.posting.GrantKind;
import ai.mavster.credits.ledger.posting.PostingTable;
import ai.mavster.credits.ledger.posting.Purpose;
import ai.mavster.credits.sql.Column;
import ai.mavster.credits.sql.Lookup;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.sql.Row;
import ai.mavster.credits.sql.Table;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code credit_grant}: what a batch needs of it, and what it came to. Rows of accounts that it has not
 * locked, since others have, are passed over.
 */
final class GrantTable {

    /** A grant as the batch leaves it. */
    private record GrantRow(
            String accountId,
            OpenGrant grant,
            Instant createdAt,
            @Nullable Money amount) {

        private @Nullable BigDecimal value() {
            return amount == null ? null : amount.value();
        }

        private @Nullable String currency() {
            return amount == null ? null : amount.currency();
        }
    }

    private static final Table<GrantRow> GRANT = Table.<GrantRow>named("credit_grant")
            .key(Column.text("account_id", GrantRow::accountId))
            .key(Column.uuid("grant_id", row -> row.grant.grantId()))
            .column(Column.text("kind", row -> row.grant.kind().id()))
            .column(Column.credits("credits", row -> row.grant.credits()))
            .changing(Column.credits("remaining", row -> row.grant.remaining()))
            .column(Column.instant("expires_at", row -> row.grant.expiresAt()))
            .column(Column.bigint("seq", row -> row.grant.seq()))
            .column(Column.instant("created_at", GrantRow::createdAt))
            .column(Column.numeric("amount", GrantRow::value))
            .column(Column.text("currency", GrantRow::currency))
            .declared();

    /** The first in burn order: the index is read in that order, and no further than this. */
    private static final Lookup<GrantsToRead.Of> OPEN_GRANTS = Lookup.by(
            List.of(
                    Column.text("account_id", GrantsToRead.Of::accountId),
                    Column.bigint("most", GrantsToRead.Of::most)),
            keys -> """
                    SELECT %s FROM %s
                    CROSS JOIN LATERAL (SELECT * FROM credit_grant o WHERE o.account_id = %s AND o.open
                                        ORDER BY o.expires_at, o.burn_rank, o.seq LIMIT k.most) g""".formatted(GRANT.select("g"), keys.rows(), keys.account()));

    /** A debit or a grant that a command names, be it that only what was read has said so. */
    record Named(String accountId, UUID id) implements Participant.Wanted {}

    /** Key by key, however few there were when this was planned. */
    private static final Lookup<Named> GRANTS =
            Lookup.by(List.of(Column.text("account_id", Named::accountId), Column.uuid("grant_id", Named::id)), keys ->
                    """
                    SELECT %3$s, k.grant_id, %1$s FROM %2$s
                    LEFT JOIN LATERAL (SELECT * FROM credit_grant o WHERE o.account_id = %3$s
                                       AND o.grant_id = k.grant_id LIMIT 1) g ON true""".formatted(GRANT.select("g"), keys.rows(), keys.account()));

    /** The debits with what earlier reversals gave back, and the grants that all of it came from. */
    private static final Lookup<Named> DEBITS = Lookup.by(
            List.of(Column.text("account_id", Named::accountId), Column.uuid("posting_id", Named::id)),
            keys -> """
                    SELECT d.account_id, d.posting_id, d.action, d.quantity, d.workspace_id, d.project_id, d.test_id, d.run_id,
                           d.occurred_at, -e.credits,
                           (SELECT coalesce(sum(back.credits), 0)
                            FROM posting r
                            JOIN entry back ON back.account_id = r.account_id AND back.posting_id = r.posting_id
                                AND back.seq BETWEEN r.first_seq AND r.first_seq + r.entries - 1
                            WHERE r.account_id = d.account_id AND r.reverses = d.posting_id AND back.grant_id = e.grant_id),
                           %s
                    FROM %s
                    JOIN posting d ON d.account_id = %s AND d.posting_id = k.posting_id AND d.kind = 'debit'
                    LEFT JOIN entry e ON e.account_id = d.account_id AND e.seq BETWEEN d.first_seq AND d.first_seq + d.entries - 1
                    LEFT JOIN credit_grant g ON g.account_id = e.account_id AND g.grant_id = e.grant_id
                    ORDER BY d.account_id, d.posting_id, e.seq""".formatted(GRANT.select("g"), keys.rows(), keys.account()));

    private GrantTable() {}

    /** To be read after the balances, in later statements: they see what others committed before the lock. */
    static void readOpenGrants(
            RoundTrip reads, Collection<String> accountIds, GrantsToRead grants, Map<String, AccountState> accounts) {
        OPEN_GRANTS.in(reads, grants.of(accountIds), row -> {
            AccountState account = accounts.get(row.text());
            if (account != null) {
                account.open().read(grant(row.uuid(), row), grants.of(account.accountId()));
            }
        });
    }

    private static OpenGrant grant(UUID grantId, Row row) throws SQLException {
        return new OpenGrant(
                grantId,
                EnumId.parse(GrantKind.class, row.text()),
                row.credits(),
                row.credits(),
                row.instantOrNull(),
                row.bigint());
    }

    /**
     * The debits that reversals name, and the grants that are to be voided or clawed back, wherever those are in burn
     * order.
     *
     * @param also grants that were found to be wanting
     */
    static void readNamed(
            RoundTrip reads,
            Collection<Command<?>> commands,
            Set<Participant.Wanted> also,
            Map<String, AccountState> accounts) {
        Set<Named> debits = new LinkedHashSet<>(0);
        Set<Named> grants = new LinkedHashSet<>(0);
        for (Participant.Wanted wanted : also) {
            if (wanted instanceof Named named) {
                grants.add(named);
            }
        }
        for (Command<?> command : commands) {
            if (command instanceof Correction.Reversal reversal) {
                debits.add(new Named(reversal.accountId(), reversal.debitId()));
            } else if (command instanceof Correction.Withdrawal withdrawal && withdrawal.grantId() != null) {
                grants.add(new Named(withdrawal.accountId(), withdrawal.grantId()));
            } else if (command instanceof Correction.Clawback clawback) {
                grants.add(new Named(clawback.accountId(), clawback.grantId()));
            } else if (command instanceof Correction.Reinstatement reinstatement) {
                grants.add(new Named(reinstatement.accountId(), reinstatement.grantId()));
            }
        }
        DEBITS.in(reads, debits, row -> {
            AccountState account = accounts.get(row.text());
            if (account != null) {
                readDebit(account, row);
            }
        });
        GRANTS.in(reads, grants, row -> {
            AccountState account = accounts.get(row.text());
            UUID named = row.uuid();
            if (account != null) {
                UUID grantId = row.skip(1).uuidOrNull();
                if (grantId == null) {
                    account.grants().absent(named);
                } else {
                    account.grants().loadUnlessKnown(grant(grantId, row));
                }
            }
        });
    }

    private static void readDebit(AccountState account, Row row) throws SQLException {
        UUID debitId = row.uuid();
        Purpose purpose = PostingTable.purpose(row);
        Instant occurredAt = row.instant();
        ReversibleDebit known = account.reversible(debitId);
        ReversibleDebit debit =
                known == null ? new ReversibleDebit(debitId, purpose, occurredAt, new ArrayList<>()) : known;
        account.load(debit);
        Credits taken = row.credits();
        Credits givenBack = row.credits();
        UUID grantId = row.skip(1).uuidOrNull();
        if (grantId != null) {
            debit.shares().add(new ReversibleDebit.Share(grantId, taken, givenBack));
            account.grants().loadUnlessKnown(grant(grantId, row));
        }
    }

    /** The grants that the batch has changed or opened. */
    static void write(RoundTrip writes, Collection<AccountState> accounts, List<Journal.OpenedGrant> openedGrants) {
        Map<UUID, Journal.OpenedGrant> opened = new HashMap<>();
        openedGrants.forEach(grant -> opened.put(grant.grantId(), grant));
        List<GrantRow> rows = new ArrayList<>();
        for (AccountState account : accounts) {
            for (OpenGrant grant : account.grants().changed()) {
                Journal.OpenedGrant fresh = opened.get(grant.grantId());
                rows.add(new GrantRow(
                        account.accountId(),
                        grant,
                        fresh == null ? account.asOf() : fresh.at(),
                        fresh == null ? null : fresh.amount()));
            }
        }
        if (opened.isEmpty() && !rows.isEmpty()) {
            GRANT.update(writes, rows);
        } else {
            GRANT.upsert(writes, rows);
        }
    }
}
