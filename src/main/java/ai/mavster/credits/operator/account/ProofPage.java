package ai.mavster.credits.operator.account;

import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.account.Accounts;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.proof.Proof;
import ai.mavster.credits.ledger.proof.Proofs;
import ai.mavster.credits.operator.Operator;
import ai.mavster.credits.operator.OperatorPage;
import ai.mavster.credits.operator.Visit;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Recomputes an account from its entries, on request. */
@Singleton
class ProofPage implements OperatorPage {

    private static final String PATH = "/operator/accounts/:account_id/proof";

    /** A browser waits no longer; the API has more patience. */
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    /** After how many entries the time is checked. */
    private static final int PART = 1_000;

    private final Accounts accounts;
    private final Proofs proofs;
    private final LongReads reads;
    private final Clock clock;
    private final Template template;

    ProofPage(
            Accounts accounts,
            Proofs proofs,
            LongReads reads,
            Clock clock,
            @Location("operator/proof.html") Template template) {
        this.accounts = accounts;
        this.proofs = proofs;
        this.reads = reads;
        this.clock = clock;
        this.template = template;
    }

    @Override
    public void register(Operator operator) {
        operator.get(PATH, visit -> show(visit, null));
        operator.post(PATH, visit -> show(visit, prove(visit)));
    }

    private PageAnswer show(Visit visit, @Nullable Proof proof) {
        return PageAnswer.of(visit.fill(template)
                .data("profile", accounts.profile(visit.accountId()))
                .data("proof", proof));
    }

    private Proof prove(Visit visit) {
        String accountId = visit.accountId();
        return reads.answer(visit.author().id(), accountId, () -> proofs.of(accountId, inTime()))
                .orElseThrow(() -> new RefusalException(Refusal.noSuchAccount(accountId)));
    }

    private Runnable inTime() {
        long end = clock.millis() + PATIENCE.toMillis();
        int[] entries = {0};
        return () -> {
            if (++entries[0] % PART == 0 && clock.millis() > end) {
                throw new Unavailable(Unavailable.Reason.OVERLOADED, null);
            }
        };
    }
}
