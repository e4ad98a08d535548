package ai.mavster.credits.portal.statement;

import ai.mavster.credits.ledger.posting.PostingKind;
import ai.mavster.credits.portal.ListFilters;
import io.quarkus.qute.TemplateData;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A part of the statement.
 *
 * @param older the address of the next part; null: this is the last
 * @param searchedTo how far a filter has searched, where there is more to search and no whole page was found; else null
 * @param isFirst whether it begins with the newest
 */
@TemplateData
public record StatementList(
        ListFilters asked,
        List<Day> days,
        @Nullable String older,
        @Nullable Instant searchedTo,
        boolean isFirst) {

    private static final int MILLISECONDS = 16;

    static StatementList empty(ListFilters asked) {
        return new StatementList(asked, List.of(), null, null, true);
    }

    /** When the posting of an id was made, to the millisecond. */
    static Instant timeOf(UUID postingId) {
        return Instant.ofEpochMilli(postingId.getMostSignificantBits() >>> MILLISECONDS);
    }

    /** What was posted on one day of the account's zone. */
    @TemplateData
    public record Day(LocalDate day, List<Posted> postings) {

        static List<Day> of(List<Posted> postings, ZoneId zone) {
            Map<LocalDate, List<Posted>> days = new LinkedHashMap<>();
            for (Posted posted : postings) {
                days.computeIfAbsent(posted.at().atZone(zone).toLocalDate(), day -> new ArrayList<>())
                        .add(posted);
            }
            return days.entrySet().stream()
                    .map(day -> new Day(day.getKey(), day.getValue()))
                    .toList();
        }
    }

    /** Those that can be asked for. */
    public List<String> kinds() {
        return Arrays.stream(PostingKind.values()).map(PostingKind::id).toList();
    }

    /** Of its words. */
    public String kindKey(String kind) {
        return "statement.kind." + kind;
    }

    public String csv() {
        return asked.at("/billing/statement.csv");
    }

    /** Whether what is asked for goes beyond the filters that are shown at once. */
    public boolean isNarrow() {
        return !(asked.text("project") + asked.text("test") + asked.text("action") + asked.text("run")).isEmpty();
    }
}
