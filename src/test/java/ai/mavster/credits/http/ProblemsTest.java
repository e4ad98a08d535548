package ai.mavster.credits.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Credits;
import ai.mavster.credits.Refusal;
import ai.mavster.credits.http.body.StrictJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemsTest {

    private final Problems problems = new Problems(new PublicUrl("https://credits.example/", false));
    private final ObjectMapper json = new ObjectMapper();

    ProblemsTest() {
        new StrictJson().customize(json);
    }

    /** The example of the contract, to the letter but for the address. */
    @Test
    void insufficientCreditsIsAsPromised() throws JsonProcessingException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("account_id", "acct/7");
        members.put("required", Credits.of(12));
        members.put("available", Credits.parse("3.5"));
        members.put("shortfall", Credits.parse("8.5"));

        Problem problem = problems.of(new Refusal(
                Refusal.Code.INSUFFICIENT_CREDITS,
                "This needs 12 credits; 3.5 are available.",
                members,
                new Refusal.WayOut("Top up to go on.", "Top up credits", "/billing/top-up", "top_up")));

        assertThat(json.writeValueAsString(problem)).isEqualTo("""
                        {"type":"https://mavster.ai/problems/insufficient-credits","title":"Insufficient credits","status":402,\
                        "code":"insufficient_credits","detail":"This needs 12 credits; 3.5 are available. Top up to go on.",\
                        "account_id":"acct/7","required":12,"available":3.5,"shortfall":8.5,\
                        "action":{"label":"Top up credits","url":"https://credits.example/billing/top-up?account=acct%2F7"},\
                        "retryable_after":"top_up"}""");
    }

    @Test
    void ofThousandsOfWrongFieldsSomeAreNamed() throws JsonProcessingException {
        List<Problem.InvalidField> errors = IntStream.range(0, 12_000)
                .mapToObj(i -> new Problem.InvalidField("rates[" + i + "].note", "must be something"))
                .toList();

        Problem problem = Problems.invalid(errors);

        assertThat(problem.errors()).isEqualTo(errors.subList(0, 50));
        assertThat(problem.detail()).endsWith("rates[49].note must be something; and 11950 more.");
        assertThat(json.writeValueAsString(problem)).hasSizeLessThan(10_000);
        assertThat(Problems.invalid(errors.subList(0, 2)).detail())
                .isEqualTo("rates[0].note must be something; rates[1].note must be something.");
    }

    @Test
    void aWayOutNamesTheAccountWhereThereIsOne() {
        Refusal.WayOut wayOut = new Refusal.WayOut("Change it.", "Change the budget", "/billing/budgets", "budget");

        assertThat(problems.of(new Refusal(Refusal.Code.BUDGET_EXCEEDED, "No.", Map.of(), wayOut))
                        .members())
                .containsEntry(
                        "action", new Problem.Action("Change the budget", "https://credits.example/billing/budgets"))
                .containsEntry("retryable_after", "budget");
    }

    @Test
    void withoutAWayOutNoneIsShown() {
        assertThat(problems.of(Refusal.noSuchAccount("a")).members()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalHasAStatusOfItsKind(Refusal.Code code) {
        Problem problem = problems.of(Refusal.of(code, "No."));

        assertThat(problem.code()).isEqualTo(code.name().toLowerCase(Locale.ROOT));
        assertThat(problem.type())
                .isEqualTo("https://mavster.ai/problems/" + problem.code().replace('_', '-'));
        assertThat(problem.status())
                .isEqualTo(
                        switch (code) {
                            case NOT_FOUND,
                                    ACCOUNT_NOT_FOUND,
                                    PLAN_NOT_FOUND,
                                    PACK_NOT_FOUND,
                                    SUBSCRIPTION_NOT_FOUND,
                                    DEBIT_NOT_FOUND,
                                    POSTING_NOT_FOUND,
                                    GRANT_NOT_FOUND,
                                    RUN_NOT_FOUND,
                                    CHECKOUT_NOT_FOUND,
                                    BUDGET_NOT_FOUND -> 404;
                            case ACCOUNT_CLOSED,
                                    ACCOUNT_NOT_CLOSED,
                                    LAST_ADMIN_KEY,
                                    PAYMENTS_NOT_CONFIGURED,
                                    PACK_INACTIVE,
                                    RATE_EXISTS,
                                    CREDIT_PRICE_EXISTS,
                                    RUN_EXISTS,
                                    RUN_NOT_RUNNING,
                                    NO_TEST_CLOCK -> 409;
                            case PRECONDITION_FAILED -> 412;
                            case PAYMENT_PROVIDER_UNAVAILABLE -> 503;
                            case RUN_QUEUE_FULL -> 429;
                            case SUBSCRIPTION_REQUIRED, INSUFFICIENT_CREDITS, BUDGET_EXCEEDED -> 402;
                            case IDEMPOTENCY_KEY_REUSED,
                                    ACTION_NOT_PRICED,
                                    AMOUNT_REQUIRED,
                                    REVERSAL_EXCEEDS_DEBIT,
                                    VOID_EXCEEDS_GRANT,
                                    ADJUSTMENT_EXCEEDS_AVAILABLE,
                                    BALANCE_LIMIT_EXCEEDED,
                                    RUN_NESTED_TOO_DEEP,
                                    RUN_HAS_NO_HOLD,
                                    TEST_CLOCK_AHEAD -> 422;
                        });
    }

    @Test
    void aMemberMayBeNull() throws JsonProcessingException {
        assertThat(json.writeValueAsString(Problems.notFound().with("resets_at", null)))
                .endsWith("\"resets_at\":null}");
    }
}
