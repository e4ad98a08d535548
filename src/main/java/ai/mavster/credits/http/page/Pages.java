package ai.mavster.credits.http.page;

import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.PlatformHandler;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The routes of pages and forms. They are outside the contract, and know no API key: the feature that registers one says who may
 * open it. They are answered on worker threads.
 */
@Singleton
public class Pages {

    private static final int MOST_BYTES = 64 * 1024;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private final PageHeaders headers;
    private final PageProblems problems;
    private final Languages languages;
    private final Assets assets;
    private final Template message;
    private final PagePlaces places;
    private final long bodyWithinMillis;
    private final Logger log;

    Pages(
            PageHeaders headers,
            PagePlaces places,
            PageProblems problems,
            Languages languages,
            Assets assets,
            @Location("page/message.html") Template message,
            @ConfigProperty(name = "credits.body.within", defaultValue = "20S") Duration bodyWithin,
            Logger log) {
        this.headers = headers;
        this.places = places;
        this.problems = problems;
        this.languages = languages;
        this.assets = assets;
        this.message = message;
        this.bodyWithinMillis = bodyWithin.toMillis();
        this.log = log;
    }

    /** What answers a request. */
    @FunctionalInterface
    public interface Page {

        /**
         * @throws Exception answered with a page that says what went wrong; a refusal and input that is wrong in their
         *     own words
         */
        PageAnswer answer(PageRequest request) throws Exception;
    }

    /** What answers by itself, on the event loop: a stream. */
    @FunctionalInterface
    public interface Stream {

        void begin(PageRequest request, HttpServerResponse response) throws Exception;
    }

    public void get(Router router, String path, Page page) {
        making(router.get(path), answering(page));
    }

    /** Its page has to check the form's token before anything else. */
    public void post(Router router, String path, Page page) {
        making(
                router.post(path)
                        .handler((PlatformHandler) this::hurry)
                        .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES)),
                answering(page));
    }

    /** Begins on a worker thread; the response is ended by the stream. */
    public void stream(Router router, String path, Stream stream) {
        making(router.get(path), context -> {
            try {
                stream.begin(request(context), headers.on(context.response()));
            } catch (Exception failure) {
                fail(context, failure);
            }
        });
    }

    /** On a worker thread, if there is a place for this reader. */
    private void making(Route route, Handler<RoutingContext> handler) {
        route.failureHandler(this::refuse)
                .handler(context -> {
                    if (places.enter(reader(context))) {
                        context.next();
                    } else {
                        context.response().putHeader("Retry-After", "1");
                        end(context, problem(request(context), busy(context)));
                    }
                })
                .blockingHandler(
                        context -> {
                            try {
                                handler.handle(context);
                            } finally {
                                places.leave(reader(context));
                            }
                        },
                        false);
    }

    /** Who has no cookie shares the places with all others who have none. */
    private static String reader(RoutingContext context) {
        String cookies = context.request().getHeader("Cookie");
        return cookies == null ? "" : cookies;
    }

    private PageProblem busy(RoutingContext context) {
        return PageProblems.named(UNAVAILABLE, "busy", request(context).language());
    }

    /** A form that takes its time to arrive holds no thread, but a place among the requests under way. */
    private void hurry(RoutingContext context) {
        long timer = context.vertx().setTimer(bodyWithinMillis, late -> {
            if (!context.request().isEnded()) {
                context.request().connection().close();
            }
        });
        context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
        context.next();
    }

    /** What is wrong with a form before its page is asked, such as that it is too large. */
    private void refuse(RoutingContext context) {
        int status = context.statusCode() >= 400 && context.statusCode() < 500 ? context.statusCode() : BAD_REQUEST;
        if (context.response().ended()) {
            return;
        }
        end(
                context,
                problem(
                        request(context),
                        PageProblems.named(
                                status, "not_readable", request(context).language())));
    }

    private Handler<RoutingContext> answering(Page page) {
        return context -> {
            try {
                end(context, page.answer(request(context)));
            } catch (Exception failure) {
                fail(context, failure);
            }
        };
    }

    private PageRequest request(RoutingContext context) {
        return new PageRequest(context, languages.of(context.request().getHeader("Accept-Language")));
    }

    private void fail(RoutingContext context, Exception failure) {
        if (context.response().headWritten()) {
            log.debug("A page could not be ended", failure);
            context.response().reset();
            return;
        }
        PageProblem problem = problems.of(failure, request(context).language());
        if (problem.status() == UNAVAILABLE) {
            context.response().putHeader("Retry-After", "1");
        }
        end(context, problem(request(context), problem));
    }

    /** A page of its own for what went wrong. */
    public PageAnswer problem(PageRequest request, PageProblem problem) {
        return PageAnswer.of(
                problem.status(),
                fill(message, request, request.language().texts(Language.UTC)).data("problem", problem));
    }

    /** For pages that are in no other language. */
    public Language english() {
        return languages.english();
    }

    /** What went wrong, for a page that shows it beside what was sent. */
    public PageProblem problemOf(Throwable failure, Language language) {
        return problems.of(failure, language);
    }

    /** A template with what all have: {@code t} writes texts, {@code assets} has the files beside it. */
    public TemplateInstance fill(Template template, PageRequest request, Texts texts) {
        return template.data("t", texts).data("assets", assets).data("path", request.path());
    }

    private void end(RoutingContext context, PageAnswer answer) {
        // Rendered before anything is sent: a template that fails is a failure, and no half page.
        String html = answer.body() == null ? null : answer.body().render();
        HttpServerResponse response = headers.on(context.response()).setStatusCode(answer.status());
        answer.cookies().forEach(cookie -> response.headers().add("Set-Cookie", written(cookie)));
        if (answer.location() != null) {
            response.putHeader("Location", answer.location()).end();
        } else if (html != null) {
            response.putHeader("Content-Type", "text/html; charset=utf-8")
                    .putHeader("Content-Language", request(context).language().tag())
                    .end(html);
        } else {
            response.end();
        }
    }

    /** One that is sent into other sites' frames is kept apart for each of those sites. */
    private static String written(Cookie cookie) {
        return cookie.getSameSite() == CookieSameSite.NONE ? cookie.encode() + "; Partitioned" : cookie.encode();
    }
}
