package ai.mavster.credits.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.hold.Hold;
import ai.mavster.credits.ledger.posting.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of a charge passes, where some of its holds are counted and others are not. */
class ChargeTest {

    /** Holds in the order in which they are drawn on: {@code +10} is counted, {@code -10} is not. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # holds,          room,  most
            '',               5,     5
            '',               0,     0
            '',               -3,    0
            +10,              5,     15
            +10,              0,     10
            +10,              -40,   10
            -10,              5,     5
            -10,              10,    10
            -10,              12,    12
            -10,              -1,    0
            +10 -10,          5,     15
            +10 -10,          12,    22
            -10 +10,          5,     5
            -10 +10,          9.999999, 9.999999
            -10 +10,          10,    20
            -10 +10,          12,    22
            +5 -15 +40,       12,    17
            +5 -15 +40,       15,    60
            +5 -15 +40,       0,     5
            +5 -15 +40 -3,    16,    61
            -4 +10 -4 +10,    7,     17
            -4 +10 -4 +10,    8,     28
            """)
    void growsByNoMoreThanTheRoom(String holds, String room, String most) {
        List<Hold> counted = new ArrayList<>();
        Participant.Charge charge = charge(holds, counted);
        assertThat(charge.most(counted::contains, Credits.parse(room))).isEqualTo(Credits.parse(most));
    }

    /** By drawing one credit after another. */
    @Test
    void isWhatCanBeDrawnOneByOne() {
        Random random = new Random(20261121);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder holds = new StringBuilder();
            for (int hold = random.nextInt(5); hold > 0; hold--) {
                holds.append(random.nextBoolean() ? " +" : " -").append(1 + random.nextInt(9));
            }
            int room = random.nextInt(25) - 3;
            List<Hold> counted = new ArrayList<>();
            Participant.Charge charge = charge(holds.toString().trim(), counted);
            assertThat(charge.most(counted::contains, Credits.of(room)))
                    .as(holds + ", room " + room)
                    .isEqualTo(Credits.of(oneByOne(holds.toString().trim(), Math.max(0, room))));
        }
    }

    private static int oneByOne(String holds, int room) {
        int drawn = 0;
        int left = room;
        for (String hold : holds.isEmpty() ? new String[0] : holds.split(" ", -1)) {
            for (int credit = Integer.parseInt(hold.substring(1)); credit > 0; credit--) {
                if (hold.startsWith("-") && left-- == 0) {
                    return drawn;
                }
                drawn++;
            }
        }
        return drawn + left;
    }

    private static Participant.Charge charge(String holds, List<Hold> counted) {
        List<Hold> all = new ArrayList<>();
        for (String text : holds.isEmpty() ? new String[0] : holds.split(" ", -1)) {
            Hold hold = Hold.made(
                    "acct",
                    Samples.id(all.size() + 1),
                    new Change.Reservation(
                            Credits.parse(text.substring(1)), Duration.ofHours(1), Purpose.NONE, List.of()),
                    Instant.EPOCH);
            all.add(hold);
            if (text.startsWith("+")) {
                counted.add(hold);
            }
        }
        return new Participant.Charge(Purpose.NONE, Credits.of(1_000), all);
    }
}
