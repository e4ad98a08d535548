package ai.mavster.credits.http.connection;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Bounds the connections to the API, where they are accepted. The framework's own limit counts a connection only once it
 * has sent something, and refuses new ones for the sake of those that send nothing.
 */
@Singleton
class ConnectionLimit {

    /** Before all else, also before a request waits for earlier answers to be taken. */
    private static final int PRIORITY = 3_000;

    private static final String NAME = "connection-limit";

    private final Vertx vertx;
    private final Admission admission;
    private final OptionalInt managementPort;
    private final ConnectionSettings settings;
    private final Places<Connection> places;
    private final Counter gaveWay;
    private final Counter refused;
    private final Counter slowHeads;

    ConnectionLimit(
            Vertx vertx,
            Admission admission,
            ConnectionSettings settings,
            @ConfigProperty(name = "credits.management.port") OptionalInt managementPort,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.admission = admission;
        this.managementPort = managementPort;
        this.settings = settings;
        this.places = new Places<>(settings.most(), settings.mostOfOne());
        this.gaveWay = counter(registry, "gave_way");
        this.refused = counter(registry, "full");
        this.slowHeads = counter(registry, "slow_head");
        Gauge.builder("connections.open", places, Places::taken)
                .description("Connections to the API.")
                .register(registry);
        Gauge.builder("connections.limit", settings, ConnectionSettings::most)
                .description("How many there may be.")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String reason) {
        return Counter.builder("connections.closed")
                .description("Connections that were closed by a limit.")
                .tag("reason", reason)
                .register(registry);
    }

    void register(@Observes Filters filters) {
        filters.register(this::begin, PRIORITY);
    }

    private void begin(RoutingContext context) {
        Connection connection = Connection.of(context);
        if (connection != null) {
            HttpServerRequest request = context.request();
            connection.begin(request.version() == HttpVersion.HTTP_2);
            // Also when the caller hangs up.
            context.addEndHandler(ended -> connection.end(() -> RequestBody.isOutstanding(request)));
        }
        context.next();
    }

    void listening(@ObservesAsync HttpServerStart start) {
        guard();
    }

    void listeningSecurely(@ObservesAsync HttpsServerStart start) {
        guard();
    }

    /** What accepts connections is known to its event loop, and to nothing else that could be asked. */
    private void guard() {
        for (EventExecutor executor : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
            if (executor instanceof SingleThreadEventLoop loop) {
                loop.execute(() -> {
                    for (Iterator<Channel> all = loop.registeredChannelsIterator(); all.hasNext(); ) {
                        Channel channel = all.next();
                        if (channel instanceof ServerChannel && isOfTheApi(channel)) {
                            guard(channel);
                        }
                    }
                });
            }
        }
    }

    private boolean isOfTheApi(Channel channel) {
        return channel.localAddress() instanceof InetSocketAddress address
                && (managementPort.isEmpty() || address.getPort() != managementPort.getAsInt());
    }

    private void guard(Channel accepting) {
        if (accepting.pipeline().get(NAME) == null) {
            accepting.pipeline().addFirst(NAME, new Guard());
        }
    }

    /** Sees each connection before it is given to an event loop. */
    @ChannelHandler.Sharable
    private final class Guard extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (!(accepted instanceof Channel channel) || admit(channel)) {
                context.fireChannelRead(accepted);
            } else {
                refused.increment();
                channel.unsafe().closeForcibly();
            }
        }

        private boolean admit(Channel channel) {
            String network = channel.remoteAddress() instanceof InetSocketAddress address && !address.isUnresolved()
                    ? Network.of(address.getAddress().getHostAddress())
                    : "";
            Connection connection = new Connection(
                    channel,
                    admission,
                    network,
                    settings.headWithin().toNanos(),
                    Ticker.systemTicker(),
                    slowHeads::increment);
            Places.Answer<Connection> answer = places.enter(connection);
            if (!answer.admitted()) {
                return false;
            }
            Connection givesWay = answer.givesWay();
            if (givesWay != null) {
                gaveWay.increment();
                var unused = givesWay.channel().close();
            }
            channel.pipeline().addFirst(connection);
            channel.closeFuture().addListener(closed -> places.leave(connection));
            return true;
        }
    }
}
