package ai.mavster.credits.model;

import ai.mavster.credits.Author;
import ai.mavster.credits.Metadata;
import ai.mavster.credits.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes up what is told with a posting, and moves nothing. */
final class RandomWords {

    private final SplittableRandom random;

    RandomWords(SplittableRandom random) {
        this.random = random;
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    @Nullable
    Metadata metadata() {
        TreeMap<String, String> pairs = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            pairs.put(any(List.of("b", "build.no", "A-1", "long_key")), any(List.of("main", "Zurück \"😀\"", "1842")));
        }
        return Metadata.of(pairs);
    }

    @Nullable
    Money amount() {
        return random.nextBoolean()
                ? null
                : new Money(BigDecimal.valueOf(random.nextInt(1, 1_000_000)), any(List.of("EUR", "JPY", "KWD")));
    }

    Author author() {
        return new Author(any(List.of(Author.Type.values())), "id-" + random.nextInt(3), "Name");
    }
}
