package ai.mavster.credits.operator.session;

import ai.mavster.credits.UuidV7;
import ai.mavster.credits.access.AdminKeys;
import ai.mavster.credits.access.AdminKeys.AdminKey;
import ai.mavster.credits.http.PublicUrl;
import ai.mavster.credits.http.page.FormToken;
import ai.mavster.credits.http.page.PageRequest;
import ai.mavster.credits.http.page.Secret;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Opens sessions with admins' keys, and knows them by their cookies. */
@Singleton
public class OperatorSessions {

    private static final String COOKIE = "credits_operator";

    /** Which nothing can set that is not encrypted. */
    private static final String SECURE = "__Secure-";

    /** A working day. */
    private static final Duration LASTS = Duration.ofHours(8);

    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36})\\.(" + Secret.FORM + ")");

    private final OperatorSessionRepository repository;
    private final AdminKeys keys;
    private final Clock clock;
    private final PublicUrl publicUrl;

    OperatorSessions(OperatorSessionRepository repository, AdminKeys keys, Clock clock, PublicUrl publicUrl) {
        this.repository = repository;
        this.keys = keys;
        this.clock = clock;
        this.publicUrl = publicUrl;
    }

    /** The cookie of a new session; empty: the text is no admin's key, or one that is bound to an account. */
    Optional<Cookie> open(String keyText) {
        return keys.find(keyText).map(this::open);
    }

    private Cookie open(AdminKey key) {
        Instant now = now();
        Secret secret = Secret.generate();
        OperatorSessionRow row = new OperatorSessionRow();
        row.sessionId = UuidV7.next(now);
        row.cookieDigest = secret.digest();
        row.keyId = key.keyId();
        row.keyDigest = digest(key, secret);
        row.createdAt = now;
        row.expiresAt = now.plus(LASTS);
        repository.add(row);
        return cookie(row.sessionId + "." + secret.text());
    }

    /** Empty: there is none, or it has ended, by itself or with its key. */
    public Optional<OperatorSession> find(PageRequest request) {
        String cookieText = request.cookie(name());
        Matcher cookie = FORM.matcher(cookieText == null ? "" : cookieText);
        if (!cookie.matches()) {
            return Optional.empty();
        }
        Secret secret = new Secret(cookie.group(2));
        return id(cookie.group(1))
                .flatMap(sessionId -> repository.open(sessionId, now()))
                .filter(row -> MessageDigest.isEqual(row.cookieDigest, secret.digest()))
                .flatMap(row -> keys.current(row.keyId)
                        .filter(key -> MessageDigest.isEqual(row.keyDigest, digest(key, secret)))
                        .map(key -> new OperatorSession(
                                row.sessionId, key.author(), FormToken.of(secret.text()), row.expiresAt)));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    public void end(OperatorSession session) {
        repository.end(session.sessionId(), now());
    }

    /** Takes the cookie away. */
    public Cookie noCookie() {
        return cookie("").setMaxAge(0);
    }

    private String name() {
        return publicUrl.isSecure() ? SECURE + COOKIE : COOKIE;
    }

    private Cookie cookie(String value) {
        return Cookie.cookie(name(), value)
                .setPath("/operator")
                .setHttpOnly(true)
                .setSecure(publicUrl.isSecure())
                .setSameSite(CookieSameSite.STRICT);
    }

    /** Of the key's hash, of no use without the cookie: the configuration's key may be one that can be guessed. */
    private static byte[] digest(AdminKey key, Secret secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.text().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac.doFinal(key.hash());
        } catch (GeneralSecurityException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
