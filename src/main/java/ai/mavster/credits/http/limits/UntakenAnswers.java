package ai.mavster.credits.http.limits;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.quarkus.vertx.http.runtime.filters.Filters;
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
            if (context.request().version() == HttpVersion.HTTP_2) {
                context.addEndHandler(ended -> close(context, pipeline.context(NAME)));
            }
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
     * On HTTP/2 each stream has a place of its own where its answer waits, which its connection does not see. The
     * connection of one that is not taken in time is closed, for the stream alone cannot be: what would say so waits
     * there, too.
     */
    private void close(RoutingContext context, ChannelHandlerContext connection) {
        // Most have been taken as soon as they were written, and cost no timer.
        context.vertx().runOnContext(written -> {
            HttpServerResponse answer = context.response();
            if (!answer.closed()) {
                context.vertx().setTimer(takenWithin.toMillis(), late -> {
                    if (!answer.closed()) {
                        abort(connection);
                    }
                });
            }
        });
    }

    /** At once, also on this side: what waits in the system is dropped too. */
    private static void abort(ChannelHandlerContext connection) {
        connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = connection.close();
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
                abort(context);
            }
        }
    }
}
