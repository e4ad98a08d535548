package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.http.Csv;
import ai.mavster.credits.http.reading.CsvStreams;
import ai.mavster.credits.ledger.posting.Salt;
import ai.mavster.credits.ledger.statement.EntryRepository.Range;
import io.quarkus.narayana.jta.QuarkusTransaction;
import org.jspecify.annotations.Nullable;

/**
 * All entries that match, newest first, a range of places in each transaction. Entries are never changed and get ever
 * greater places: so what the first page finds as the newest is where all of it ends, whatever is posted meanwhile.
 */
final class EntryPages implements CsvStreams.Pages {

    private final EntryRepository entries;
    private final String accountId;
    private final Salt salt;
    private final EntryRepository.Filter filter;
    private @Nullable Range left;

    EntryPages(EntryRepository entries, String accountId, Salt salt, EntryRepository.Filter filter) {
        this.entries = entries;
        this.accountId = accountId;
        this.salt = salt;
        this.filter = filter;
    }

    @Override
    public boolean write(Csv csv) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Range unread = left == null ? entries.range(accountId, filter, null) : left;
            Range page = unread.newest(EntryRepository.SEARCHED);
            entries.page(accountId, filter, page, EntryRepository.SEARCHED).stream()
                    .map(line -> EntryAnswer.of(line, accountId, salt))
                    .forEach(entry -> EntryCsv.write(csv, entry));
            Range older = unread.olderThan(page);
            left = older;
            return !older.isEmpty();
        });
    }
}
