package ai.mavster.credits.portal.session;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.http.PublicUrl.Origin;
import ai.mavster.credits.http.page.FormTargets;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The application that customers come from and go back to: where it signs them in, and the origins that a page may lead
 * back to, which are those that the operator has configured, and no other.
 */
@Singleton
public class HostApplication implements FormTargets {

    private final PortalSettings settings;
    private final PublicUrl publicUrl;
    private final boolean demo;

    HostApplication(PortalSettings settings, PublicUrl publicUrl, @ConfigProperty(name = "credits.demo") boolean demo) {
        this.settings = settings;
        this.publicUrl = publicUrl;
        this.demo = demo;
    }

    void check(@Observes StartupEvent start) {
        settings.signInUrl().ifPresent(url -> publicUrl.requireAddress("CREDITS_SIGN_IN_URL", url.toString()));
        returnOrigins().forEach(origin -> publicUrl.requireOrigin("CREDITS_PORTAL_RETURN_ORIGINS", origin));
    }

    /** Where a session is made for those who have none; the demo's root page does it itself. Empty: nowhere. */
    Optional<URI> signInUrl() {
        return demo ? settings.signInUrl().or(() -> Optional.of(URI.create("/"))) : settings.signInUrl();
    }

    /**
     * @throws InvalidInput if it is of another origin, or no address at all
     */
    void requireReturn(String url) {
        Origin origin = Origin.parse(url)
                .orElseThrow(() -> new InvalidInput(
                        "return_url", "must be a whole address, such as https://app.example.com/settings"));
        if (!allowed().contains(origin)) {
            throw new InvalidInput(
                    "return_url",
                    "must be of an origin that the service may return to (CREDITS_PORTAL_RETURN_ORIGINS)");
        }
    }

    @Override
    public List<String> origins() {
        List<String> origins =
                new ArrayList<>(allowed().stream().map(Origin::text).toList());
        settings.signInUrl()
                .flatMap(url -> Origin.parse(url.toString()))
                .ifPresent(origin -> origins.add(origin.text()));
        return origins;
    }

    private Set<Origin> allowed() {
        return returnOrigins().stream()
                .flatMap(origin -> Origin.parse(origin).stream())
                .collect(Collectors.toSet());
    }

    private List<String> returnOrigins() {
        return settings.returnOrigins().orElse(List.of());
    }
}
