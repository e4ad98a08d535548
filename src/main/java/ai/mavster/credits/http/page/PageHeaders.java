package ai.mavster.credits.http.page;

import ai.mavster.credits.http.PublicUrl;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What every page says to browsers. */
@Singleton
public class PageHeaders {

    private static final String NOBODY = "'none'";

    private final PublicUrl publicUrl;
    private final List<String> ancestors;
    private final List<FormTargets> targets;

    public PageHeaders(
            PublicUrl publicUrl,
            @ConfigProperty(name = "credits.frame-ancestors") Optional<List<String>> ancestors,
            @All List<FormTargets> targets) {
        this.publicUrl = publicUrl;
        this.ancestors = ancestors.orElse(List.of());
        this.targets = targets;
    }

    void check(@Observes StartupEvent start) {
        ancestors.forEach(origin -> publicUrl.requireOrigin("CREDITS_FRAME_ANCESTORS", origin));
        if (areFramed() && !publicUrl.isSecure() && !publicUrl.isLoopback()) {
            throw new IllegalStateException(
                    "CREDITS_FRAME_ANCESTORS needs an https address in CREDITS_PUBLIC_URL: browsers"
                            + " send no cookie into another site's frame otherwise.");
        }
    }

    /** Whether other sites show the pages within theirs. */
    public boolean areFramed() {
        return !ancestors.isEmpty();
    }

    /** The address may be a secret, and what is shown is: nobody keeps it, and no link gives it away. */
    public HttpServerResponse on(HttpServerResponse response) {
        return response.putHeader("Content-Security-Policy", policy())
                .putHeader("Cache-Control", "no-store")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Content-Type-Options", "nosniff");
    }

    private String policy() {
        String forms = targets.stream()
                .flatMap(target -> target.origins().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(origin -> " " + origin)
                .collect(Collectors.joining());
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                + " form-action 'self'" + forms + "; base-uri 'none'; frame-ancestors "
                + (areFramed() ? String.join(" ", ancestors) : NOBODY);
    }
}
