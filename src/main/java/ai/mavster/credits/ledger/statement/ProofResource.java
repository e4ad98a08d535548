package ai.mavster.credits.ledger.statement;

import ai.mavster.credits.InvalidInput;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.RefusalException;
import ai.mavster.credits.Unavailable;
import ai.mavster.credits.http.Caller;
import ai.mavster.credits.http.Cursor;
import ai.mavster.credits.http.Page;
import ai.mavster.credits.http.Query;
import ai.mavster.credits.http.Scopes;
import ai.mavster.credits.http.reading.LongReads;
import ai.mavster.credits.ledger.proof.Proof;
import ai.mavster.credits.ledger.proof.Proofs;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The proof of an account; and of all of them, page by page. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Ledger")
@Blocking
public class ProofResource {

    private static final Logger LOG = Logger.getLogger(ProofResource.class);

    /** A page ends early when so much time has passed; the rest is on the next one. */
    private static final Duration WORK = Duration.ofSeconds(5);

    /** What its cursors begin with, so that those of other lists are refused. */
    private static final String PROVEN = "proven ";

    private final Proofs proofs;
    private final LongReads reads;
    private final Caller caller;

    ProofResource(Proofs proofs, LongReads reads, Caller caller) {
        this.proofs = proofs;
        this.reads = reads;
        this.caller = caller;
    }

    /** How one account's proof ended. */
    @Schema(name = "AccountProof")
    record AccountProof(
            String accountId,

            @Schema(description = "As in the account's own proof, like the fields that follow.")
            boolean balanced,

            boolean chainIntact,
            @Nullable Long firstBadSeq,

            @Schema(description = "What does not agree; `unproven` where the proof could not be carried out.")
            List<Proof.Failure> failures) {}

    @GET
    @Path("/accounts/{account_id}/proof")
    @RolesAllowed({Scopes.READ, Scopes.BILLING, Scopes.ADMIN})
    @Operation(
            operationId = "prove",
            summary = "Prove an account",
            description =
                    "Recomputes the account from its entries: sums, grants and the chain of hashes. Takes time in proportion to the"
                            + " number of entries.")
    public Proof proof(@PathParam("account_id") String accountId) {
        return reads.longAnswer(accountId, wanted -> proofs.of(accountId, wanted::check))
                .orElseThrow(() -> new RefusalException(Refusal.noSuchAccount(accountId)));
    }

    @GET
    @Path("/proof")
    @RolesAllowed(Scopes.ADMIN)
    @Operation(
            operationId = "proveAll",
            summary = "Prove all accounts",
            description =
                    "In the order of their ids, each as of one moment of its own. A page ends after some seconds, though fewer than `limit` are"
                            + " proven: go on with `next_cursor` as long as `has_more` is true, whenever you like.")
    public Page<AccountProof> all(
            @Context UriInfo uri,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        caller.requireUnbound();
        Query query = Query.of(uri);
        int most = query.limit();
        List<String> accountIds = proofs.accountsAfter(after(query.textCursor()), most + 1);
        List<AccountProof> proven = new ArrayList<>();
        long end = System.nanoTime() + WORK.toNanos();
        for (String accountId : accountIds.subList(0, Math.min(most, accountIds.size()))) {
            if (!proven.isEmpty() && System.nanoTime() > end) {
                break;
            }
            proven.add(prove(accountId));
        }
        boolean more = proven.size() < accountIds.size();
        return new Page<>(proven, more, more ? Cursor.of(PROVEN + accountIds.get(proven.size() - 1)) : null);
    }

    private static String after(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        if (!cursor.startsWith(PROVEN)) {
            throw new InvalidInput("cursor", "is not a cursor of this list");
        }
        return cursor.substring(PROVEN.length());
    }

    /** One that cannot be proven holds up no other, and did not pass. */
    private AccountProof prove(String accountId) {
        try {
            Proof proof = reads.longAnswer(accountId, wanted -> proofs.of(accountId, wanted::check))
                    .orElseThrow();
            return new AccountProof(
                    accountId, proof.balanced(), proof.chainIntact(), proof.firstBadSeq(), proof.failures());
        } catch (Unavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.errorf(e, "The proof of account %s could not be carried out", accountId);
            Proof.Failure unproven =
                    new Proof.Failure("unproven", "The proof could not be carried out; the service's log says why.");
            return new AccountProof(accountId, false, false, null, List.of(unproven));
        }
    }
}
