package ai.mavster.credits.operator.correction;

import ai.mavster.credits.Credits;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.page.Numbers;
import ai.mavster.credits.http.page.PageRequest;
import io.quarkus.qute.TemplateData;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a correction's form, as they were sent; empty: nothing was.
 *
 * @param until the last day that the credits can be spent on
 * @param key under which it counts once
 */
@TemplateData
public record Fields(String kind, String credits, String until, String reason, String key) {

    static final Fields NONE = new Fields("promotional", "", "", "", "");

    static Fields of(PageRequest request) {
        return new Fields(
                text(request, "kind"),
                text(request, "credits"),
                text(request, "until"),
                text(request, "reason"),
                text(request, "key"));
    }

    private static String text(PageRequest request, String name) {
        String text = request.field(name);
        return text == null ? "" : text;
    }

    /** With a key of its own, before it is shown to be confirmed. */
    Fields keyed() {
        return new Fields(kind, credits, until, reason, UUID.randomUUID().toString());
    }

    /** More or less than zero. */
    Credits signedCredits() {
        boolean takes = credits.startsWith("-") || credits.startsWith("\u2212");
        Credits amount = Numbers.credits("credits", takes ? credits.substring(1) : credits, Locale.ENGLISH);
        return takes ? amount.negated() : amount;
    }

    /** Null: all. */
    @Nullable
    Credits creditsOrAll() {
        return credits.isEmpty() ? null : Numbers.credits("credits", credits, Locale.ENGLISH);
    }

    /** When that day is over where the account is; null: they never expire. */
    @Nullable
    Instant expiresAt(ZoneId zone) {
        if (until.isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(until).plusDays(1).atStartOfDay(zone).toInstant();
        } catch (DateTimeException malformed) {
            throw new InvalidInput("until", "must be a day, such as 2027-01-31");
        }
    }

    String idempotencyKey() {
        if (key.isEmpty()
                || key.length() > 255
                || !key.chars().allMatch(character -> character > ' ' && character <= '~')) {
            throw new InvalidInput("key", "is missing: check the form once more");
        }
        return key;
    }
}
