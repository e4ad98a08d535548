package ai.mavster.credits.waiting;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import ai.mavster.credits.Scrape;
import ai.mavster.credits.embedded.Eventually;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Something that is asked for with a {@code wait}, while the story goes on. */
public final class Poll {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final long begun = System.nanoTime();
    private final CompletableFuture<HttpResponse<String>> response;
    private final CompletableFuture<Duration> took;

    private Poll(HttpRequest request) {
        response = CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        took = response.handle((answer, failure) -> Duration.ofNanos(System.nanoTime() - begun));
    }

    /**
     * @param headers further ones: name, value, …
     */
    static Poll of(Customer customer, String query, String... headers) {
        return of(customer.path("/balance?" + query), headers);
    }

    static Poll of(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer " + Customer.ADMIN);
        return new Poll((headers.length == 0 ? request : request.headers(headers)).build());
    }

    /** The same, once it waits. */
    static Poll waiting(Customer customer, String query, String... headers) {
        return waiting(customer.path("/balance?" + query), headers);
    }

    public static Poll waiting(String path, String... headers) {
        int before = open();
        Poll poll = of(path, headers);
        awaitOpen(before + 1);
        return poll;
    }

    /** How many wait at the service. */
    static int open() {
        return Scrape.now().of("waiting_callers").intValue();
    }

    static void awaitOpen(int polls) {
        Eventually.holds(DEADLINE, () -> open() == polls, () -> open() + " polls are open, not " + polls);
    }

    public boolean isOpen() {
        return !response.isDone();
    }

    /** Well before the longest wait is over. */
    public Reply answer() {
        try {
            HttpResponse<String> answer = response.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            return new Reply(
                    answer.statusCode(), header(answer, "Idempotency-Replayed"), header(answer, "ETag"), answer.body());
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    Duration took() {
        return took.join();
    }

    /** Its connection is closed before the answer. */
    void hangUp() {
        response.cancel(true);
    }
}
