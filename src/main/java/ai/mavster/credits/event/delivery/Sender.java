package ai.mavster.credits.event.delivery;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.event.EventAnswer;
import ai.mavster.credits.event.delivery.Attempt.Failure;
import ai.mavster.credits.event.webhook.PublicAddress;
import ai.mavster.credits.event.webhook.TargetUrl;
import ai.mavster.credits.event.webhook.WebhookSecret;
import ai.mavster.credits.event.webhook.WebhookSettings;
import ai.mavster.credits.event.webhook.WebhookTarget;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends an event, signed, to where an endpoint listens; without a thread that waits. The host's addresses are looked up
 * and checked each time, and one of them is connected to: whatever the name leads to a moment later.
 */
@Singleton
class Sender {

    private static final Logger LOG = Logger.getLogger(Sender.class);

    /** More connections than there will be: how many are under way is bounded elsewhere. */
    private static final int CONNECTIONS = 100_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final HostResolver resolver;
    private final WebhookSettings settings;
    private final ObjectMapper json;
    private final Clock clock;

    Sender(Vertx vertx, HostResolver resolver, WebhookSettings settings, ObjectMapper json, Clock clock) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        // A connection that is kept would be used for another attempt, whose name may lead elsewhere.
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(CONNECTIONS)
                .setDecompressionSupported(false)
                // A receiver does not learn which trace of ours it is in.
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setConnectTimeout(Math.toIntExact(settings.connectWithin().toMillis())));
    }

    @PreDestroy
    void stop() {
        client.close();
    }

    /**
     * Never fails: what goes wrong is how the attempt ended.
     *
     * @param attempts how many there were before: of several addresses each has its turn
     */
    CompletionStage<Attempt> send(EventAnswer event, WebhookTarget target, int attempts) {
        Instant start = clock.instant();
        return CompletableFuture.completedFuture(target)
                .thenCompose(known -> answered(event, known, attempts))
                .exceptionally(fault -> {
                    LOG.errorf(fault, "Event %s could not be sent", event.id());
                    return Exchange.Answer.none(Failure.UNREACHABLE);
                })
                .thenApply(answer -> ended(start, answer));
    }

    private CompletionStage<Exchange.Answer> answered(EventAnswer event, WebhookTarget target, int attempts) {
        TargetUrl url;
        try {
            url = TargetUrl.of(target.url());
        } catch (InvalidInput none) {
            return CompletableFuture.completedFuture(Exchange.Answer.none(Failure.UNRESOLVED));
        }
        return resolver.resolve(url.host())
                .handle((addresses, failure) -> failure == null ? addresses : List.<InetAddress>of())
                .thenCompose(addresses -> {
                    Failure failure = failure(addresses);
                    return failure == null
                            ? exchanged(event, target, url, addresses.get(attempts % addresses.size()))
                            : CompletableFuture.completedFuture(Exchange.Answer.none(failure));
                });
    }

    /** All of them have to be public: a name that leads to this network as well is not to be trusted with the others. */
    private @Nullable Failure failure(List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            return Failure.UNRESOLVED;
        }
        return settings.allowPrivateTargets() || addresses.stream().allMatch(PublicAddress::is)
                ? null
                : Failure.NOT_PUBLIC;
    }

    private CompletionStage<Exchange.Answer> exchanged(
            EventAnswer event, WebhookTarget target, TargetUrl url, InetAddress address) {
        String body = body(event);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, url.port())))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.encrypted())
                .setURI(url.path())
                .setFollowRedirects(false)
                .setHeaders(signed(event.id(), body, target.secrets()).add("host", url.authority()));
        Context context = vertx.getOrCreateContext();
        Exchange exchange = new Exchange(vertx, client, settings.answerWithin());
        context.runOnContext(nothing -> exchange.begin(options, body));
        return exchange.answer();
    }

    private MultiMap signed(String id, String body, List<WebhookSecret> secrets) {
        Instant now = clock.instant();
        String signatures =
                secrets.stream().map(secret -> secret.signature(id, now, body)).collect(Collectors.joining(" "));
        return MultiMap.caseInsensitiveMultiMap()
                .add("user-agent", "Mavster-Credits")
                .add("content-type", "application/json")
                .add("webhook-id", id)
                .add("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                .add("webhook-signature", signatures);
    }

    private String body(EventAnswer event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event can be written", e);
        }
    }

    private Attempt ended(Instant start, Exchange.Answer answer) {
        Instant end = clock.instant();
        Duration took = end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
        Failure failure = answer.status() == null || isTaken(answer.status()) ? answer.failure() : Failure.STATUS;
        return new Attempt(
                start, took, answer.status(), failure, answer.text(), RetryPlan.retryAfter(answer.retryAfter(), end));
    }

    private static boolean isTaken(@Nullable Integer status) {
        return status != null && status / 100 == 2;
    }
}
