package ai.mavster.credits.checkout.order;

import ai.mavster.credits.payment.Payment;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account has bought at pages, for its owner. */
@Singleton
public class Purchases {

    private final CheckoutRepository checkouts;
    private final Clock clock;

    Purchases(CheckoutRepository checkouts, Clock clock) {
        this.checkouts = checkouts;
        this.clock = clock;
    }

    /**
     * A checkout and what became of its money.
     *
     * @param page where it is paid; null: there is none yet
     */
    public record Bought(
            CheckoutStatus status,
            Payment payment,
            @Nullable String page) {}

    /** The last ones, the newest first. Blocks. */
    public List<Bought> newestFirst(String accountId, int most) {
        Instant now = clock.instant();
        return checkouts.before(accountId, CheckoutRepository.LAST, most).stream()
                .map(paired -> new Bought(
                        paired.checkout().status(now),
                        paired.payment(),
                        paired.checkout().page() == null
                                ? null
                                : paired.checkout().page().url()))
                .toList();
    }
}
