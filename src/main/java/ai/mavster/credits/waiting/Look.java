package ai.mavster.credits.waiting;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.ledger.AccountView;
import ai.mavster.credits.ledger.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One reading of an account, for all who wait for it when it begins. */
final class Look {

    private final List<Waiter<?>> waiters;
    private final Map<Question<?>, Boolean> met = new HashMap<>();
    private final Map<Question<?>, Object> answers = new HashMap<>();

    Look(List<Waiter<?>> waiters) {
        this.waiters = waiters;
    }

    /** What has to be read for it beside the account. */
    List<Command<?>> about() {
        return waiters.stream()
                .flatMap(waiter -> waiter.question().about().stream())
                .distinct()
                .collect(Collectors.toList());
    }

    /**
     * Asks each question once.
     *
     * @return gives the answers out, outside of the read
     */
    List<Runnable> at(AccountView account) {
        List<Runnable> answered = new ArrayList<>();
        for (Waiter<?> waiter : waiters) {
            waiter.looked();
            if (waiter.isOver() || met.computeIfAbsent(waiter.question(), question -> question.isMet(account))) {
                answered.add(answer(waiter, account));
            }
        }
        return answered;
    }

    /** Equal questions have the same answer. */
    @SuppressWarnings("unchecked")
    private <A> Runnable answer(Waiter<A> waiter, AccountView account) {
        A answer = (A) answers.computeIfAbsent(waiter.question(), question -> question.answer(account));
        return () -> waiter.answer().complete(answer);
    }

    /** It was made, or has failed. */
    void end(@Nullable Outcome<List<Runnable>> outcome, @Nullable Throwable failure) {
        if (outcome == null) {
            Throwable cause = failure == null ? new IllegalStateException("A look came to nothing") : failure;
            waiters.forEach(waiter -> waiter.failed(cause));
            return;
        }
        outcome.fold(
                (answered, replayed) -> {
                    answered.forEach(Runnable::run);
                    return true;
                },
                refusal -> {
                    waiters.forEach(waiter -> waiter.answer().completeExceptionally(new RefusalException(refusal)));
                    return false;
                });
    }
}
