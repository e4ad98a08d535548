package ai.mavster.credits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.mavster.credits.Unavailable.Reason;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Refusal NO = Refusal.noSuchAccount("a");

    @Test
    void anAcceptedCommandHasAnAnswer() {
        assertThat(Outcome.accepted("yes").orThrow()).isEqualTo("yes");
        assertThat(Outcome.await(CompletableFuture.completedStage(Outcome.accepted("yes"))))
                .isEqualTo("yes");
    }

    @Test
    void aRefusalIsThrownWithoutAStackTrace() {
        CompletionStage<Outcome<String>> stage = CompletableFuture.completedStage(Outcome.refused(NO));

        assertThatThrownBy(() -> Outcome.await(stage)).isInstanceOfSatisfying(RefusalException.class, thrown -> {
            assertThat(thrown.refusal()).isEqualTo(NO);
            assertThat(thrown).hasMessage("account_not_found: There is no account a.");
            assertThat(thrown.getStackTrace()).isEmpty();
        });
    }

    /** A failure passes through as it was, also when a stage in between has wrapped it. */
    @Test
    void aFailureIsThrownAsItWas() {
        Unavailable failure = new Unavailable(Reason.OVERLOADED, null);
        CompletionStage<Outcome<String>> stage = CompletableFuture.failedStage(failure);

        assertThatThrownBy(() -> Outcome.await(stage)).isSameAs(failure);
        assertThatThrownBy(() -> Outcome.await(stage.thenApply(outcome -> outcome)))
                .isSameAs(failure);
    }

    @Test
    void aCheckedFailureStaysWrapped() {
        CompletionStage<Outcome<String>> stage = CompletableFuture.failedStage(new IOException());

        assertThatThrownBy(() -> Outcome.await(stage))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
    }
}
