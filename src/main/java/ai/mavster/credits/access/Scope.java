package ai.mavster.credits.access;

import ai.mavster.credits.http.Scopes;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a key may be created for; the same four as in {@link Scopes}. */
@Schema(name = "ApiKeyScope")
enum Scope {
    RUNNER(Scopes.RUNNER),
    BILLING(Scopes.BILLING),
    RENEWALS(Scopes.RENEWALS),
    ADMIN(Scopes.ADMIN);

    private final String role;

    Scope(String role) {
        this.role = role;
    }

    String role() {
        return role;
    }

    static Scope of(String role) {
        return valueOf(role.toUpperCase(Locale.ROOT));
    }

    /** The roles that come with these scopes: admin may do everything. */
    static Set<String> roles(Collection<Scope> scopes) {
        Set<String> roles = new TreeSet<>();
        (scopes.contains(ADMIN) ? Arrays.asList(values()) : scopes).forEach(scope -> roles.add(scope.role));
        return roles;
    }
}
