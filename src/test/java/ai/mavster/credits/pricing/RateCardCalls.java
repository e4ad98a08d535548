package ai.mavster.credits.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import java.util.List;

/** What the admin's key asks of the rate card over HTTP. */
final class RateCardCalls {

    private RateCardCalls() {}

    static Reply put(String... rates) {
        return Customer.put("/v1/rate-card", "{'rates': [" + String.join(", ", rates) + "]}");
    }

    static String rate(String action, String credits) {
        return rate(action, credits, "");
    }

    static String rate(String action, String credits, String more) {
        return "{'action': '%s', 'unit': 'step', 'credits': %s%s}".formatted(action, credits, more);
    }

    static String startingAt(String instant) {
        return ", 'effective_from': '" + instant + "'";
    }

    static Reply get(String action, String more) {
        return Customer.get("/v1/rate-card?action=" + action + more).is(200);
    }

    /** All versions, the newest first. */
    static List<String> history(String action) {
        return get(action, "&history=true").rows("data", "effective_from", "credits");
    }

    /** The price in force. */
    static String now(String action) {
        List<String> credits = get(action, "").rows("data", "credits");
        assertThat(credits).hasSizeLessThanOrEqualTo(1);
        return credits.isEmpty() ? "none" : credits.get(0);
    }
}
