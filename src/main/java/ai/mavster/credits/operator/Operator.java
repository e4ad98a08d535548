package ai.mavster.credits.operator;

import ai.mavster.credits.http.page.Door;
import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.http.page.Pages;
import ai.mavster.credits.operator.record.OperatorActions;
import ai.mavster.credits.operator.session.OperatorSessions;
import ai.mavster.credits.operator.session.SignIn;
import io.quarkus.arc.All;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The one door to the operator's pages: a visitor without a session is sent to the sign-in, and a form without its
 * token changes nothing.
 */
@Singleton
public class Operator implements Door.Entrance<Visit> {

    private final Pages pages;
    private final OperatorSessions sessions;
    private final OperatorActions actions;
    private final List<OperatorPage> features;
    private final Door<Visit> door;
    private final Logger log;

    Operator(
            Pages pages,
            OperatorSessions sessions,
            OperatorActions actions,
            @All List<OperatorPage> features,
            Logger log) {
        this.pages = pages;
        this.sessions = sessions;
        this.actions = actions;
        this.features = features;
        this.door = new Door<>(pages, this);
        this.log = log;
    }

    void register(@Observes Router router) {
        door.open(router);
        features.forEach(feature -> feature.register(this));
    }

    /** A page, which changes nothing. */
    public void get(String path, Door.Page<Visit> page) {
        door.get(path, page);
    }

    /** What a form changes. Its token is checked before, and the log has who sent it and what came of it. */
    public void post(String path, Door.Page<Visit> action) {
        door.post(path, visit -> {
            PageAnswer answer = action.answer(visit);
            log.infof(
                    "Operator %s (%s): %s, answered with %d",
                    visit.author().name(), visit.author().id(), visit.request().path(), answer.status());
            return answer;
        });
    }

    /** A stream, such as a CSV. Without a session it is 401. */
    public void stream(String path, Door.Stream<Visit> stream) {
        door.stream(path, stream);
    }

    /** The addresses of all pages. */
    public List<String> addresses() {
        return door.addresses();
    }

    /** The addresses of all forms. */
    public List<String> forms() {
        return door.forms();
    }

    @Override
    public Optional<Visit> visit(PageRequest request) {
        return sessions.find(request).map(session -> new Visit(pages, session, request, actions));
    }

    @Override
    public PageAnswer signIn(PageRequest request) {
        return PageAnswer.seeOther(SignIn.PATH);
    }
}
