package ai.mavster.credits.http;

import ai.mavster.credits.Outcome;
import ai.mavster.credits.http.idempotency.IdempotencyKey;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** What outcomes look like over HTTP. */
@Singleton
public class Answers {

    private final Problems problems;

    Answers(Problems problems) {
        this.problems = problems;
    }

    /** 201 with the answer, marked where it is a replay; or the refusal's problem. */
    public <A> CompletionStage<Response> created(CompletionStage<Outcome<A>> stage, Function<A, ?> body) {
        return stage.thenApply(outcome -> response(Response.Status.CREATED, outcome, body));
    }

    /** The same with 200. */
    public <A> CompletionStage<Response> ok(CompletionStage<Outcome<A>> stage, Function<A, ?> body) {
        return stage.thenApply(outcome -> response(Response.Status.OK, outcome, body));
    }

    /** The same with 201, or with 202 where what was asked for is still to come. */
    public <A> CompletionStage<Response> createdOrAccepted(
            CompletionStage<Outcome<A>> stage, Predicate<A> toCome, Function<A, ?> body) {
        return stage.thenApply(outcome -> response(
                outcome.fold((answer, replayed) -> toCome.test(answer), refusal -> false)
                        ? Response.Status.ACCEPTED
                        : Response.Status.CREATED,
                outcome,
                body));
    }

    private <A> Response response(Response.Status status, Outcome<A> outcome, Function<A, ?> body) {
        return outcome.fold(
                (answer, replayed) -> {
                    Response.ResponseBuilder response = Response.status(status).entity(body.apply(answer));
                    return (replayed ? response.header(IdempotencyKey.REPLAYED_HEADER, "true") : response).build();
                },
                refusal -> problems.of(refusal).toResponse());
    }
}
