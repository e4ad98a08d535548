package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundTripTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT 1 FROM account_balance WHERE account_id = ANY (?) ORDER BY 1 | SELECT 1 FROM account_balance WHERE account_id = ? ORDER BY 1
            INSERT INTO t SELECT * FROM unnest(?::text[], ?::bigint[]) ON CONFLICT DO NOTHING | INSERT INTO t SELECT * FROM (VALUES (?::text, ?::bigint)) AS one ON CONFLICT DO NOTHING
            SELECT k.a FROM unnest(?::text[], ?::uuid[]) AS k (a, b) JOIN t USING (a) | SELECT k.a FROM (VALUES (?::text, ?::uuid)) AS k (a, b) JOIN t USING (a)
            UPDATE t SET a = ? WHERE b = ? | UPDATE t SET a = ? WHERE b = ?
            """)
    void aStatementForOneRowHasNoArrays(String forMany, String forOne) {
        assertThat(RoundTrip.forOneRow(forMany)).isEqualTo(forOne);
    }
}
