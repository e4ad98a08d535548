package ai.mavster.credits.http.reading;

import ai.mavster.credits.http.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list that is scanned for what matches, slice by slice. For one page so many rows are read, at most: so
 * it may be short, or empty, and yet not the last.
 *
 * @param <P> the place of a row in the list
 * @param <C> a row that is read
 * @param <R> what a row that matches is answered as
 */
public abstract class ListSearch<P, C, R> {

    /** How many rows are read together: fewer than the ledger's readers take at once. */
    protected static final int SLICE = 200;

    /** How many rows are read for one page. */
    private static final int SEARCHED = 5 * SLICE;

    /**
     * The next few rows after a place; from the start after null.
     *
     * @return empty: there are no more
     */
    protected abstract List<C> after(@Nullable P last);

    protected abstract P place(C row);

    /** What of some rows matches, in their order, with what each is answered as. */
    protected abstract List<Map.Entry<C, R>> matching(List<C> slice);

    protected abstract String cursor(P place);

    /**
     * A page.
     *
     * @param start after which it begins; null: the first one
     */
    public final Page<R> page(@Nullable P start, int limit) {
        List<Map.Entry<C, R>> found = new ArrayList<>();
        P last = start;
        int searched = 0;
        boolean ended = false;
        while (!ended && found.size() <= limit && searched < SEARCHED) {
            List<C> slice = after(last);
            ended = slice.isEmpty();
            if (!ended) {
                found.addAll(matching(slice));
                last = lastOf(slice);
                searched += slice.size();
            }
        }
        return Page.of(
                        found.subList(0, Math.min(found.size(), limit + 1)),
                        limit,
                        row -> cursor(place(row.getKey())),
                        ended || last == null ? null : cursor(last))
                .map(Map.Entry::getValue);
    }

    private P lastOf(List<C> slice) {
        return place(slice.get(slice.size() - 1));
    }

    /** All that match, as lines. */
    public final CsvStreams.Pages lines(Function<R, Stream<@Nullable Object>> cells) {
        Places places = new Places();
        return csv -> {
            List<C> slice = after(places.last);
            if (slice.isEmpty()) {
                return false;
            }
            matching(slice).forEach(match -> csv.row(cells.apply(match.getValue())));
            places.last = lastOf(slice);
            return true;
        };
    }

    /** How far a stream has come. */
    private final class Places {
        private @Nullable P last;
    }
}
