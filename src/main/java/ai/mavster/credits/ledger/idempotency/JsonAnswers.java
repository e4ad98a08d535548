package ai.mavster.credits.ledger.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;

/**
 * Keeps answers as the JSON of their records. Keys do not expire, so what a later version no longer knows is passed
 * over.
 */
@Singleton
class JsonAnswers implements Idempotency.Answers {

    private final ObjectMapper mapper;

    JsonAnswers(ObjectMapper mapper) {
        this.mapper = mapper.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    @Override
    public String write(Object answer) {
        try {
            return mapper.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer cannot be kept: " + answer.getClass(), e);
        }
    }

    @Override
    public <A> A read(String json, Class<A> type) {
        try {
            return mapper.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer that was kept cannot be read: " + type, e);
        }
    }
}
