package ai.mavster.credits.recharge.terms;

import java.time.Duration;
import java.util.List;

/** How long no recharge is made after some have failed in a row. */
final class BackOff {

    private static final List<Duration> PAUSES =
            List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofHours(24));

    private BackOff() {}

    /** @param failures 1 or more */
    static Duration after(int failures) {
        return PAUSES.get(Math.min(failures, PAUSES.size()) - 1);
    }

    /** Whether that is enough: auto-recharge is switched off. */
    static boolean endsAfter(int failures) {
        return failures > PAUSES.size();
    }
}
