package ai.mavster.credits.access;

import ai.mavster.credits.EnumId;
import ai.mavster.credits.http.Scopes;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a key may be created for; the same as in {@link Scopes}. */
@Schema(name = "ApiKeyScope")
enum Scope {
    READ,
    RUNNER,
    BILLING,
    @JsonProperty(Scopes.TOP_UPS)
    TOP_UPS,
    RENEWALS,
    ADMIN;

    String role() {
        return EnumId.of(this);
    }

    static Scope of(String role) {
        return EnumId.parse(Scope.class, role);
    }

    /** The roles that come with these scopes: admin may do everything. */
    static Set<String> roles(Collection<Scope> scopes) {
        Set<String> roles = new TreeSet<>();
        (scopes.contains(ADMIN) ? Arrays.asList(values()) : scopes).forEach(scope -> roles.add(scope.role()));
        return roles;
    }
}
