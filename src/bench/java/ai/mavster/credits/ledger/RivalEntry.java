package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.posting.Purpose;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;

/** The columns of {@code rival.entry} that both rivals set alike. */
final class RivalEntry {

    private RivalEntry() {}

    /** The rivals know no rate card: callers say how much. */
    static Credits credits(Command.Debit debit) {
        return Objects.requireNonNull(debit.credits(), "a rival's debit names its credits");
    }

    /** Sets the id, the idempotency key, the credits, the purpose's six columns and the time, in this order. */
    static void bind(PreparedStatement statement, int from, Command.Debit debit, UUID id, Instant now)
            throws SQLException {
        Purpose purpose = debit.purpose();
        statement.setObject(from, id);
        statement.setString(from + 1, debit.idempotencyKey());
        statement.setLong(from + 2, -credits(debit).millionths());
        statement.setString(from + 3, purpose.action());
        statement.setBigDecimal(from + 4, purpose.quantity());
        statement.setString(from + 5, purpose.workspaceId());
        statement.setString(from + 6, purpose.projectId());
        statement.setString(from + 7, purpose.testId());
        statement.setString(from + 8, purpose.runId());
        statement.setObject(from + 9, now.atOffset(ZoneOffset.UTC));
    }
}
