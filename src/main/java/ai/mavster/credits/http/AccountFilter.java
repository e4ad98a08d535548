package ai.mavster.credits.http;

import ai.mavster.credits.Identifier;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Guards every endpoint whose path names an account: runs after matching and authentication, before the endpoint. */
class AccountFilter {

    private static final String PARAMETER = "account_id";
    private static final Pattern FORM = Pattern.compile(Identifier.PATTERN);

    private final Caller caller;

    AccountFilter(Caller caller) {
        this.caller = caller;
    }

    @ServerRequestFilter(nonBlocking = true)
    public void check(ContainerRequestContext request) {
        String accountId = request.getUriInfo().getPathParameters().getFirst(PARAMETER);
        if (accountId == null) {
            return;
        }
        if (!FORM.matcher(accountId).matches()) {
            throw Problems.invalidRequest(PARAMETER, "must match " + Identifier.PATTERN);
        }
        caller.requireAccount(accountId);
    }
}
