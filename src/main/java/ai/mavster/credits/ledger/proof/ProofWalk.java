package ai.mavster.credits.ledger.proof;

import ai.mavster.credits.Unavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Goes through all accounts in the order of their ids, proves one after another, and keeps how each proof ended. */
@Singleton
@Startup
class ProofWalk {

    private static final Logger LOG = Logger.getLogger(ProofWalk.class);
    private static final String NO_PROOF = "The proof could not be carried out";

    private final Proofs proofs;
    private final LastProofRepository last;
    private final Counter proven;
    private final Clock clock;

    ProofWalk(Proofs proofs, LastProofRepository last, MeterRegistry registry, Clock clock) {
        this.proofs = proofs;
        this.last = last;
        this.clock = clock;
        this.proven = Counter.builder("ledger.proofs")
                .description("Proofs of accounts that the job has made, whatever came of them.")
                .register(registry);
    }

    /** The account that was proven last, by whichever process; an empty text if none was. */
    String position() {
        return QuarkusTransaction.requiringNew().call(last::newest).orElse("");
    }

    /**
     * Proves the account that follows one.
     *
     * @return which that was; null: there is none after it
     * @throws Unavailable if the database cannot be reached, and nothing was proven
     */
    @Nullable
    String step(String after) {
        List<String> next = proofs.accountsAfter(after, 1);
        if (next.isEmpty()) {
            return null;
        }
        String accountId = next.get(0);
        String failures = failures(accountId);
        QuarkusTransaction.requiringNew()
                .run(() -> last.keep(accountId, clock.instant(), failures.isEmpty(), failures));
        proven.increment();
        if (!failures.isEmpty()) {
            LOG.errorf("Account %s is not proven: %s", accountId, failures);
        }
        return accountId;
    }

    /** What a proof found; one that could not be carried out did not pass. */
    private String failures(String accountId) {
        try {
            Optional<Proof> proof = proofs.of(accountId);
            return proof.map(Proof::failures).orElse(List.of()).stream()
                    .map(failure -> failure.check() + ": " + failure.detail())
                    .collect(Collectors.joining("; "));
        } catch (Unavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "The proof of account %s could not be carried out", accountId);
            return NO_PROOF;
        }
    }
}
