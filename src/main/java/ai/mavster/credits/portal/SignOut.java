package ai.mavster.credits.portal;

import ai.mavster.credits.http.page.PageAnswer;
import ai.mavster.credits.portal.session.PortalSessions;
import jakarta.inject.Singleton;

/** Ends a session before its time. */
@Singleton
class SignOut implements PortalPage {

    private final PortalSessions sessions;

    SignOut(PortalSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void register(Portal portal) {
        portal.postFromAnyone("/billing/sign-out", visit -> {
            sessions.end(visit.accountId(), visit.session().sessionId());
            String back = visit.session().returnUrl();
            return PageAnswer.seeOther(back == null ? "/billing" : back).with(sessions.noCookie());
        });
    }
}
