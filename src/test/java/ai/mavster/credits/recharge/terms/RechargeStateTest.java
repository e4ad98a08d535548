package ai.mavster.credits.recharge.terms;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.recharge.terms.RechargeState.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state machine, and what is to be done in each state. */
class RechargeStateTest {

    private static final Instant ORDERED = Instant.parse("2026-11-21T18:39:00Z");
    private static final Duration EXPIRES = Duration.ofDays(2);

    /** Each state by each thing that is heard; a dot: it stays as it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATED             | CHARGING | .       | .       | CONFIRMATION_NEEDED | SUCCEEDED | UNCREDITED | DECLINED | EXPIRED
            CHARGING            | .        | UNKNOWN | PENDING | CONFIRMATION_NEEDED | SUCCEEDED | UNCREDITED | DECLINED | EXPIRED
            UNKNOWN             | .        | .       | PENDING | CONFIRMATION_NEEDED | SUCCEEDED | UNCREDITED | DECLINED | EXPIRED
            PENDING             | .        | .       | .       | CONFIRMATION_NEEDED | SUCCEEDED | UNCREDITED | DECLINED | EXPIRED
            CONFIRMATION_NEEDED | .        | .       | PENDING | .                   | SUCCEEDED | UNCREDITED | DECLINED | EXPIRED
            SUCCEEDED           | .        | .       | .       | .                   | .         | .          | .        | .
            UNCREDITED          | .        | .       | .       | .                   | SUCCEEDED | .          | .        | .
            DECLINED            | .        | .       | .       | .                   | SUCCEEDED | UNCREDITED | .        | .
            EXPIRED             | .        | .       | .       | .                   | SUCCEEDED | UNCREDITED | .        | .
            """)
    void becomes(
            RechargeStatus before,
            String asked,
            String noAnswer,
            String pending,
            String confirmationNeeded,
            String paid,
            String uncredited,
            String declined,
            String canceled) {
        Map<Heard, String> expected = Map.of(
                Heard.ASKED, asked,
                Heard.NO_ANSWER, noAnswer,
                Heard.PENDING, pending,
                Heard.CONFIRMATION_NEEDED, confirmationNeeded,
                Heard.PAID, paid,
                Heard.PAID_UNCREDITED, uncredited,
                Heard.DECLINED, declined,
                Heard.CANCELED, canceled);
        assertThat(expected).containsOnlyKeys(Heard.values());
        expected.forEach((heard, becomes) -> assertThat(RechargeState.after(before, heard))
                .as(before + " by " + heard)
                .isEqualTo(becomes.equals(".") ? before : RechargeStatus.valueOf(becomes)));
    }

    /**
     * @param asked after so long it was first asked for; none: it was not
     * @param now after so long
     */
    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            CREATED, none, PT0S, false, CHARGE
            CREATED, none, PT47H59M59.999999S, false, CHARGE
            CREATED, none, PT48H, false, EXPIRE
            CREATED, none, PT1S, true, EXPIRE
            CHARGING, PT1H, PT1H, false, CHARGE
            CHARGING, PT1H, PT23H59M59.999999S, false, CHARGE
            CHARGING, PT1H, PT24H, false, CANCEL
            CHARGING, PT1H, PT2H, true, CANCEL
            UNKNOWN, PT1H, PT23H59M59.999999S, false, CHARGE
            UNKNOWN, PT1H, PT24H, false, CANCEL
            UNKNOWN, PT1H, PT2H, true, CANCEL
            PENDING, PT1H, PT47H59M59.999999S, false, LOOK_UP
            PENDING, PT1H, PT48H, false, CANCEL
            PENDING, PT1H, PT2H, true, CANCEL
            CONFIRMATION_NEEDED, PT1H, PT24H, false, LOOK_UP
            CONFIRMATION_NEEDED, PT1H, PT48H, false, CANCEL
            CONFIRMATION_NEEDED, PT1H, PT2H, true, CANCEL
            SUCCEEDED, PT1H, PT99H, false, NONE
            UNCREDITED, PT1H, PT99H, true, NONE
            DECLINED, PT1H, PT99H, false, NONE
            EXPIRED, none, PT99H, true, NONE
            """)
    void isFollowedBy(RechargeStatus status, Duration asked, Duration now, boolean closed, NextStep step) {
        assertThat(NextStep.of(
                        status,
                        ORDERED,
                        asked == null ? null : ORDERED.plus(asked),
                        ORDERED.plus(now),
                        EXPIRES,
                        closed))
                .isEqualTo(step);
    }
}
