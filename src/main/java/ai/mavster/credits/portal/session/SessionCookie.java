package ai.mavster.credits.portal.session;

import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.http.page.PageHeaders;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import jakarta.inject.Singleton;

/**
 * What a browser keeps of a session. No script can read it. Where pages are encrypted no neighbouring host and no
 * unencrypted answer can set it either, which its name says to browsers; and another site's form or frame is sent with it
 * only where that site may show the pages within its own.
 */
@Singleton
class SessionCookie {

    private static final String NAME = "credits_portal";
    private static final String OF_THIS_HOST = "__Host-";

    private final PublicUrl publicUrl;
    private final PageHeaders headers;

    SessionCookie(PublicUrl publicUrl, PageHeaders headers) {
        this.publicUrl = publicUrl;
        this.headers = headers;
    }

    String name() {
        return publicUrl.isSecure() ? OF_THIS_HOST + NAME : NAME;
    }

    /** It goes with the browser, and the session has its own end. */
    Cookie of(String value) {
        return Cookie.cookie(name(), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(publicUrl.isSecure() || headers.areFramed())
                .setSameSite(headers.areFramed() ? CookieSameSite.NONE : CookieSameSite.LAX);
    }

    /** Takes it away. */
    Cookie none() {
        return of("").setMaxAge(0);
    }
}
