package ai.mavster.credits.http.page;

import io.quarkus.qute.TemplateData;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files beside the pages: styles, scripts and pictures, from the resources under {@code page/}. In templates:
 * {@code assets.url('page.css')}.
 */
@Singleton
@TemplateData
public class Assets {

    private static final String PATH = "/assets/";
    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,60}\\.(css|js|svg)");
    private static final int DIGEST_BYTES = 8;

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, File> files = new ConcurrentHashMap<>();

    private record File(Buffer content, String digest) {}

    void register(@Observes Router router) {
        router.get(PATH + ":name").handler(this::send);
    }

    /** Its address, which changes with its content. */
    public String url(String name) {
        File file = file(name);
        if (file == null) {
            throw new IllegalArgumentException("There is no asset " + name);
        }
        return PATH + name + "?v=" + file.digest;
    }

    private void send(RoutingContext context) {
        String name = context.pathParam("name");
        File file = file(name);
        if (file == null) {
            context.response().setStatusCode(404).end();
            return;
        }
        boolean current = file.digest.equals(context.request().getParam("v"));
        context.response()
                .putHeader("Content-Type", TYPES.get(name.substring(name.lastIndexOf('.') + 1)))
                .putHeader("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(file.content);
    }

    private @Nullable File file(String name) {
        File known = files.get(name);
        if (known != null || !NAME.matcher(name).matches()) {
            return known;
        }
        try (InputStream resource = Assets.class.getResourceAsStream("/page/" + name)) {
            if (resource == null) {
                return null;
            }
            byte[] content = resource.readAllBytes();
            File file = new File(Buffer.buffer(content), digest(content));
            files.put(name, file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
