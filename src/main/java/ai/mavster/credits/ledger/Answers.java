package ai.mavster.credits.ledger;

import ai.mavster.credits.Credits;
import ai.mavster.credits.http.IdempotencyKey;
import ai.mavster.credits.http.Problem;
import ai.mavster.credits.http.Problems;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the ledger's outcomes look like over HTTP. */
@Singleton
public class Answers {

    private final Problems problems;

    Answers(Problems problems) {
        this.problems = problems;
    }

    /** 201 with the answer, marked where it is a replay; or the refusal's problem. */
    public <A> CompletionStage<Response> created(CompletionStage<Outcome<A>> stage, Function<A, ?> body) {
        return stage.thenApply(outcome -> outcome.fold(
                (answer, replayed) -> {
                    Response.ResponseBuilder response =
                            Response.status(Response.Status.CREATED).entity(body.apply(answer));
                    return replayed
                            ? response.header(IdempotencyKey.REPLAYED_HEADER, "true")
                                    .build()
                            : response.build();
                },
                refusal -> problems.of(refusal).toResponse()));
    }

    /** 200 with the answer; or the refusal's problem. */
    public <A> CompletionStage<Response> ok(CompletionStage<Outcome<A>> stage, Function<A, ?> body) {
        return stage.thenApply(outcome -> outcome.fold(
                (answer, replayed) -> Response.ok(body.apply(answer)).build(),
                refusal -> problems.of(refusal).toResponse()));
    }

    /** Waits for the answer, for endpoints that block; or throws the refusal's problem, or {@link LedgerUnavailable}. */
    public <A> A await(CompletionStage<Outcome<A>> stage) {
        return orThrow(join(stage));
    }

    /** Waits for what becomes of commands, for endpoints that block; or throws {@link LedgerUnavailable}. */
    public <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** The answer; or the refusal's problem, thrown. */
    public <A> A orThrow(Outcome<A> outcome) {
        return outcome.fold((answer, replayed) -> answer, refusal -> {
            throw problems.exception(refusal);
        });
    }

    static Problem problem(LedgerUnavailable failure) {
        return switch (failure.reason()) {
            case OVERLOADED -> Problems.overloaded();
            case DATABASE_UNREACHABLE -> Problems.unavailable();
            case OUTCOME_UNKNOWN -> Problems.outcomeUnknown();
        };
    }

    @ServerExceptionMapper
    public Response unavailable(LedgerUnavailable failure) {
        return problem(failure).toResponse();
    }

    /** A grant of any kind, as the one who made it is told. */
    @Schema(name = "GrantPosted")
    record Granted(
            @Schema(examples = "grant_0198f2f0-5c1a-7c3e-9b1d-2a4f5e6d7c8b")
            String id,

            String grantId,

            @Schema(description = "The entry's place in the account's ledger.")
            long seq,

            Credits credits,

            @Schema(description = "All credits of the account, held ones too.")
            Credits balance,

            @Schema(description = "What open holds reserve.")
            Credits held,

            @Schema(description = "balance - held.") Credits available) {

        static Granted of(Posting posting) {
            String id = PublicId.GRANT.of(posting.postingId());
            return new Granted(
                    id,
                    id,
                    posting.firstSeq(),
                    posting.credits(),
                    posting.balance(),
                    posting.held(),
                    posting.available());
        }
    }

    /** One movement of one grant. */
    @Schema(name = "EntrySummary")
    public record EntrySummary(
            long seq,
            String grantId,

            @Schema(description = "Signed: what leaves the account is negative.")
            Credits credits) {

        static List<EntrySummary> of(Posting posting) {
            return posting.entries().stream()
                    .map(entry -> new EntrySummary(entry.seq(), PublicId.GRANT.of(entry.grantId()), entry.credits()))
                    .toList();
        }
    }
}
