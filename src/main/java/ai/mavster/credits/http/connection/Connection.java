package ai.mavster.credits.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ai.mavster.credits.http.Operations;
import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One of the API's connections: whether it has requests under way, since when it has been sending a head, and whether
 * its next request waits for its {@link Admission}. All of it happens on its event loop, save what {@link Places} asks, and
 * the end of a request, which comes on the thread that has answered it.
 */
final class Connection extends ChannelDuplexHandler implements Places.Holder, Admission.Waiting {

    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connection.class.getName());

    /** How a request for what operators need begins, which does not wait, and the preface of HTTP/2. */
    private static final List<byte[]> AT_ONCE = Stream.of(
                    "GET " + Operations.PATHS, "HEAD " + Operations.PATHS, "PRI * HTTP/2.0")
            .map(text -> text.getBytes(ISO_8859_1))
            .toList();

    /** By this name the server has the handler that closes connections on which nothing comes and goes. */
    private static final String IDLE = "idle";

    /** How many bytes of a request are kept while it waits: more than those that move credits have. */
    private static final int MOST_HELD = 4_096;

    private final Channel channel;
    private final Admission admission;
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
    private boolean hasPlace;
    private boolean late;
    private volatile @Nullable BooleanSupplier outstanding;
    private boolean begun;
    private volatile @Nullable List<Object> heldBack;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> deadline;

    /**
     * @param withinNanos how long a head may take
     * @param onSlowHead is run when one took longer
     */
    Connection(
            Channel channel,
            Admission admission,
            String network,
            long withinNanos,
            Ticker ticker,
            Runnable onSlowHead) {
        this.channel = channel;
        this.admission = admission;
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
        return underWay.get() > 0 || heldBack != null;
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

    /**
     * A request has been answered.
     *
     * @param bodyOutstanding whether more of its body may come, which is not the beginning of another request then
     */
    void end(BooleanSupplier bodyOutstanding) {
        if (!severalAtOnce && bodyOutstanding.getAsBoolean()) {
            outstanding = bodyOutstanding;
        }
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
        List<Object> held = heldBack;
        if (held != null) {
            held.add(bytes);
            return;
        }
        boolean begins = !severalAtOnce && !isBusy() && (!inHead || !begun) && !isBodyOutstanding();
        if (!begins) {
            context.fireChannelRead(bytes);
            return;
        }
        begun = true;
        // Of the request before, which may have found a place after all.
        late = false;
        if (!inHead) {
            inHead = true;
            headBegan = ticker.read();
        }
        if (isAtOnce(bytes)) {
            context.fireChannelRead(bytes);
        } else if (admission.takeAtOnce()) {
            hasPlace = true;
            pass(context, List.of(bytes));
        } else if (!holdBack(context, bytes)) {
            context.fireChannelRead(bytes);
        }
    }

    private boolean isBodyOutstanding() {
        BooleanSupplier body = outstanding;
        boolean is = body != null && body.getAsBoolean();
        if (!is) {
            outstanding = null;
        }
        return is;
    }

    private static boolean isAtOnce(Object bytes) {
        return bytes instanceof ByteBuf buffer && AT_ONCE.stream().anyMatch(start -> startsWith(buffer, start));
    }

    private static boolean startsWith(ByteBuf buffer, byte[] start) {
        if (buffer.readableBytes() < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (buffer.getByte(buffer.readerIndex() + i) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean holdBack(ChannelHandlerContext context, Object bytes) {
        if (!(bytes instanceof ByteBuf buffer) || buffer.readableBytes() > MOST_HELD) {
            return false;
        }
        this.context = context;
        List<Object> held = new ArrayList<>(1);
        held.add(buffer);
        heldBack = held;
        inHead = false;
        if (!admission.letsWait(this)) {
            heldBack = null;
            inHead = true;
            return false;
        }
        hadRequest = true;
        used = true;
        channel.config().setAutoRead(false);
        if (channel.pipeline().get(IDLE) instanceof IdleStateHandler idle) {
            // It does not see what is held back.
            idle.resetReadTimeout();
        }
        if (buffer.capacity() > MOST_HELD) {
            // It was made for as much as came before.
            held.set(0, context.alloc().buffer(buffer.readableBytes()).writeBytes(buffer));
            buffer.release();
        }
        return true;
    }

    /** Others ask for more to be read, too: TLS until it has a whole record, the server once an answer is taken. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (heldBack == null) {
            context.read();
        }
    }

    @Override
    public void goOn(boolean withPlace) {
        channel.eventLoop().execute(() -> {
            List<Object> held = heldBack;
            ChannelHandlerContext context = this.context;
            if (held == null || context == null) {
                // Closed meanwhile.
                if (withPlace) {
                    admission.leave();
                }
                return;
            }
            heldBack = null;
            inHead = true;
            headBegan = ticker.read();
            hasPlace = withPlace;
            late = !withPlace;
            // First, for what is passed on may be a reason to stop reading again.
            channel.config().setAutoRead(true);
            pass(context, held);
            context.fireChannelReadComplete();
        });
    }

    /** What a request begins with. A place that it has is given back unless it is under way then: its head goes on. */
    private void pass(ChannelHandlerContext context, List<Object> bytes) {
        try {
            bytes.forEach(context::fireChannelRead);
        } finally {
            if (takePlace()) {
                admission.leave();
            }
        }
    }

    /** Whether the request whose head is complete has a place, which is its own from now on. */
    boolean takePlace() {
        boolean had = hasPlace;
        hasPlace = false;
        return had;
    }

    /** Whether the request whose head is complete has waited for as long as it may. */
    boolean takeLate() {
        boolean was = late;
        late = false;
        return was;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
        List<Object> held = heldBack;
        if (held != null) {
            heldBack = null;
            held.forEach(ReferenceCountUtil::release);
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
