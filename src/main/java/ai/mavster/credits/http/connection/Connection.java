package ai.mavster.credits.http.connection;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One of the API's connections: whether it has requests under way, and since when it has been sending a head. All of it
 * happens on its event loop, save what {@link Places} asks.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Places.Holder {

    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connection.class.getName());

    private final Channel channel;
    private final String network;
    private final long withinNanos;
    private final Ticker ticker;
    private final Runnable onSlowHead;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean hadRequest;
    private volatile boolean used;
    private boolean inHead = true;
    private long headBegan;
    private boolean severalAtOnce;
    private @Nullable ScheduledFuture<?> deadline;

    /**
     * @param withinNanos how long a head may take
     * @param onSlowHead to be told when one took longer
     */
    Connection(Channel channel, String network, long withinNanos, Ticker ticker, Runnable onSlowHead) {
        this.channel = channel;
        this.network = network;
        this.withinNanos = withinNanos;
        this.ticker = ticker;
        this.onSlowHead = onSlowHead;
        channel.attr(KEY).set(this);
    }

    /** The one that a request has come by; null if it is not limited. */
    static @Nullable Connection of(RoutingContext context) {
        return context.request().connection() instanceof ConnectionBase connection
                ? connection.channel().attr(KEY).get()
                : null;
    }

    @Override
    public String network() {
        return network;
    }

    @Override
    public boolean isBusy() {
        return underWay.get() > 0;
    }

    @Override
    public boolean hadRequest() {
        return hadRequest;
    }

    @Override
    public boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }

    Channel channel() {
        return channel;
    }

    /**
     * A head is complete, and its request under way.
     *
     * @param maySendOthers whether further requests come on it meanwhile, as by HTTP/2
     */
    void begin(boolean maySendOthers) {
        underWay.incrementAndGet();
        hadRequest = true;
        used = true;
        inHead = false;
        severalAtOnce |= maySendOthers;
    }

    void end() {
        underWay.decrementAndGet();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        headBegan = ticker.read();
        check(context, withinNanos);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (!inHead && !severalAtOnce && !isBusy()) {
            inHead = true;
            headBegan = ticker.read();
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        context.fireChannelInactive();
    }

    /** One timer at a time, however many heads come within it. */
    private void check(ChannelHandlerContext context, long inNanos) {
        deadline = context.executor()
                .schedule(
                        () -> {
                            long left = inHead ? withinNanos - (ticker.read() - headBegan) : withinNanos;
                            if (left <= 0) {
                                onSlowHead.run();
                                var unused = context.close();
                            } else {
                                check(context, left);
                            }
                        },
                        inNanos,
                        TimeUnit.NANOSECONDS);
    }
}
