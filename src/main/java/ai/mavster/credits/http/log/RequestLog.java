package ai.mavster.credits.http.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.mavster.credits.Identifier;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.http.Operations;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Puts beside each line of the log which request it is of, of which account and with which key, where that is known; and
 * writes a line for each request, once it is answered.
 */
@Singleton
public class RequestLog {

    private static final Logger LOG = Logger.getLogger(RequestLog.class);

    /** Before all else, also before requests are turned away. */
    private static final int PRIORITY = 1_001;

    private static final String REQUEST = "request_id";
    private static final String ACCOUNT = "account_id";
    private static final String KEY = "key_id";
    private static final String HEADER = "X-Request-Id";

    /** Where what no page answers to comes to the API. */
    private static final String ROOT = "/";

    private static final Pattern FORM = Pattern.compile(Identifier.PATTERN);
    private static final Pattern OF_ACCOUNT = Pattern.compile("/v1/accounts/([^/]+)(/.*)?");

    private final boolean lines;
    private final boolean on;
    private final Clock clock;

    RequestLog(
            @ConfigProperty(name = "credits.log.json") boolean structured,
            @ConfigProperty(name = "credits.log.requests") boolean lines,
            Clock clock) {
        this.lines = lines;
        this.on = structured || lines;
        this.clock = clock;
    }

    void register(@Observes Filters filters) {
        if (on) {
            filters.register(this::enter, PRIORITY);
        }
    }

    /** Notes whose key it is, once that is known. */
    public Uni<SecurityIdentity> noting(Uni<SecurityIdentity> caller) {
        return on ? caller.invoke(known -> MDC.put(KEY, known.getPrincipal().getName())) : caller;
    }

    /** Notes whose account it is about, where the address does not say so. */
    public void about(String accountId) {
        if (on) {
            MDC.put(ACCOUNT, accountId);
        }
    }

    private void enter(RoutingContext context) {
        if (!Operations.areMeantBy(context)) {
            Instant began = clock.instant();
            MDC.put(REQUEST, id(context.request().getHeader(HEADER), began));
            Matcher account = OF_ACCOUNT.matcher(context.normalizedPath());
            if (account.matches()) {
                noteAccount(account.group(1));
            }
            if (lines) {
                context.addEndHandler(ended -> tell(context, began));
            }
        }
        context.next();
    }

    /** Percent-encoded, as it stands in the address. */
    private static void noteAccount(String encoded) {
        try {
            String id = URLDecoder.decode(encoded, UTF_8);
            if (FORM.matcher(id).matches()) {
                MDC.put(ACCOUNT, id);
            }
        } catch (IllegalArgumentException e) {
            // So it is no account's either.
        }
    }

    private static String id(@Nullable String given, Instant now) {
        return given != null && FORM.matcher(given).matches()
                ? given
                : UuidV7.next(now).toString();
    }

    private void tell(RoutingContext context, Instant began) {
        LOG.infof(
                "%s %s %d in %d ms, request %s, account %s, key %s",
                context.request().method(),
                template(context),
                context.response().getStatusCode(),
                Duration.between(began, clock.instant()).toMillis(),
                MDC.get(REQUEST),
                MDC.get(ACCOUNT),
                MDC.get(KEY));
    }

    /** Of the address, as the framework has noted it for its metrics, or of a page's; null: there is nothing at that address. */
    private static @Nullable String template(RoutingContext context) {
        String noted = VertxContext.isOnDuplicatedContext()
                ? ContextLocals.<String>get("UrlPathTemplate").orElse(null)
                : null;
        Route route = context.currentRoute();
        return noted == null && route != null && !ROOT.equals(route.getPath()) ? route.getPath() : noted;
    }
}
