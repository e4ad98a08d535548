package ai.mavster.credits.operator.record;

import ai.mavster.credits.Author;
import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.RefusalException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Records what operators do, and shows it. */
@Singleton
public class OperatorActions {

    private final ActionRepository repository;
    private final Clock clock;
    private final Logger log;

    OperatorActions(ActionRepository repository, Clock clock, Logger log) {
        this.repository = repository;
        this.clock = clock;
        this.log = log;
    }

    /**
     * What is done.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Deed<T> {

        /**
         * @throws RefusalException if it was not done, like {@link InvalidInput}; after anything else it is not known
         */
        T carryOut() throws Exception;
    }

    /**
     * What came of an action.
     *
     * @param accountId whom it concerned; null: as was said before
     * @param targetId what it has made or changed; null: as was said before
     */
    public record Result<T>(
            T value, @Nullable String accountId, @Nullable String targetId) {

        /** With nothing to add to what was said before. */
        public static <T> Result<T> of(T value) {
            return new Result<>(value, null, null);
        }

        /** Made or changed something of this id. */
        public static <T> Result<T> target(T value, String targetId) {
            return new Result<>(value, null, targetId);
        }
    }

    /** Has something done, recorded before. */
    public <T> T record(Author author, OperatorAction action, Deed<Result<T>> deed) throws Exception {
        UUID actionId = repository.begin(action, author, now());
        Result<T> result;
        try {
            result = deed.carryOut();
        } catch (RefusalException | InvalidInput nothingDone) {
            repository.withdraw(actionId);
            throw nothingDone;
        }
        end(actionId, result);
        return result.value;
    }

    /** What was done is done, and is said so: without its end the record says that it is not known. */
    private void end(UUID actionId, Result<?> result) {
        try {
            repository.end(actionId, result.accountId, result.targetId, now());
        } catch (RuntimeException lost) {
            log.warnf(lost, "The end of the operator's action %s was not recorded", actionId);
        }
    }

    /** Those of an account, of a key or all, the newest first. */
    public List<RecordedAction> newestFirst(
            @Nullable String accountId, @Nullable String authorId, @Nullable UUID before, int limit) {
        return repository.newestFirst(accountId, authorId, before, limit).stream()
                .map(RecordedAction::of)
                .toList();
    }

    /** Whose actions there are, by name. */
    public List<ActionAuthor> authors() {
        return repository.authors();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
