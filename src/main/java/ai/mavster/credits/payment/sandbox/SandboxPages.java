package ai.mavster.credits.payment.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.payment.Gateways;
import ai.mavster.credits.payment.PaymentGateway;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's pages, for browsers: outside the contract, without keys, and only where the sandbox is configured. They
 * need no JavaScript, and their policy allows none.
 */
@Singleton
class SandboxPages {

    static final String CHECKOUTS = "/sandbox/checkouts/";
    static final String CONFIRMATIONS = "/sandbox/confirmations/";
    static final String SUBSCRIPTIONS = "/sandbox/subscriptions/";

    private static final String STYLE = "/sandbox/sandbox.css";

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final int MOST_BYTES = 4096;

    private final SandboxTill till;
    private final Gateways gateways;
    private final Template template;
    private final PublicUrl publicUrl;

    SandboxPages(
            SandboxTill till,
            Gateways gateways,
            @Location("sandbox/checkout.html") Template template,
            PublicUrl publicUrl) {
        this.till = till;
        this.gateways = gateways;
        this.template = template;
        this.publicUrl = publicUrl;
    }

    void register(@Observes Router router) {
        if (!gateways.isConfigured(PaymentGateway.Provider.SANDBOX)) {
            return;
        }
        Buffer style = Buffer.buffer(style());
        router.get(STYLE)
                .handler(context -> respond(context, 200)
                        .putHeader("Content-Type", "text/css; charset=utf-8")
                        .end(style));
        String id = ":id";
        pages(router, CHECKOUTS + id, context -> show(context, till.page(context.pathParam("id"))), this::atPage);
        pages(
                router,
                CONFIRMATIONS + id,
                context -> show(context, till.confirmation(context.pathParam("id"))),
                this::atConfirmation);
        pages(
                router,
                SUBSCRIPTIONS + id,
                context -> show(context, till.subscription(context.pathParam("id"))),
                this::atSubscription);
    }

    private static void pages(Router router, String path, Handler<RoutingContext> get, Handler<RoutingContext> post) {
        router.get(path).blockingHandler(get, false);
        router.post(path)
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
                .blockingHandler(post, false);
    }

    private static byte[] style() {
        try (InputStream file = Objects.requireNonNull(SandboxPages.class.getResourceAsStream(STYLE))) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void atPage(RoutingContext context) {
        String pageId = context.pathParam("id");
        String token = context.request().getFormAttribute("token");
        String card = context.request().getFormAttribute("card");
        boolean pays = "pay".equals(context.request().getFormAttribute("action"));
        if (pays && (card == null || !isCard(card))) {
            end(context, 400, message("Not a card", "Go back, and choose one of the cards."));
            return;
        }
        goOn(context, pays ? till.pay(pageId, token, Objects.requireNonNull(card)) : till.cancel(pageId, token));
    }

    private static boolean isCard(String text) {
        return List.of(SandboxCard.values()).stream().anyMatch(card -> card.id().equals(text));
    }

    private void atConfirmation(RoutingContext context) {
        boolean confirms = "confirm".equals(context.request().getFormAttribute("action"));
        goOn(context, till.confirm(context.pathParam("id"), context.request().getFormAttribute("token"), confirms));
    }

    private void atSubscription(RoutingContext context) {
        boolean confirms = "confirm".equals(context.request().getFormAttribute("action"));
        goOn(context, till.subscribe(context.pathParam("id"), context.request().getFormAttribute("token"), confirms));
    }

    /** See Other, so that a reload sends nothing again. */
    private void goOn(RoutingContext context, @Nullable String path) {
        if (path == null) {
            end(context, 403, message("Not from this page", "Open the page again, and use its own form."));
        } else {
            respond(context, 303).putHeader("Location", path).end();
        }
    }

    private void show(RoutingContext context, @Nullable SandboxView view) {
        if (view == null) {
            end(context, 404, message("Not found", "There is nothing at this address."));
            return;
        }
        end(
                context,
                200,
                template.data("title", view.title())
                        .data("page", view)
                        .data("message", view.message())
                        .data("kind", view.bad() ? "bad" : "")
                        .data("cards", view.step() == SandboxView.Step.PAY ? List.of(SandboxCard.values()) : null)
                        .data("confirms", view.step() == SandboxView.Step.CONFIRM)
                        .data(
                                "back",
                                view.step() == SandboxView.Step.DONE || view.step() == SandboxView.Step.PAID
                                        ? publicUrl + view.backTo() + "?account="
                                                + URLEncoder.encode(view.account(), UTF_8)
                                                + "&outcome="
                                                + (view.step() == SandboxView.Step.PAID ? "paid" : "canceled")
                                        : null)
                        .render());
    }

    private String message(String title, String message) {
        return template.data("title", title)
                .data("page", null)
                .data("message", message)
                .data("kind", "bad")
                .data("cards", null)
                .data("confirms", false)
                .data("back", null)
                .render();
    }

    private static void end(RoutingContext context, int status, String html) {
        respond(context, status)
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(html);
    }

    /** The address is a secret: nobody keeps it, and no link gives it away. */
    private static HttpServerResponse respond(RoutingContext context, int status) {
        HttpServerResponse response = context.response().setStatusCode(status);
        Map.of(
                        "Content-Security-Policy", POLICY,
                        "Cache-Control", "no-store",
                        "Referrer-Policy", "no-referrer",
                        "X-Content-Type-Options", "nosniff")
                .forEach(response::putHeader);
        return response;
    }
}
