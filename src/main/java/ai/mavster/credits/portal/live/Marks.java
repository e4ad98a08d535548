package ai.mavster.credits.portal.live;

import ai.mavster.credits.ledger.written.LastWritten;
import ai.mavster.credits.ledger.written.LastWrittenRepository;
import ai.mavster.credits.run.record.RunRepository;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the marks of all accounts that somebody watches, at once. */
@Singleton
class Marks {

    private final LastWrittenRepository written;
    private final RunRepository runs;

    Marks(LastWrittenRepository written, RunRepository runs) {
        this.written = written;
        this.runs = runs;
    }

    Map<String, Mark> of(Set<String> accountIds) {
        return QuarkusTransaction.requiringNew().call(() -> {
            Map<String, LastWritten> last = written.of(accountIds);
            List<String> onTestClocks = last.values().stream()
                    .filter(LastWritten::onTestClock)
                    .map(LastWritten::accountId)
                    .toList();
            Map<String, Set<String>> underWay = onTestClocks.isEmpty() ? Map.of() : runs.underWay(onTestClocks);
            Map<String, Mark> marks = new HashMap<>();
            last.forEach((accountId, one) ->
                    marks.put(accountId, new Mark(one, underWay.getOrDefault(accountId, Set.of()))));
            return marks;
        });
    }
}
