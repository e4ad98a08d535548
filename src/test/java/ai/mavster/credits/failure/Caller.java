package ai.mavster.credits.failure;

import ai.mavster.credits.embedded.ServiceProcess;
import ai.mavster.credits.failure.cluster.Replica;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A client of both replicas, over bad networks, who asks again with the same key until there is a definite answer. */
final class Caller {

    private static final Duration PATIENCE = Duration.ofSeconds(7);
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int TWICE_AT_ONCE = 12;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final List<Replica> replicas;
    private final History history;

    Caller(List<Replica> replicas, History history) {
        this.replicas = replicas;
        this.history = history;
    }

    /**
     * Asks until there is a definite answer, now one replica and now the other, and now and then both at once.
     *
     * @param goOn whether to try again
     * @return the last answer
     */
    Answer ask(Operation operation, SplittableRandom random, BooleanSupplier goOn) {
        history.begin(operation);
        int replica = random.nextInt(replicas.size());
        if (operation.key != null && random.nextInt(TWICE_AT_ONCE) == 0) {
            int other = 1 - replica;
            CompletableFuture<Answer> second = CompletableFuture.supplyAsync(() -> attempt(operation, other));
            Answer first = attempt(operation, replica);
            Answer answer = second.join();
            if (first.kind() == AnswerKind.DONE || !answer.kind().isDefinite()) {
                answer = first;
            }
            if (answer.kind().isDefinite()) {
                return answer;
            }
        }
        while (true) {
            Answer answer = attempt(operation, replica);
            if (answer.kind().isDefinite() || !goOn.getAsBoolean()) {
                return answer;
            }
            LockSupport.parkNanos(random.nextLong(PAUSE_NANOS, 5 * PAUSE_NANOS));
            replica = random.nextInt(3) == 0 ? replica : 1 - replica;
        }
    }

    /** One try. */
    Answer attempt(Operation operation, int replica) {
        Answer answer = send(operation, replica);
        history.add(operation, answer);
        return answer;
    }

    private Answer send(Operation operation, int replica) {
        HttpRequest request = request(replicas.get(replica).url(), operation);
        long began = System.nanoTime();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            long ended = System.nanoTime();
            JsonNode body = Amounts.JSON.readTree(response.body());
            return new Answer(
                    AnswerKind.of(response.statusCode(), body),
                    replica,
                    began,
                    ended,
                    response.statusCode(),
                    response.headers().firstValue("Idempotency-Replayed").isPresent(),
                    body,
                    "");
        } catch (IOException e) {
            return new Answer(
                    AnswerKind.of(e),
                    replica,
                    began,
                    System.nanoTime(),
                    0,
                    false,
                    MissingNode.getInstance(),
                    e.getClass().getSimpleName() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest request(URI url, Operation operation) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(operation.path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + ServiceProcess.ADMIN_KEY)
                .header("Content-Type", "application/json")
                .method(operation.method, HttpRequest.BodyPublishers.ofString(operation.body));
        if (operation.key != null) {
            request.header("Idempotency-Key", operation.key);
        }
        return request.build();
    }
}
