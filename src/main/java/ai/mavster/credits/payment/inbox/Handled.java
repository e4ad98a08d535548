package ai.mavster.credits.payment.inbox;

import ai.mavster.credits.payment.Applied;
import ai.mavster.credits.payment.Finding;
import org.jspecify.annotations.Nullable;

/**
 * What came of an object's events.
 *
 * @param accountId whose they were; null: not known, or of no account
 * @param detail why, in a few words of the service's own; null: nothing is to be said
 */
public record Handled(
        EventStatus status,
        @Nullable String accountId,
        @Nullable String detail) {

    public static Handled processed(@Nullable String accountId) {
        return new Handled(EventStatus.PROCESSED, accountId, null);
    }

    /** They are of no concern here. */
    public static Handled ignored(String why) {
        return new Handled(EventStatus.IGNORED, null, why);
    }

    /** A person has to see to them. */
    public static Handled unexplained(@Nullable String accountId, String why) {
        return new Handled(EventStatus.UNEXPLAINED, accountId, why);
    }

    /** As a payment's state was applied. */
    public static Handled of(Applied applied) {
        String accountId = applied.payment() == null ? null : applied.payment().accountId();
        Finding finding = applied.finding();
        return finding == null ? processed(accountId) : unexplained(accountId, finding.id());
    }
}
