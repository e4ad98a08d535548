package ai.mavster.credits.ledger.written;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Reads what was written last, of many accounts at once. */
@Singleton
public class LastWrittenRepository implements PanacheRepositoryBase<LastWrittenRow, String> {

    private final Session session;

    LastWrittenRepository(Session session) {
        this.session = session;
    }

    /** By account; in the caller's transaction. */
    public Map<String, LastWritten> of(Collection<String> accountIds) {
        return session
                .createSelectionQuery(
                        "select w.accountId, w.seq, w.balance, w.held, w.owed, w.asOf, w.onTestClock"
                                + " from LastWrittenRow w where w.accountId in (:accounts)",
                        LastWritten.class)
                .setParameterList("accounts", accountIds)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(LastWritten::accountId, Function.identity()));
    }
}
