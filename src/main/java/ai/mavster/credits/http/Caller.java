package ai.mavster.credits.http;

import ai.mavster.credits.Author;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who is calling, and for which account they may. */
@RequestScoped
public class Caller {

    /** The attribute of the identity that binds it to one account. */
    public static final String ACCOUNT_ATTRIBUTE = "account_id";

    /** The attribute of the identity that says who is the author of what it does. */
    public static final String AUTHOR_ATTRIBUTE = "author";

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** For the record: the id of the caller's key. Nothing of its text. */
    public String name() {
        return identity.getPrincipal().getName();
    }

    /** For the record: who has posted what this call posts. */
    public Author author() {
        return Objects.requireNonNull(identity.<Author>getAttribute(AUTHOR_ATTRIBUTE));
    }

    /** The only account this caller may see, or null if it is bound to none. */
    public @Nullable String boundAccount() {
        return identity.getAttribute(ACCOUNT_ATTRIBUTE);
    }

    public boolean mayUse(String accountId) {
        String bound = boundAccount();
        return bound == null || bound.equals(accountId);
    }

    /**
     * For an account named elsewhere than in the path parameter {@code account_id}, which is checked for every
     * endpoint.
     *
     * @throws RefusalException the same as for an account that does not exist
     */
    public void requireAccount(String accountId) {
        if (!mayUse(accountId)) {
            throw new RefusalException(Refusal.noSuchAccount(accountId));
        }
    }

    /**
     * For endpoints that are not about one account.
     *
     * @throws ProblemException 403 if this caller is bound to one
     */
    public void requireUnbound() {
        if (boundAccount() != null) {
            throw new ProblemException(Problems.forbidden());
        }
    }
}
