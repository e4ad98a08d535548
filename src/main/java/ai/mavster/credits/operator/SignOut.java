package ai.mavster.credits.operator;

import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.operator.session.OperatorSessions;
import ai.mavster.credits.operator.session.SignIn;
import jakarta.inject.Singleton;

/** Ends a session before its time. */
@Singleton
class SignOut implements OperatorPage {

    private final OperatorSessions sessions;

    SignOut(OperatorSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void register(Operator operator) {
        operator.post("/operator/sign-out", visit -> {
            sessions.end(visit.session());
            return PageAnswer.seeOther(SignIn.PATH).with(sessions.noCookie());
        });
    }
}
