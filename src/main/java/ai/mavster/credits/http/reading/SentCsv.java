package ai.mavster.credits.http.reading;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Writes a stream to its response, the next piece once the one before was taken. */
final class SentCsv implements Flow.Subscriber<byte[]> {

    private static final int UNAVAILABLE = 503;

    private final HttpServerResponse response;
    private volatile Flow.@Nullable Subscription stream;

    SentCsv(HttpServerResponse response) {
        this.response = response;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        stream = subscription;
        response.setChunked(true).closeHandler(hungUp -> subscription.cancel());
        subscription.request(1);
    }

    @Override
    public void onNext(byte[] piece) {
        response.write(Buffer.buffer(piece)).onComplete(taken -> {
            Flow.Subscription subscription = stream;
            if (subscription != null && taken.succeeded()) {
                subscription.request(1);
            } else if (subscription != null) {
                subscription.cancel();
            }
        });
    }

    /** Before the first piece. */
    @Override
    public void onError(Throwable failure) {
        response.headers().remove("Content-Disposition");
        response.setStatusCode(UNAVAILABLE).end();
    }

    @Override
    public void onComplete() {
        response.end();
    }
}
