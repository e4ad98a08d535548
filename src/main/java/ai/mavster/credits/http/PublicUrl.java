package ai.mavster.credits.http;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where people reach the pages: {@code CREDITS_PUBLIC_URL}. Without encryption anyone on the way could take over a
 * session, so the service does not start with an address that is neither encrypted nor of this machine, unless
 * {@code CREDITS_ALLOW_HTTP} says so.
 */
@Singleton
public class PublicUrl {

    private final String text;
    private final boolean allowHttp;

    public PublicUrl(
            @ConfigProperty(name = "credits.public-url") String url,
            @ConfigProperty(name = "credits.allow-http", defaultValue = "false") boolean allowHttp) {
        this.text = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.allowHttp = allowHttp;
    }

    void check(@Observes StartupEvent start) {
        requireOrigin("CREDITS_PUBLIC_URL", text);
    }

    /** Without a slash at its end. */
    @Override
    public String toString() {
        return text;
    }

    /** Whether browsers may keep cookies for encrypted connections alone. */
    public boolean isSecure() {
        return text.startsWith("https:");
    }

    /** Whether it is this machine, which browsers trust without encryption. */
    public boolean isLoopback() {
        return Origin.parse(text).filter(Origin::isLoopback).isPresent();
    }

    /**
     * Checks a setting that is to be an origin, such as {@code https://app.example.com}.
     *
     * @throws IllegalStateException if it is none, or not encrypted
     */
    public Origin requireOrigin(String variable, String value) {
        Origin origin = requireAddress(variable, value);
        if (!origin.text().equalsIgnoreCase(value)) {
            throw new IllegalStateException(variable
                    + " must be an origin such as https://app.example.com, without a path, not '" + value + "'.");
        }
        return origin;
    }

    /**
     * Checks a setting that is to be a web address.
     *
     * @throws IllegalStateException if it is none, or not encrypted
     */
    public Origin requireAddress(String variable, String value) {
        Origin origin = Origin.parse(value)
                .orElseThrow(() -> new IllegalStateException(
                        variable + " must be an address such as https://app.example.com, not '" + value + "'."));
        if (!origin.isSecure() && !origin.isLoopback() && !allowHttp) {
            throw new IllegalStateException(variable + " is '" + value
                    + "', which is not encrypted: anybody on the way could take over what people"
                    + " have open there. Use https, or set CREDITS_ALLOW_HTTP=true where nobody else is on the way.");
        }
        return origin;
    }

    /**
     * Scheme, host and port of an address, in the form that browsers compare: in small letters, without the scheme's own
     * port.
     */
    public record Origin(String text) {

        /** Empty: it is no web address, or carries a user's name. */
        public static Optional<Origin> parse(String address) {
            try {
                URI uri = new URI(address);
                if (uri.getHost() == null || uri.getUserInfo() != null || !isWeb(uri)) {
                    return Optional.empty();
                }
                boolean usual = uri.getPort() == -1 || uri.getPort() == (isEncrypted(uri) ? 443 : 80);
                String origin = uri.getScheme() + "://" + uri.getHost() + (usual ? "" : ":" + uri.getPort());
                return Optional.of(new Origin(origin.toLowerCase(java.util.Locale.ROOT)));
            } catch (URISyntaxException malformed) {
                return Optional.empty();
            }
        }

        private static boolean isWeb(URI uri) {
            return isEncrypted(uri) || "http".equalsIgnoreCase(uri.getScheme());
        }

        private static boolean isEncrypted(URI uri) {
            return "https".equalsIgnoreCase(uri.getScheme());
        }

        public boolean isSecure() {
            return text.startsWith("https:");
        }

        public boolean isLoopback() {
            return text.matches("https?://(localhost|[a-z0-9.-]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?");
        }
    }
}
