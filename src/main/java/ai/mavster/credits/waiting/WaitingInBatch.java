package ai.mavster.credits.waiting;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Fact;
import ai.mavster.credits.ledger.Participant;
import ai.mavster.credits.sql.RoundTrip;
import ai.mavster.credits.waiting.WaitingTable.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is waited for of the accounts of a batch, and which of them may spend more by it. */
final class WaitingInBatch implements Participant.InBatch {

    private final WakeUps wakeUps;
    private final Set<String> freed = new LinkedHashSet<>(0);
    private final Map<String, Map<Place, WaitedFor>> open = new HashMap<>(0);
    private final Map<Map.Entry<String, Place>, Entry> changed = new LinkedHashMap<>(0);

    WaitingInBatch(WakeUps wakeUps) {
        this.wakeUps = wakeUps;
    }

    /** Where in an account something was refused. */
    private record Place(WaitedFor.Scope scope, String scopeId) {

        private static Place of(WaitedFor refused) {
            return new Place(refused.scope(), refused.scopeId());
        }
    }

    void load(WaitedFor refused) {
        open.computeIfAbsent(refused.accountId(), id -> new LinkedHashMap<>()).put(Place.of(refused), refused);
    }

    private List<WaitedFor> of(AccountView account) {
        Map<Place, WaitedFor> waiting = open.get(account.accountId());
        return waiting == null ? List.of() : new ArrayList<>(waiting.values());
    }

    @Override
    public void hear(Fact fact, AccountView account) {
        if (fact instanceof Fact.Refused refused) {
            if (refused.refusal().code().isPaymentRequired()) {
                waitFor(WaitedFor.of(refused.refusal(), account));
            }
        } else if (fact instanceof Fact.Closed) {
            freed.add(account.accountId());
            of(account).forEach(this::end);
        } else if (fact.mayFreeCredits()) {
            freed.add(account.accountId());
            of(account).forEach(waiting -> look(waiting, account));
        } else {
            lookAtWhatIsDue(account);
        }
    }

    /** Who is refused again and again changes nothing, unless they need less. */
    private void waitFor(WaitedFor refused) {
        WaitedFor before = open.getOrDefault(refused.accountId(), Map.of()).get(Place.of(refused));
        WaitedFor after = before == null ? refused : before.and(refused);
        if (!after.equals(before)) {
            load(after);
            write(Entry.of(after));
        }
    }

    private boolean lookAtWhatIsDue(AccountView account) {
        boolean looked = false;
        for (WaitedFor waiting : of(account)) {
            if (waiting.isDue(account.asOf())) {
                looked |= look(waiting, account);
            }
        }
        return looked;
    }

    /**
     * Announces that it could be spent by now, if it could.
     *
     * @return whether anything of it is to be written
     */
    private boolean look(WaitedFor waiting, AccountView account) {
        Refusal refusal = account.refusal(waiting.need());
        if (refusal == null) {
            end(waiting);
            account.publish(CreditsAvailableAgain.of(waiting, account));
            return true;
        }
        WaitedFor after = waiting.isDue(account.asOf()) ? waiting.stillBy(refusal) : waiting;
        if (!after.equals(waiting)) {
            load(after);
            write(Entry.of(after));
            return true;
        }
        return false;
    }

    private void end(WaitedFor waiting) {
        open.getOrDefault(waiting.accountId(), new HashMap<>()).remove(Place.of(waiting));
        write(Entry.over(waiting));
    }

    private void write(Entry entry) {
        changed.put(Map.entry(entry.accountId(), new Place(entry.scope(), entry.scopeId())), entry);
    }

    @Override
    public boolean settle(AccountView account) {
        return lookAtWhatIsDue(account);
    }

    @Override
    public void write(RoundTrip writes) {
        WaitingTable.write(writes, changed.values());
    }

    @Override
    public void committed() {
        if (!freed.isEmpty()) {
            wakeUps.committed(freed);
        }
    }
}
