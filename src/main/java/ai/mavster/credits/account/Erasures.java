package ai.mavster.credits.account;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import ai.mavster.credits.ledger.Ledger;
import ai.mavster.credits.ledger.erasure.Eraser;
import ai.mavster.credits.ledger.erasure.ErasingAccounts;
import ai.mavster.credits.sql.Connections;
import ai.mavster.credits.sql.SqlFailure;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Erases the texts of closed accounts, part by part; what was cut off is gone on with. Safe with several processes. */
@Singleton
class Erasures {

    private static final Logger LOG = Logger.getLogger(Erasures.class);

    /** How long a caller waits for it; a longer one goes on without. */
    private static final Duration WAITED_FOR = Duration.ofSeconds(5);

    private final Ledger ledger;
    private final Connections connections;
    private final List<Eraser> erasers;
    private final ErasingAccounts erasing;
    private final Clock clock;

    Erasures(Ledger ledger, Connections connections, @All List<Eraser> erasers, ErasingAccounts erasing, Clock clock) {
        this.ledger = ledger;
        this.connections = connections;
        this.erasers = List.copyOf(erasers);
        this.erasing = erasing;
        this.clock = clock;
    }

    /**
     * Asks for it, and begins.
     *
     * @return whether all is erased; or else the job goes on with it
     */
    boolean begin(String accountId) {
        AccountView account = Outcome.await(ledger.submit(new Command.Erase(accountId, false)));
        return account.erasure() == AccountView.Erasure.COMPLETED
                || goOn(accountId, clock.instant().plus(WAITED_FOR));
    }

    private boolean goOn(String accountId, Instant until) {
        for (Eraser eraser : erasers) {
            Eraser.Part part = eraser.begin(accountId);
            while (erase(part)) {
                if (clock.instant().isAfter(until)) {
                    return false;
                }
            }
        }
        Outcome.await(ledger.submit(new Command.Erase(accountId, true)));
        return true;
    }

    private boolean erase(Eraser.Part part) {
        try (Connection connection = connections.open()) {
            boolean more;
            try {
                more = part.erase(connection);
            } catch (SQLException | RuntimeException e) {
                Connections.rollback(connection, e);
                throw e;
            }
            Connections.commit(connection);
            return more;
        } catch (SQLException e) {
            throw SqlFailure.isTransient(e)
                    ? new Unavailable(Unavailable.Reason.DATABASE_UNREACHABLE, e)
                    : new IllegalStateException(e);
        }
    }

    /** What a crash, or somebody's patience, has cut off. */
    @Scheduled(every = "{credits.erasure.every}", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void goOn() {
        try {
            for (String accountId : erasing.first()) {
                goOn(accountId, Instant.MAX);
                LOG.infof("Erased what was left of the texts of account %s", accountId);
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("The next run goes on with what is to be erased: %s", e.getMessage());
        }
    }
}
