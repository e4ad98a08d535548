package ai.mavster.credits.report;

import ai.mavster.credits.report.ReportRepository.EntryRange;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A report in the making: through all accounts in the order of their ids, a bounded part at a time. For one thread. */
final class ReportWalk {

    /** How many entries one statement adds up: some milliseconds of work, however long an account's past is. */
    private static final int ENTRIES = 20_000;

    private final ReportRepository rows;
    private final ReportQuery query;
    private final int accounts;
    private final SortedMap<Group, Figures> groups = new TreeMap<>();
    private final Deque<EntryRange> unread = new ArrayDeque<>();
    private String lastAccount;
    private boolean mayHaveMore = true;

    /**
     * @param afterAccount empty: from the first one on
     * @param accounts how many are taken at a time
     */
    ReportWalk(ReportRepository rows, ReportQuery query, String afterAccount, int accounts) {
        this.rows = rows;
        this.query = query;
        this.lastAccount = afterAccount;
        this.accounts = accounts;
    }

    /** Adds up the next part. */
    void step() throws SQLException {
        if (unread.isEmpty()) {
            List<EntryRange> found = rows.left(query, lastAccount, accounts, this::figures);
            mayHaveMore = found.size() == accounts;
            if (!found.isEmpty()) {
                lastAccount = found.get(found.size() - 1).accountId();
            }
            found.stream().filter(range -> range.length() > 0).forEach(unread::add);
        } else {
            rows.moved(query, nextPart(), this::figures);
        }
    }

    private Figures figures(Group group) {
        return groups.computeIfAbsent(group, any -> new Figures());
    }

    private List<EntryRange> nextPart() {
        List<EntryRange> part = new ArrayList<>();
        long left = ENTRIES;
        while (left > 0 && !unread.isEmpty()) {
            EntryRange next = unread.removeFirst();
            long last = Math.min(next.last(), next.after() + left);
            part.add(new EntryRange(next.accountId(), next.after(), last));
            left -= last - next.after();
            if (last < next.last()) {
                unread.addFirst(new EntryRange(next.accountId(), last, next.last()));
            }
        }
        return part;
    }

    /** Whether the accounts that were begun are complete. */
    boolean isBetweenAccounts() {
        return unread.isEmpty();
    }

    /** Whether there may be further accounts, or more to add up of those that were begun. */
    boolean mayHaveMore() {
        return mayHaveMore || !unread.isEmpty();
    }

    String lastAccount() {
        return lastAccount;
    }

    /** What was added up since it was asked last, by group; without groups of which there is nothing to tell. */
    List<Map.Entry<Group, Figures>> take() {
        List<Map.Entry<Group, Figures>> taken = groups.entrySet().stream()
                .filter(group -> !group.getValue().isNothing())
                .map(group -> Map.entry(group.getKey(), group.getValue()))
                .toList();
        groups.clear();
        return taken;
    }
}
