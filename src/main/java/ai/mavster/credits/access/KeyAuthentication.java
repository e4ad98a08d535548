package ai.mavster.credits.access;

import ai.mavster.credits.Author;
import ai.mavster.credits.access.rate.GuessRates;
import ai.mavster.credits.http.Caller;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Turns the text of a key into who is calling. */
@ApplicationScoped
class KeyAuthentication implements IdentityProvider<TokenAuthenticationRequest> {

    static final Author FIRST_ADMIN = new Author(Author.Type.API_KEY, "first admin key", "first admin key");

    private final FirstAdminKey firstAdminKey;
    private final KnownKeys knownKeys;
    private final LastUses lastUses;
    private final GuessRates guesses;
    private final Clock clock;

    KeyAuthentication(
            FirstAdminKey firstAdminKey, KnownKeys knownKeys, LastUses lastUses, GuessRates guesses, Clock clock) {
        this.firstAdminKey = firstAdminKey;
        this.knownKeys = knownKeys;
        this.lastUses = lastUses;
        this.guesses = guesses;
        this.clock = clock;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        String text = request.getToken().getToken();
        byte[] hash = KeyText.hash(text);
        if (firstAdminKey.hasHash(hash)) {
            return Uni.createFrom().item(firstAdmin());
        }
        SocketAddress from = from(request);
        Optional<KnownKey> remembered = KeyText.isWellFormed(text) ? knownKeys.remembered(hash) : Optional.empty();
        if (remembered != null) {
            return Uni.createFrom().item(() -> {
                if (valid(remembered).isEmpty()) {
                    guesses.count(from);
                }
                return identity(remembered);
            });
        }
        boolean wasGood = knownKeys.wasGood(hash);
        return Uni.createFrom()
                .completionStage(() -> {
                    if (!wasGood) {
                        guesses.count(from);
                    }
                    return knownKeys.lookUp(hash);
                })
                .emitOn(whereItWasAsked())
                .map(known -> {
                    if (!wasGood && valid(known).isPresent()) {
                        guesses.takeBack(from);
                    }
                    return identity(known);
                });
    }

    private static @Nullable SocketAddress from(TokenAuthenticationRequest request) {
        RoutingContext context = HttpSecurityUtils.getRoutingContextAttribute(request);
        return context == null ? null : context.request().remoteAddress();
    }

    private Optional<KnownKey> valid(Optional<KnownKey> known) {
        return known.filter(key -> key.isValidAt(clock.instant()));
    }

    /** The context of the request goes on with the answer: what is known of the request hangs on it. */
    private static Executor whereItWasAsked() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : command -> context.runOnContext(unused -> command.run());
    }

    private SecurityIdentity identity(Optional<KnownKey> known) {
        KnownKey key = valid(known).orElseThrow(AuthenticationFailedException::new);
        lastUses.note(key.keyId(), clock.instant());
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(key.author().id()))
                .addAttribute(Caller.AUTHOR_ATTRIBUTE, key.author())
                .addRoles(key.roles());
        if (key.accountId() != null) {
            identity.addAttribute(Caller.ACCOUNT_ATTRIBUTE, key.accountId());
        }
        return identity.build();
    }

    private static SecurityIdentity firstAdmin() {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(FIRST_ADMIN.id()))
                .addAttribute(Caller.AUTHOR_ATTRIBUTE, FIRST_ADMIN)
                .addRoles(Scope.roles(List.of(Scope.ADMIN)))
                .build();
    }
}
