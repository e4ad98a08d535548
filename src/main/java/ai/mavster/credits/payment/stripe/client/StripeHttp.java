package ai.mavster.credits.payment.stripe.client;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How the library reaches Stripe. The library's own way bounds each reading, so an answer that trickles in would hold its
 * thread for ever, and the JDK beneath it repeats requests by itself.
 */
final class StripeHttp extends com.stripe.net.HttpClient {

    private final HttpClient client;
    private final Duration answerWithin;

    /**
     * @param connectWithin how long a connection may take
     * @param answerWithin how long it may take until the last byte of the answer
     */
    StripeHttp(Duration connectWithin, Duration answerWithin) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(connectWithin)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.answerWithin = answerWithin;
    }

    @Override
    public StripeResponse request(StripeRequest request) throws ApiConnectionException {
        CompletableFuture<HttpResponse<String>> sent = client.sendAsync(http(request), BodyHandlers.ofString());
        try {
            HttpResponse<String> answer = sent.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
            return new StripeResponse(
                    answer.statusCode(), HttpHeaders.of(answer.headers().map()), answer.body());
        } catch (ExecutionException e) {
            throw new ApiConnectionException("No answer", e.getCause());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new ApiConnectionException("No answer in time", e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("Interrupted", e);
        }
    }

    private static HttpRequest http(StripeRequest request) {
        HttpRequest.Builder http =
                HttpRequest.newBuilder(URI.create(request.url().toString()));
        request.headers().map().forEach((name, values) -> values.forEach(value -> http.header(name, value)));
        http.setHeader("User-Agent", buildUserAgentString(request));
        http.setHeader("X-Stripe-Client-User-Agent", buildXStripeClientUserAgentString());
        HttpContent content = request.content();
        if (content == null) {
            http.method(request.method().name(), BodyPublishers.noBody());
        } else {
            http.setHeader("Content-Type", content.contentType());
            http.method(request.method().name(), BodyPublishers.ofByteArray(content.byteArrayContent()));
        }
        return http.build();
    }
}
