package ai.mavster.credits.budget;

import ai.mavster.credits.budget.limit.ThresholdsReached;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** What budgets have published of each account, once it was committed. */
@Singleton
class Announced implements Participant {

    private final Map<String, List<String>> told = new ConcurrentHashMap<>();

    /** Since the last time, such as {@code project p 50 75 of 100 at 76} or {@code project p exceeded at 100}. */
    List<String> of(String accountId) {
        List<String> all = told.remove(accountId);
        return all == null ? List.of() : List.copyOf(all);
    }

    @Override
    public int order() {
        return 1_400;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        return new OfBatch();
    }

    private static String text(ThresholdsReached reached) {
        return "%s%s %s of %s at %s"
                .formatted(
                        reached.scope().id(),
                        reached.scope().isOfWholeAccount() ? "" : " " + reached.scopeId(),
                        reached.percent().stream().map(Object::toString).collect(Collectors.joining(" ")),
                        reached.limit(),
                        reached.used());
    }

    private static String text(BudgetExceeded exceeded) {
        return "%s%s exceeded at %s"
                .formatted(
                        exceeded.scope().id(),
                        exceeded.scope().isOfWholeAccount() ? "" : " " + exceeded.scopeId(),
                        exceeded.used());
    }

    private final class OfBatch implements InBatch {

        private final Map<String, List<String>> heard = new ConcurrentHashMap<>();

        @Override
        public void hear(Fact fact, AccountView account) {
            if (fact instanceof ThresholdsReached reached) {
                add(account, text(reached));
            } else if (fact instanceof BudgetExceeded exceeded) {
                add(account, text(exceeded));
            }
        }

        private void add(AccountView account, String text) {
            heard.computeIfAbsent(account.accountId(), id -> new ArrayList<>()).add(text);
        }

        /** Before the commit, so that whoever was answered finds it; a batch that failed is decided anew. */
        @Override
        public void write(RoundTrip writes) {
            heard.forEach((id, more) -> told.computeIfAbsent(id, none -> new CopyOnWriteArrayList<>())
                    .addAll(more));
        }
    }
}
