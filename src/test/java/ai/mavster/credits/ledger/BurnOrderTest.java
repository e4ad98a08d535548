package ai.mavster.credits.ledger;

import static ai.mavster.credits.ledger.Samples.NOW;
import static ai.mavster.credits.ledger.Samples.account;
import static ai.mavster.credits.ledger.Samples.grant;
import static ai.mavster.credits.ledger.Samples.topUp;
import static ai.mavster.credits.ledger.posting.GrantKind.ADJUSTMENT;
import static ai.mavster.credits.ledger.posting.GrantKind.MONTHLY;
import static ai.mavster.credits.ledger.posting.GrantKind.PROMOTIONAL;
import static ai.mavster.credits.ledger.posting.GrantKind.TOP_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.burndown.BurnOrder;
import ai.mavster.credits.ledger.burndown.OpenGrant;
import ai.mavster.credits.ledger.posting.HashChain;
import ai.mavster.credits.ledger.posting.Posting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which credits are spent first. */
class BurnOrderTest {

    private static final Duration DAY = Duration.ofDays(1);

    /** In the order they are spent, which is neither that of their ages nor of their amounts. */
    private static final List<OpenGrant> GRANTS = List.of(
            grant(9, TOP_UP, "1", NOW.plus(DAY)),
            grant(5, MONTHLY, "2", NOW.plus(DAY.multipliedBy(2))),
            grant(7, PROMOTIONAL, "4", NOW.plus(DAY.multipliedBy(2))),
            grant(8, PROMOTIONAL, "8", NOW.plus(DAY.multipliedBy(2))),
            grant(3, MONTHLY, "16", null),
            grant(10, MONTHLY, "32", null),
            grant(4, PROMOTIONAL, "64", null),
            grant(2, ADJUSTMENT, "128", null),
            grant(1, TOP_UP, "256", null),
            grant(6, TOP_UP, "512", null));

    @Test
    void soonestToExpireThenMonthlyThenTopUpsOldestFirst() {
        for (int seed = 0; seed < 200; seed++) {
            List<OpenGrant> shuffled = new ArrayList<>(GRANTS);
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(account(shuffled.toArray(OpenGrant[]::new)).open().unexpired(Instant.MIN))
                    .as("shuffled by %d", seed)
                    .containsExactlyElementsOf(GRANTS);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0.000001, 9:-0.000001
            1,        9:-1
            1.000001, 9:-1 5:-0.000001
            3,        9:-1 5:-2
            3.5,      9:-1 5:-2 7:-0.5
            31,       9:-1 5:-2 7:-4 8:-8 3:-16
            255,      9:-1 5:-2 7:-4 8:-8 3:-16 10:-32 4:-64 2:-128
            256,      9:-1 5:-2 7:-4 8:-8 3:-16 10:-32 4:-64 2:-128 1:-1
            1023,     9:-1 5:-2 7:-4 8:-8 3:-16 10:-32 4:-64 2:-128 1:-256 6:-512
            """)
    void eachGrantIsEmptiedBeforeTheNext(String amount, String movements) {
        assertThat(Samples.text(BurnOrder.take(GRANTS, Credits.parse(amount)))).isEqualTo(movements);
    }

    @Test
    void nothingTouchesNothing() {
        assertThat(BurnOrder.take(GRANTS, Credits.ZERO)).isEmpty();
    }

    /** Grants that have fewer credits than the balance says are a broken account: better no debit than a wrong one. */
    @Test
    void moreThanThereIsIsAnError() {
        assertThatThrownBy(() -> BurnOrder.take(GRANTS, Credits.parse("1023.000001")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSpentGrantIsSkippedAndARefilledOneComesBackToItsPlace() {
        AccountState account = account(topUp(1, "5"), topUp(2, "5"));

        account.apply(entry(3, 1, "-5", "5"));
        assertThat(account.open().unexpired(Instant.MIN))
                .extracting(OpenGrant::seq)
                .containsExactly(2L);
        assertThat(account.open().rank(Samples.id(1))).isZero();

        account.apply(entry(4, 1, "3", "8"));
        assertThat(account.open().unexpired(Instant.MIN))
                .extracting(OpenGrant::seq)
                .containsExactly(1L, 2L);
        assertThat(account.open().rank(Samples.id(2))).isEqualTo(2);
        assertThat(account.open().get(Samples.id(1)))
                .extracting(OpenGrant::remaining)
                .isEqualTo(Credits.of(3));
        assertThat(account.balance()).isEqualTo(Credits.of(8));
        assertThat(account.seq()).isEqualTo(4);
    }

    private static Posting.Entry entry(long seq, long grant, String credits, String balanceAfter) {
        return new Posting.Entry(
                seq, Samples.id(grant), Credits.parse(credits), Credits.parse(balanceAfter), HashChain.genesis());
    }
}
