package ai.mavster.credits.http;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param data the rows, newest first
 * @param hasMore whether there are older ones
 * @param nextCursor what to send as {@code cursor} to get them; null on the last page
 */
public record Page<T>(
        List<T> data,

        @Schema(description = "Whether there are more rows.")
        boolean hasMore,

        @Schema(description = "Send it as cursor to get the next page; null on the last one.") @Nullable
        String nextCursor) {

    public Page {
        data = List.copyOf(data);
    }

    /**
     * A page of rows that were read with {@code limit + 1}: the one too many only says that there are more.
     *
     * @param cursor the cursor of a row, by {@link Cursor#of(long)} or {@link Cursor#of(String)}
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        return of(rows, limit, cursor, null);
    }

    /**
     * The same of a search that scans a part of the rows at a time: this page may be short, or empty, and yet
     * not the last.
     *
     * @param searchedTo the cursor that leads on from there; null: it has come to the end
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor, @Nullable String searchedTo) {
        if (rows.size() <= limit) {
            return new Page<>(rows, searchedTo != null, searchedTo);
        }
        return new Page<>(rows.subList(0, limit), true, cursor.apply(rows.get(limit - 1)));
    }

    /** The same page of something else. */
    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(data.stream().map(mapping).toList(), hasMore, nextCursor);
    }
}
