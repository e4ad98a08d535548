package ai.mavster.credits.pricing;

import ai.mavster.credits.Author;
import ai.mavster.credits.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All versions of all rates as of one revision: past, in force, and to come. Immutable. */
public final class RateCard {

    private final long revision;
    private final NavigableMap<String, NavigableMap<Instant, RateVersion>> actions = new TreeMap<>();

    RateCard(long revision, Collection<RateVersion> versions) {
        this.revision = revision;
        for (RateVersion version : versions) {
            actions.computeIfAbsent(version.action(), action -> new TreeMap<>()).put(version.effectiveFrom(), version);
        }
    }

    /** Which card this is: every change of the card raises it. */
    public long revision() {
        return revision;
    }

    /**
     * The rate of an action at an instant: that of its last version whose {@code effective_from} is not after it.
     *
     * @return empty if the action has none by then, or is withdrawn
     */
    public Optional<Rate> rate(String action, Instant at) {
        return Optional.ofNullable(versionInForce(action, at)).flatMap(RateVersion::rate);
    }

    /** Also one that withdraws the action. */
    @Nullable
    RateVersion versionInForce(String action, Instant at) {
        Map.@Nullable Entry<Instant, RateVersion> entry = versions(action).floorEntry(at);
        return entry == null ? null : entry.getValue();
    }

    @Nullable
    RateVersion version(String action, Instant effectiveFrom) {
        return versions(action).get(effectiveFrom);
    }

    private NavigableMap<Instant, RateVersion> versions(String action) {
        NavigableMap<Instant, RateVersion> versions = actions.get(action);
        return versions == null ? Collections.emptyNavigableMap() : versions;
    }

    /** The versions that price something at an instant, by {@link RateVersion#IN_ORDER}. */
    List<RateVersion> inForce(Instant at) {
        List<RateVersion> found = new ArrayList<>();
        for (String action : actions.keySet()) {
            RateVersion version = versionInForce(action, at);
            if (version != null && version.price() != null) {
                found.add(version);
            }
        }
        return found;
    }

    /** All versions, by {@link RateVersion#IN_ORDER}. */
    List<RateVersion> history() {
        List<RateVersion> all = new ArrayList<>();
        actions.values().forEach(versions -> all.addAll(versions.descendingMap().values()));
        return all;
    }

    /**
     * What an action costs from a time on, for pages.
     *
     * @param minimum of one unit, as {@code maximum}; both null: the action is withdrawn
     */
    public record Listed(
            String action,
            String unit,
            @Nullable Credits minimum,
            @Nullable Credits maximum,
            Instant effectiveFrom,
            @Nullable String note,
            Author author,
            @Nullable String reason) {

        private static Listed of(RateVersion version) {
            Price price = version.price();
            return new Listed(
                    version.action(),
                    version.unit(),
                    price == null ? null : price.minimum(),
                    price == null ? null : price.maximum(),
                    version.effectiveFrom(),
                    version.note(),
                    version.author(),
                    version.reason());
        }
    }

    /** All versions, by action, and of each action the newest first. */
    public List<Listed> listed() {
        return history().stream().map(Listed::of).toList();
    }
}
