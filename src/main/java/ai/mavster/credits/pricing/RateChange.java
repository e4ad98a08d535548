package ai.mavster.credits.pricing;

import ai.mavster.credits.Author;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of the card when rates are put, one after another. Pure. */
final class RateChange {

    private final RateCard card;
    private final Instant now;
    private final Author author;
    private final @Nullable String reason;
    private final Set<Map.Entry<String, Instant>> seen = new HashSet<>();
    private final List<RateVersion> versions = new ArrayList<>();
    private final List<RateVersion> added = new ArrayList<>();

    RateChange(RateCard card, Instant now, Author author, @Nullable String reason) {
        this.card = card;
        this.now = now;
        this.author = author;
        this.reason = reason;
    }

    /**
     * A rate as it is to be.
     *
     * @param price null withdraws the action
     * @param effectiveFrom null: now
     */
    record Wanted(
            String action,
            String unit,
            @Nullable Price price,
            @Nullable Instant effectiveFrom,
            @Nullable String note) {}

    /**
     * Takes a rate on.
     *
     * @param field what the caller calls it: {@code rates[2]}
     * @return why not; null if it is taken on
     * @throws InvalidInput 400 if it would start in the past, or is the same version as one before it
     */
    @Nullable
    Refusal want(String field, Wanted wanted) {
        Instant from = wanted.effectiveFrom == null ? now : wanted.effectiveFrom;
        RateVersion version =
                new RateVersion(wanted.action, from, wanted.unit, wanted.price, null, wanted.note, now, author, reason);
        RateVersion present = wanted.effectiveFrom == null
                ? card.versionInForce(wanted.action, now)
                : card.version(wanted.action, from);
        if (present != null && present.saysTheSameAs(version)) {
            list(field, present);
            return null;
        }
        list(field, version);
        RateVersion other = card.version(wanted.action, from);
        if (other != null) {
            return exists(other);
        }
        if (from.isBefore(now)) {
            throw new InvalidInput(
                    field + ".effective_from", "must not be in the past: what was debited there was priced already");
        }
        added.add(version);
        return null;
    }

    private void list(String field, RateVersion version) {
        if (!seen.add(Map.entry(version.action(), version.effectiveFrom()))) {
            throw new InvalidInput(
                    field, "must be another version than those before it: the same action and effective_from");
        }
        versions.add(version);
    }

    private static Refusal exists(RateVersion version) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("rate_action", version.action());
        members.put("effective_from", version.effectiveFrom());
        members.put("unit", version.unit());
        members.put("credits", version.price());
        members.put("note", version.note());
        return new Refusal(
                Refusal.Code.RATE_EXISTS,
                "%s has a rate from %s on already, %s, and no version is ever changed. Choose a later effective_from."
                        .formatted(
                                version.action(),
                                version.effectiveFrom(),
                                version.price() == null
                                        ? "which withdraws it"
                                        : version.price().inWords() + " for each " + version.unit()),
                members);
    }

    /** What was wanted, as it now is, in that order. */
    List<RateVersion> versions() {
        return versions;
    }

    /** Those of them that are new. */
    List<RateVersion> added() {
        return added;
    }
}
