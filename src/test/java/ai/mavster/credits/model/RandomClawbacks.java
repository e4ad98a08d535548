package ai.mavster.credits.model;

import ai.mavster.credits.Credits;
import ai.mavster.credits.ledger.Correction;
import ai.mavster.credits.ledger.posting.Posting;
import ai.mavster.credits.ledger.posting.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes up what is claimed back of grants, whatever became of their credits, and given back again: of each never more
 * than it had, whichever of these take effect.
 */
final class RandomClawbacks {

    private final SplittableRandom random;
    private final ReferenceAccount account;
    private final RandomWords words;
    private final Map<UUID, Long> granted;
    private final Supplier<String> keys;
    private final Map<UUID, Long> claims = new HashMap<>();
    private final Map<UUID, Long> givenBack = new HashMap<>();

    /**
     * @param granted which grants the kernel has told, each with the entry that posted it
     * @param keys makes keys, each of them once
     */
    RandomClawbacks(
            SplittableRandom random,
            ReferenceAccount account,
            RandomWords words,
            Map<UUID, Long> granted,
            Supplier<String> keys) {
        this.random = random;
        this.account = account;
        this.words = words;
        this.granted = granted;
        this.keys = keys;
    }

    RandomSteps.Step<Posting> next() {
        List<Map.Entry<UUID, Long>> known = List.copyOf(granted.entrySet());
        if (known.isEmpty() || random.nextInt(30) == 0) {
            return clawback(new UUID(random.nextLong(), random.nextLong()), null, 1);
        }
        Map.Entry<UUID, Long> grant = known.get(random.nextInt(known.size()));
        UUID id = grant.getKey();
        ReferenceGrants.Grant named = account.grants.bySeq(grant.getValue());
        long reinstated = account.corrections.reinstated.getOrDefault(id, 0L);
        long claimable = named.credits - claims.getOrDefault(id, 0L) + reinstated;
        long claimed = account.corrections.claimed.getOrDefault(id, 0L) - givenBack.getOrDefault(id, 0L);
        if (claimed > 0 && random.nextInt(3) == 0) {
            return reinstatement(id, named, random.nextBoolean() ? claimed : random.nextLong(claimed) + 1);
        }
        return claimable > 0
                ? clawback(id, named, Math.min(claimable, about(named)))
                : clawback(id, named, Math.min(Long.MAX_VALUE - 1, named.credits) + 1);
    }

    private long about(ReferenceGrants.Grant grant) {
        return switch (random.nextInt(6)) {
            case 0 -> 1;
            case 1 -> Math.max(1, grant.remaining);
            case 2 -> Math.min(grant.remaining, Long.MAX_VALUE - 1) + 1;
            case 3 -> Math.max(1, Math.min(grant.remaining, account.available()));
            case 4 -> grant.credits / 2 + 1;
            default -> grant.credits;
        };
    }

    private RandomSteps.Step<Posting> clawback(UUID id, ReferenceGrants.@Nullable Grant named, long credits) {
        Correction.Clawback clawback = new Correction.Clawback(
                account.accountId,
                keys.get(),
                id,
                new Credits(credits),
                new Texts(null, "refunded", words.metadata()),
                words.author());
        claims.merge(id, credits, Long::sum);
        return new RandomSteps.Step<>(
                clawback, now -> account.corrections.clawBack(clawback, named, now), Text::posting);
    }

    private RandomSteps.Step<Posting> reinstatement(UUID id, ReferenceGrants.Grant named, long credits) {
        Correction.Reinstatement reinstatement = new Correction.Reinstatement(
                account.accountId,
                keys.get(),
                id,
                new Credits(credits),
                words.amount(),
                Texts.note("won"),
                words.author());
        givenBack.merge(id, credits, Long::sum);
        return new RandomSteps.Step<>(
                reinstatement, now -> account.corrections.reinstate(reinstatement, named, now), Text::posting);
    }
}
