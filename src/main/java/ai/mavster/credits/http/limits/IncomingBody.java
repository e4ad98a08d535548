package ai.mavster.credits.http.limits;

import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.ProblemException;
import ai.mavster.credits.http.Problems;
import ai.mavster.credits.http.connection.RequestBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayInputStream;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jspecify.annotations.Nullable;

/** One body on its way in. All of it happens on the event loop of its connection, save {@link #giveWay}. */
final class IncomingBody {

    /**
     * How much of a body is read whatever others take up, in bytes: more than a single debit or grant has. As many
     * requests as may be under way at once take less than 10 MB with it.
     */
    static final int SMALL = 4_096;

    private static final byte[] NOTHING = {};

    /**
     * @param most the most bytes of one body
     * @param millis how long it may take
     * @param budget what all of them may take up together beyond {@link #SMALL}
     */
    record Limits(long most, long millis, BodyBudget budget) {}

    private final ResteasyReactiveRequestContext exchange;
    private final HttpServerRequest request;
    private final Limits limits;
    private @Nullable Buffer received;
    private boolean appended;
    private boolean large;
    private @Nullable Runnable cancelDeadline;
    private boolean over;

    IncomingBody(ResteasyReactiveRequestContext exchange, Limits limits) {
        this.exchange = exchange;
        this.request = exchange.unwrap(HttpServerRequest.class);
        this.limits = limits;
    }

    /** Suspends the exchange until the body is there; returns at once where there is none. */
    void read() {
        if (!RequestBody.isPossible(request)) {
            return;
        }
        exchange.suspend();
        if (request.isEnded()) {
            end();
            return;
        }
        cancelDeadline = exchange.registerTimer(limits.millis, () -> fail(Problems.requestTimeout()));
        request.pause();
        request.handler(this::add);
        request.endHandler(ended -> end());
        // A caller who has hung up is not answered, and nothing waits for them.
        request.exceptionHandler(hungUp -> stop());
        exchange.serverRequest().resumeRequestInput();
    }

    private void add(Buffer part) {
        if (over) {
            return;
        }
        int length = (received == null ? 0 : received.length()) + part.length();
        if (length > limits.most) {
            fail(Problems.payloadTooLarge());
        } else if (length > SMALL && !hasRoom(length)) {
            fail(Problems.overloaded());
        } else if (received == null) {
            received = part;
        } else {
            // Parts may be single bytes, each in a buffer: they are put together as they come.
            Buffer all = appended ? received : Buffer.buffer(2 * length).appendBuffer(received);
            received = all.appendBuffer(part);
            appended = true;
        }
    }

    private boolean hasRoom(int length) {
        if (!large) {
            large = true;
            // Until the answer: what is made of the body takes up memory too. Also when the caller hangs up.
            exchange.unwrap(RoutingContext.class).addEndHandler(answered -> limits.budget.release(this));
        }
        return limits.budget.take(this, length - SMALL);
    }

    /** Ends it in favour of others, for a body that has taken its time is likely one that never ends. */
    void giveWay() {
        exchange.getContextExecutor().execute(() -> fail(Problems.overloaded()));
    }

    private void end() {
        if (over) {
            return;
        }
        if (large && !limits.budget.complete(this)) {
            fail(Problems.overloaded());
            return;
        }
        Buffer body = received;
        stop();
        exchange.setInputStream(new ByteArrayInputStream(body == null ? NOTHING : body.getBytes()));
        exchange.resume();
    }

    private void fail(Problem problem) {
        if (over) {
            return;
        }
        stop();
        Remainder.announce(exchange.unwrap(RoutingContext.class));
        exchange.resume(new ProblemException(problem), true);
    }

    private void stop() {
        over = true;
        received = null;
        if (cancelDeadline != null) {
            cancelDeadline.run();
        }
    }
}
