package ai.mavster.credits.http.limits;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds what is kept for clients who do not take it. Where answers pile up in front of one, its next request waits;
 * and where none of it moves for a while the connection is closed.
 */
@Singleton
class UntakenAnswers {

    /** Before all else: a request that waits here is not under way. */
    private static final int PRIORITY = 2_000;

    private static final String NAME = "untaken-answers";

    private final Duration takenWithin;

    UntakenAnswers(@ConfigProperty(name = "credits.reading.taken-within") Duration takenWithin) {
        this.takenWithin = takenWithin;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        if (context.request().connection() instanceof ConnectionBase connection) {
            ChannelPipeline pipeline = connection.channel().pipeline();
            if (pipeline.get(NAME) == null) {
                pipeline.addFirst(NAME, new Stalled(takenWithin));
            }
        }
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.addEndHandler(ended -> drop(context.vertx(), context.response()));
        }
        if (context.response().writeQueueFull()) {
            context.response().drainHandler(taken -> {
                context.response().drainHandler(null);
                context.next();
            });
        } else {
            context.next();
        }
    }

    /**
     * On HTTP/2 each stream has a place of its own where its answer waits, which its connection does not see. One that is
     * not taken in time is dropped; so is one whose caller has the answer and goes on sending.
     */
    private void drop(Vertx vertx, HttpServerResponse answer) {
        // Most have been taken as soon as they were written, and cost no timer.
        vertx.runOnContext(written -> {
            if (!answer.closed()) {
                vertx.setTimer(takenWithin.toMillis(), late -> {
                    if (!answer.closed()) {
                        answer.reset();
                    }
                });
            }
        });
    }

    /**
     * Closes a connection on which something waits to be taken and nothing moves. Its first event comes at a time
     * without anything sent, whether something moves or not; the next one, half of the time later, only if nothing has
     * moved since.
     */
    private static final class Stalled extends IdleStateHandler {

        Stalled(Duration within) {
            super(true, 0, within.toMillis() / 2, 0, TimeUnit.MILLISECONDS);
        }

        @Override
        protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
            ChannelOutboundBuffer waiting = context.channel().unsafe().outboundBuffer();
            if (!event.isFirst() && waiting != null && waiting.totalPendingWriteBytes() > 0) {
                // At once, also on this side: what waits in the system is dropped too.
                context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                var unused = context.close();
            }
        }
    }
}
