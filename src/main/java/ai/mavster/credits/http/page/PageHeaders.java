package ai.mavster.credits.http.page;

import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What every page says to browsers. */
@Singleton
public class PageHeaders {

    private final String policy;

    PageHeaders(@ConfigProperty(name = "credits.pages.frame-ancestors", defaultValue = "'none'") String ancestors) {
        this.policy =
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                        + " form-action 'self'; base-uri 'none'; frame-ancestors " + ancestors;
    }

    /** The address may be a secret, and what is shown is: nobody keeps it, and no link gives it away. */
    public HttpServerResponse on(HttpServerResponse response) {
        return response.putHeader("Content-Security-Policy", policy)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
    }
}
