package ai.mavster.credits.failure;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;

/** Amounts as the service writes them, read as the exact number of millionths that they are. */
final class Amounts {

    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    static final long CREDIT = 1_000_000;

    private Amounts() {}

    static long millionths(JsonNode amount) {
        if (!amount.isNumber()) {
            throw new IllegalArgumentException("no amount: " + amount);
        }
        return amount.decimalValue().movePointRight(6).longValueExact();
    }

    static String text(long millionths) {
        return BigDecimal.valueOf(millionths, 6).stripTrailingZeros().toPlainString();
    }
}
