package ai.mavster.credits.ledger;

import static ai.mavster.credits.ledger.Samples.NOW;
import static ai.mavster.credits.ledger.Samples.account;
import static ai.mavster.credits.ledger.Samples.grant;
import static ai.mavster.credits.ledger.Samples.topUp;
import static ai.mavster.credits.ledger.posting.GrantKind.MONTHLY;
import static ai.mavster.credits.ledger.posting.GrantKind.PROMOTIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.Command.OnInsufficient;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.Purpose;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expires, and what holds keep of it, without clock or database. */
class ExpiryDecisionTest {

    /** Grant 1 (10) expires now, grant 2 (20) a moment later, grant 3 (30) never. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # nanoseconds before or after, held, what expires
            -1, 0,  ''
            0,  0,  1:-10
            1,  0,  1:-10 2:-20
            0,  50, 1:-10
            0,  51, 1:-9
            0,  60, ''
            1,  35, 1:-10 2:-15
            1,  55, 1:-5
            """)
    void whatHasExpiredGoesUnlessAHoldReservesIt(long nanos, String held, String expired) {
        AccountState account = account(
                Credits.parse(held),
                topUp(3, "30"),
                grant(2, MONTHLY, "20", NOW.plusNanos(1)),
                grant(1, PROMOTIONAL, "10", NOW));

        assertThat(new BatchView(account, null).expiringBy(NOW.plusNanos(nanos)).isZero())
                .isEqualTo(expired.isEmpty());
        Instant since = account.asOf();
        account.turnTo(NOW.plusNanos(nanos));
        assertThat(Samples.text(Decision.expire(account, List.of(), since))).isEqualTo(expired);
    }

    /** Of grant 1, which expired a second ago, so much was kept; grant 2 is a top-up of 100 that came in since. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # kept, held, the hold that ends, made so many seconds ago, what expires
            40, 40,  40, 60, 1:-40
            40, 40,  10, 60, 1:-10
            40, 140, 40, 60, 1:-40
            40, 90,  90, 60, 1:-40
            40, 60,  20, 0,  ''
            40, 60,  20, 1,  ''
            """)
    void whatAHoldHasKeptExpiresAsItLetsGo(String kept, String held, String ends, long secondsAgo, String expired) {
        AccountState account =
                account(Credits.parse(held), topUp(2, "100"), grant(1, PROMOTIONAL, kept, NOW.minusSeconds(1)));
        account.turnTo(NOW);

        Hold hold = Samples.hold(7, ends, secondsAgo);

        assertThat(Samples.text(Decision.expire(account, List.of(hold), NOW))).isEqualTo(expired);
    }

    /** Income neither eats what is kept nor adds to it, however often expiry is decided after it. */
    @Test
    void whatIsKeptStaysKeptWhateverComesIn() {
        AccountState account =
                account(Credits.of(40), topUp(2, "100"), grant(1, PROMOTIONAL, "40", NOW.minusSeconds(1)));
        account.turnTo(NOW);

        assertThat(Decision.expire(account, List.of(), NOW.minusSeconds(1))).isEmpty();
        assertThat(Decision.expire(account, List.of(), NOW)).isEmpty();
    }

    /** Grant 1 has kept 30 for a hold of 50; grant 2 is a top-up of 100. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # asked, with the hold, charged from
            20, true,  1:-20
            30, true,  1:-30
            50, true,  1:-30 2:-20
            70, true,  1:-30 2:-40
            70, false, 2:-70
            80, false, 2:-80
            """)
    void onlyCapturesTakeWhatIsKept(String asked, boolean withHold, String expected) {
        AccountState account =
                account(Credits.of(50), topUp(2, "100"), grant(1, PROMOTIONAL, "30", NOW.minusSeconds(1)));
        account.turnTo(NOW);
        Hold hold = Samples.hold(7, "50", 60);
        Participant.Charge charge =
                new Participant.Charge(Purpose.NONE, Credits.parse(asked), withHold ? List.of(hold) : List.of());

        assertThat(Decision.debit(account, charge, OnInsufficient.REFUSE, List.of())
                        .<String>fold(effect -> Samples.text(effect.movements()), Refusal::detail))
                .isEqualTo(expected);
    }
}
