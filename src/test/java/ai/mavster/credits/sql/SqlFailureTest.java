package ai.mavster.credits.sql;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the database's errors passes. */
class SqlFailureTest {

    @ParameterizedTest
    @CsvSource({
        "08006, CONNECTION_LOST",
        "57P01, CONNECTION_LOST",
        "53300, NO_CONNECTION",
        "40P01, PASSING",
        "53100, PASSING",
        "23505, FAULT"
    })
    void itGoesByTheState(String state, SqlFailure meaning) {
        assertThat(SqlFailure.of(new SQLException("", state))).isEqualTo(meaning);
    }

    /** As the transaction manager tells of a COMMIT that found its session ended. */
    @Test
    void whatFailedTheCommitIsFoundThoughItIsSuppressed() {
        RollbackException failure = new RollbackException("Could not commit transaction.");
        Exception lost = new IllegalStateException(new SQLException("terminating connection", "57P01"));
        failure.addSuppressed(lost);
        assertThat(SqlFailure.isOutage(new IllegalStateException(failure))).isTrue();
    }

    @Test
    void aFaultIsNoOutageWhateverItSuppresses() {
        RollbackException failure = new RollbackException("Could not commit transaction.");
        failure.addSuppressed(new SQLException("duplicate key", "23505"));
        assertThat(SqlFailure.isOutage(failure)).isFalse();
    }

    @Test
    void causesThatGoRoundEnd() {
        Exception one = new IllegalStateException("one");
        Exception other = new IllegalStateException("other", one);
        one.initCause(other);
        assertThat(SqlFailure.isOutage(one)).isFalse();
    }
}
