package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.sql.RoundTrip;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A feature as any other: limits what a project may spend where a test says so, and keeps what it hears. */
@Singleton
class ProbeParticipant implements Participant {

    /** Published by this participant for each posting of a project that it limits. */
    record SpentOfLimit(String projectId, Credits credits) implements Fact {}

    /** What is left of a limit, by project; less than nothing where it was lowered. */
    final Map<String, Credits> limits = new ConcurrentHashMap<>();

    /** Projects for which nothing may pass, not even what is free. */
    final Set<String> closed = ConcurrentHashMap.newKeySet();

    /** What was heard of an account, in order, once it was committed. */
    final Map<String, List<Fact>> heard = new ConcurrentHashMap<>();

    @Override
    public int order() {
        return 1_000;
    }

    @Override
    public InBatch read(RoundTrip reads, Scope scope) {
        return new OfBatch();
    }

    final class OfBatch implements InBatch {

        private final Map<String, List<Fact>> facts = new ConcurrentHashMap<>();

        @Override
        public @Nullable Limit limit(Charge charge, AccountView account) {
            String projectId = charge.purpose().projectId();
            if (projectId == null) {
                return null;
            }
            Refusal refusal = Refusal.of(Refusal.Code.BUDGET_EXCEEDED, "The budget of the project is used up.");
            Credits left = limits.get(projectId);
            if (closed.contains(projectId)) {
                return Limit.nothing(refusal);
            }
            return left == null
                    ? null
                    : new Limit(
                            charge.most(hold -> projectId.equals(hold.purpose().projectId()), left), refusal);
        }

        @Override
        public void hear(Fact fact, AccountView account) {
            facts.computeIfAbsent(account.accountId(), id -> new ArrayList<>()).add(fact);
            if (fact instanceof Fact.Posted posted) {
                String projectId = posted.posting().purpose().projectId();
                if (projectId != null && limits.containsKey(projectId)) {
                    account.publish(new SpentOfLimit(projectId, posted.posting().credits()));
                }
            }
        }

        @Override
        public void committed() {
            facts.forEach((id, more) -> heard.computeIfAbsent(id, none -> new CopyOnWriteArrayList<>())
                    .addAll(more));
        }
    }
}
