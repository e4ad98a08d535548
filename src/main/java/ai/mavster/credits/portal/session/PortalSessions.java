package ai.mavster.credits.portal.session;

import ai.mavster.credits.Author;
import ai.mavster.credits.UuidV7;
import ai.mavster.credits.http.page.FormToken;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Makes sessions, opens their links, and knows them by their cookies. */
@Singleton
public class PortalSessions {

    public static final String COOKIE = "credits_portal";

    private final PortalSessionRepository repository;
    private final PortalSettings settings;
    private final Clock clock;
    private final boolean secure;

    PortalSessions(
            PortalSessionRepository repository,
            PortalSettings settings,
            Clock clock,
            @ConfigProperty(name = "credits.public-url") String publicUrl) {
        this.repository = repository;
        this.settings = settings;
        this.clock = clock;
        this.secure = publicUrl.startsWith("https:");
    }

    /** A link that was made. */
    public record Link(UUID sessionId, String token, Instant expiresAt) {}

    /**
     * @param page where it leads, a path under {@code /billing}
     * @param returnUrl where its customer goes afterwards; null: nowhere
     */
    public Link create(String accountId, String page, @Nullable String returnUrl, Author author) {
        Instant now = now();
        PortalSessionRow row = new PortalSessionRow();
        SessionToken link = SessionToken.generate(accountId, UuidV7.next(now));
        row.accountId = accountId;
        row.sessionId = link.sessionId();
        row.linkDigest = link.digest();
        row.linkExpiresAt = now.plus(settings.linkLasts());
        row.page = page;
        row.returnUrl = returnUrl;
        row.createdAt = now;
        row.authorId = author.id();
        row.authorName = author.name();
        repository.add(row);
        return new Link(row.sessionId, link.text(), row.linkExpiresAt);
    }

    /** A session just opened: the cookie that it goes by, and the page that its link leads to. */
    public record Opened(Cookie cookie, String page) {}

    /** Empty: it is no link, was opened before, has ended, or came too late. */
    public Optional<Opened> open(String linkText) {
        Instant now = now();
        return SessionToken.parse(linkText).flatMap(link -> {
            SessionToken cookie = SessionToken.generate(link.accountId(), link.sessionId());
            return repository
                    .open(link, cookie, now, now.plus(settings.sessionLasts()))
                    .map(row -> new Opened(cookie(cookie.text()), row.page));
        });
    }

    /** Empty: there is none, or it has ended. */
    public Optional<PortalSession> find(@Nullable String cookieText) {
        Instant now = now();
        return SessionToken.parse(cookieText)
                .flatMap(cookie -> repository
                        .open(cookie, now)
                        .map(row -> new PortalSession(
                                row.accountId,
                                row.sessionId,
                                row.returnUrl,
                                FormToken.of(cookie.secret()),
                                row.expiresAt == null ? now : row.expiresAt)));
    }

    /** Which of some sessions have not ended. */
    public Set<UUID> stillOpen(Collection<PortalSession> some) {
        return repository.open(some, now());
    }

    public void end(PortalSession session) {
        repository.end(session.accountId(), session.sessionId(), now());
    }

    /** Takes the cookie away. */
    public Cookie noCookie() {
        return cookie("").setMaxAge(0);
    }

    private Cookie cookie(String value) {
        return Cookie.cookie(COOKIE, value)
                .setPath("/billing")
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.LAX);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
