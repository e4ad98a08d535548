package ai.mavster.credits.http.page;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A door to pages that need a session: who comes without one is sent to the sign-in, and a form without its token
 * changes nothing.
 *
 * @param <V> who comes in
 */
public final class Door<V extends Visitor> {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Pages pages;
    private final Entrance<V> entrance;
    private final List<String> forms = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private @Nullable Router router;

    public Door(Pages pages, Entrance<V> entrance) {
        this.pages = pages;
        this.entrance = entrance;
    }

    /** Who may come in. */
    public interface Entrance<V> {

        /** Empty: without a session, or with one that does not do. */
        Optional<V> visit(PageRequest request);

        /** For those who have none. */
        PageAnswer signIn(PageRequest request);
    }

    /** A page. */
    @FunctionalInterface
    public interface Page<V> {
        PageAnswer answer(V visit) throws Exception;
    }

    /** An answer that is streamed. */
    @FunctionalInterface
    public interface Stream<V> {
        void begin(V visit, HttpServerResponse response) throws Exception;
    }

    /** To be called before anything is registered. */
    public void open(Router startedRouter) {
        router = startedRouter;
    }

    /** A page, which changes nothing. */
    public void get(String path, Page<V> page) {
        addresses.add(path);
        pages.get(router(), path, request -> {
            Optional<V> visit = entrance.visit(request);
            return visit.isPresent() ? page.answer(visit.get()) : entrance.signIn(request);
        });
    }

    /** What a form changes. Its field {@link FormToken#FIELD} is checked before. */
    public void post(String path, Page<V> action) {
        forms.add(path);
        pages.post(router(), path, request -> {
            Optional<V> visit = entrance.visit(request);
            return visit.isPresent() ? submit(action, visit.get()) : entrance.signIn(request);
        });
    }

    /** A stream, such as a CSV or server-sent events. Without a session it is 401. */
    public void stream(String path, Stream<V> stream) {
        addresses.add(path);
        pages.stream(router(), path, (request, response) -> {
            Optional<V> visit = entrance.visit(request);
            if (visit.isPresent()) {
                stream.begin(visit.get(), response);
            } else {
                response.setStatusCode(UNAUTHORIZED).end();
            }
        });
    }

    /** The addresses of all pages and streams. */
    public List<String> addresses() {
        return List.copyOf(addresses);
    }

    /** The addresses of all forms. */
    public List<String> forms() {
        return List.copyOf(forms);
    }

    private Router router() {
        if (router == null) {
            throw new IllegalStateException("Pages are registered when the service starts");
        }
        return router;
    }

    private PageAnswer submit(Page<V> action, V visit) throws Exception {
        return FormToken.same(visit.formToken(), visit.request().field(FormToken.FIELD))
                ? action.answer(visit)
                : pages.problem(
                        visit.request(),
                        PageProblems.named(
                                FORBIDDEN, "foreign_form", visit.request().language()));
    }
}
