package ai.mavster.credits.ledger.lane;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Takes batches apart that failed for something in them: in halves, so that few tries tell what is sound from what is
 * not.
 */
final class Halves {

    private Halves() {}

    /** Two halves of two or more; what is of the same account stays together as far as it can, and in its order. */
    static <T> List<List<T>> of(List<? extends T> batch, Function<T, String> accountId) {
        List<T> byAccount = new ArrayList<>(batch);
        byAccount.sort(Comparator.comparing(accountId));
        int middle = byAccount.size() / 2;
        return List.of(byAccount.subList(0, middle), byAccount.subList(middle, byAccount.size()));
    }
}
