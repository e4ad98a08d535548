package ai.mavster.credits.payment.stripe.client;

import ai.mavster.credits.payment.GatewayFailure;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import com.stripe.service.V1Services;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks Stripe. Each question is one request or a few, is asked once, and blocks up to the deadline of each. */
@Singleton
public class StripeApi {

    private static final int NOT_FOUND = 404;

    private final @Nullable V1Services stripe;

    StripeApi(StripeSettings settings) {
        stripe = settings.apiKey().map(key -> client(settings, key)).orElse(null);
    }

    private static V1Services client(StripeSettings settings, String key) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(settings.apiBase())
                .setMaxNetworkRetries(0)
                .setHttpClient(new StripeHttp(settings.connectWithin(), settings.answerWithin()))
                .build()
                .v1();
    }

    /** What is asked of Stripe. */
    public interface Question<T> {
        T ask(V1Services stripe) throws StripeException;
    }

    /**
     * @throws GatewayFailure if there is no answer to use
     */
    public <T> T ask(Question<T> question) {
        if (stripe == null) {
            throw new IllegalStateException("CREDITS_STRIPE_API_KEY is not set");
        }
        try {
            return question.ask(stripe);
        } catch (StripeException e) {
            throw StripeFailure.of(e);
        }
    }

    /** The same, where there may be no such object: then it is empty. */
    public <T> Optional<T> find(Question<T> question) {
        return ask(services -> {
            try {
                return Optional.of(question.ask(services));
            } catch (StripeException e) {
                if (e.getStatusCode() != null && e.getStatusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** Under this idempotency key. */
    public static RequestOptions under(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }
}
