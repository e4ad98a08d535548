package ai.mavster.credits.waiting;

import java.util.concurrent.CompletableFuture;

/** Somebody who waits for something of an account, until it is met or the time is over. */
final class Waiter<A> {

    private final Question<A> question;
    private final CompletableFuture<A> answer = new CompletableFuture<>();
    private volatile boolean looked;
    private volatile boolean over;

    Waiter(Question<A> question) {
        this.question = question;
    }

    Question<A> question() {
        return question;
    }

    CompletableFuture<A> answer() {
        return answer;
    }

    /** The time is over: the next look answers, whatever it sees. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** A look has seen the account. */
    void looked() {
        looked = true;
    }

    /**
     * A look has failed. Who has only just asked, and whose time is over, gets that failure; others are better off if they
     * wait for the next one.
     */
    void failed(Throwable failure) {
        if (over || !looked) {
            answer.completeExceptionally(failure);
        }
    }
}
