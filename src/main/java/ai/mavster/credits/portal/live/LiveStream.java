package ai.mavster.credits.portal.live;

import ai.mavster.credits.portal.session.PortalSession;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One browser's stream. */
final class LiveStream {

    /** After so long a browser comes back that has lost its stream; in milliseconds. */
    private static final String BEGINNING = "retry: 3000\n\n";

    private static final String CHANGED = "event: changed\ndata: changed\n\n";

    /** Ignored by browsers; so that a connection that is gone is noticed, and none is taken for idle. */
    private static final String COMMENT = ":\n\n";

    private static final int LOOKS_WITHOUT_A_WORD = 15;

    private final PortalSession session;
    private final @Nullable Instant since;
    private final Instant endsAt;
    private final Context context;
    private final HttpServerResponse response;
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Mark last;
    private boolean changed;
    private int silent;

    /**
     * @param since as of when its page is; null: unknown
     * @param endsAt when it ends in any case
     */
    LiveStream(
            PortalSession session,
            @Nullable Instant since,
            Instant endsAt,
            Context context,
            HttpServerResponse response) {
        this.session = session;
        this.since = since;
        this.endsAt = endsAt;
        this.context = context;
        this.response = response;
    }

    PortalSession session() {
        return session;
    }

    boolean isOver(Instant now) {
        return over.get() || response.closed() || !now.isBefore(endsAt);
    }

    void begin(Runnable left) {
        context.runOnContext(begun -> {
            response.closeHandler(hungUp -> {
                over.set(true);
                left.run();
            });
            response.setChunked(true)
                    .putHeader("Content-Type", "text/event-stream")
                    .putHeader("X-Accel-Buffering", "no");
            write(BEGINNING);
        });
    }

    /** Its account is like this now. Called for one look after another. */
    void look(Mark now) {
        Mark before = last;
        changed |= before == null ? now.isAfter(since) : !now.equals(before);
        last = now;
        silent++;
        if (response.writeQueueFull()) {
            return;
        }
        if (changed || silent >= LOOKS_WITHOUT_A_WORD) {
            String text = changed ? CHANGED : COMMENT;
            changed = false;
            silent = 0;
            context.runOnContext(said -> write(text));
        }
    }

    private void write(String text) {
        if (!over.get() && !response.ended() && !response.closed()) {
            var unused = response.write(text);
        }
    }

    void end() {
        if (over.compareAndSet(false, true)) {
            context.runOnContext(ended -> {
                if (!response.ended() && !response.closed()) {
                    response.end();
                }
            });
        }
    }
}
