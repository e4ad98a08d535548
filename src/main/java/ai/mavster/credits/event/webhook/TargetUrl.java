package ai.mavster.credits.event.webhook;

import ai.mavster.credits.InvalidInput;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an endpoint listens.
 *
 * @param host a name, or an address without brackets
 * @param path with the query
 */
public record TargetUrl(boolean encrypted, String host, int port, String path) {

    static final int LONGEST = 2_000;

    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int LAST_PORT = 65_535;

    /** Whatever a resolver takes for an address, be it written as one number; and IPv6. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|0[xX][0-9A-Fa-f.xX]*|.*:.*");

    /**
     * @param privateAllowed whether plain HTTP and addresses that are not public will do
     * @throws InvalidInput on {@code url}, if events are not delivered there
     */
    static TargetUrl checked(String text, boolean privateAllowed) {
        TargetUrl url = of(text);
        if (!url.encrypted && !privateAllowed) {
            throw new InvalidInput("url", "must begin with https://");
        }
        if (!privateAllowed && url.isPrivate()) {
            throw new InvalidInput("url", "must lead to a public address");
        }
        return url;
    }

    /**
     * @throws InvalidInput on {@code url}, if it is none of HTTP
     */
    public static TargetUrl of(String text) {
        URI uri = uri(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new InvalidInput("url", "must begin with https://");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new InvalidInput("url", "must have a host, and neither a user nor a fragment");
        }
        boolean encrypted = scheme.equals("https");
        int port = uri.getPort() == -1 ? (encrypted ? HTTPS : HTTP) : uri.getPort();
        if (port < 1 || port > LAST_PORT) {
            throw new InvalidInput("url", "must have a port from 1 to 65535");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new TargetUrl(
                encrypted,
                uri.getHost().replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT),
                port,
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (text.length() <= LONGEST && text.chars().allMatch(character -> character > ' ' && character < 0x7F)) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            // What is said of it is the same.
        }
        throw new InvalidInput("url", "must be a URL of at most %d visible ASCII characters".formatted(LONGEST));
    }

    /** Whether the address that it names, or this host's name, is not public. Other names are looked up when it counts. */
    private boolean isPrivate() {
        InetAddress literal = literal();
        return literal == null ? host.equals("localhost") || host.endsWith(".localhost") : !PublicAddress.is(literal);
    }

    private @Nullable InetAddress literal() {
        try {
            return LITERAL.matcher(host).matches() ? InetAddress.getByName(host) : null;
        } catch (UnknownHostException e) {
            throw new InvalidInput("url", "must have a host that there can be");
        }
    }

    /** With its port, unless that is the usual one: for the header Host. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (encrypted ? HTTPS : HTTP) ? name : name + ":" + port;
    }
}
