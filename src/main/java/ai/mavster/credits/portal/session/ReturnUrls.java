package ai.mavster.credits.portal.session;

import ai.mavster.credits.InvalidInput;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Where the billing page may lead back to: origins that the operator has configured, and no other. */
@Singleton
class ReturnUrls {

    private final List<String> origins;

    ReturnUrls(PortalSettings settings) {
        this.origins = settings.returnOrigins().orElse(List.of());
    }

    /**
     * @throws InvalidInput if it is of another origin, or no address at all
     */
    void require(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null || uri.getUserInfo() != null) {
                throw new InvalidInput(
                        "return_url", "must be a whole address, such as https://app.example.com/settings");
            }
            String origin = uri.getScheme() + "://" + uri.getRawAuthority();
            if (!origins.contains(origin)) {
                throw new InvalidInput(
                        "return_url",
                        "must be of an origin that the service may return to (CREDITS_PORTAL_RETURN_ORIGINS)");
            }
        } catch (URISyntaxException malformed) {
            throw new InvalidInput("return_url", "must be a whole address, such as https://app.example.com/settings");
        }
    }
}
