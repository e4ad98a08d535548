package ai.mavster.credits.failure;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.failure.Operation.Kind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the checks of the failure suite find wrong, on accounts that are made up. */
class CheckerTest {

    private static final String LATER = "2099-01-01T00:00:00Z";

    private final List<String> faults = new ArrayList<>();
    private final List<JsonNode> postings = new ArrayList<>();
    private final List<JsonNode> entries = new ArrayList<>();
    private final List<JsonNode> events = new ArrayList<>();

    private static JsonNode json(String text) {
        try {
            return Amounts.JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** A posting of one entry for each grant that is named with what it moves and the balance after. */
    private void posting(String id, String kind, String key, Object... moved) {
        long credits = 0;
        for (int i = 0; i < moved.length; i += 3) {
            credits += (int) moved[i + 1];
            entries.add(json(
                    "{'seq': %d, 'kind': '%s', 'posting_id': '%s', 'grant_id': '%s', 'credits': %s, 'balance_after': %s}"
                            .formatted(entries.size() + 1, kind, id, moved[i], moved[i + 1], moved[i + 2])));
        }
        postings.add(json(
                ("{'id': '%s', 'kind': '%s', 'idempotency_key': %s, 'credits': %d, 'balance_after': %s, 'reverses': 'd1',"
                                + " 'project_id': 'p0', 'run_id': null, 'occurred_at': '2026-01-01T00:00:00Z'}")
                        .formatted(
                                id, kind, key == null ? "null" : "'" + key + "'", credits, moved[moved.length - 1])));
    }

    private ReadAccount account(int balance) {
        return new ReadAccount(
                "a", postings, entries, List.of(), events, json("{'balance': %d, 'held': 0}".formatted(balance)));
    }

    private List<String> replay(int balance) {
        new Replay(account(balance), Map.of("soon", Instant.parse(LATER)), faults::add).run();
        return faults;
    }

    private void someGrants() {
        posting("t1", "top_up", "k1", "paid", 10, 10);
        posting("p1", "promotional", "k2", "soon", 5, 15);
    }

    @Test
    void whatAddsUpIsRight() {
        someGrants();
        posting("d1", "debit", "k3", "soon", -5, 10, "paid", -2, 8);
        posting("r1", "reversal", "k4", "paid", 2, 10, "soon", 1, 11);
        assertThat(replay(11)).isEmpty();
    }

    @Test
    void burningInAnotherOrderIsFound() {
        someGrants();
        posting("d1", "debit", "k3", "paid", -7, 8);
        assertThat(replay(8)).singleElement().asString().contains("should have moved");
    }

    @Test
    void givingBackElsewhereIsFound() {
        someGrants();
        posting("d1", "debit", "k3", "soon", -5, 10, "paid", -2, 8);
        posting("r1", "reversal", "k4", "soon", 2, 10);
        assertThat(replay(10)).singleElement().asString().contains("should have moved");
    }

    @Test
    void aGapIsFound() {
        someGrants();
        entries.remove(0);
        assertThat(replay(15)).isNotEmpty();
    }

    @Test
    void anotherBalanceIsFound() {
        someGrants();
        assertThat(replay(16)).singleElement().asString().contains("the balance is");
    }

    private static Operation operation(Kind kind, String key, AnswerKind... answers) {
        Operation operation = Operation.post(kind, "a", "/top-ups", key, "{\"credits\": 10}");
        for (AnswerKind answer : answers) {
            operation.told(new Answer(
                    answer, 0, 1, 2, 201, false, json("{'id': 't1', 'credits': 10, 'balance': 10, 'held': 0}"), ""));
        }
        return operation;
    }

    private List<String> keys(Operation... operations) {
        new Keys(account(10), faults::add).check(List.of(operations));
        return faults;
    }

    @Test
    void whatWasAcknowledgedIsThere() {
        posting("t1", "top_up", "k1", "paid", 10, 10);
        assertThat(keys(operation(Kind.TOP_UP, "k1", AnswerKind.AMBIGUOUS, AnswerKind.DONE)))
                .isEmpty();
    }

    @Test
    void whatWasAcknowledgedAndIsLostIsFound() {
        assertThat(keys(operation(Kind.TOP_UP, "k1", AnswerKind.DONE)))
                .singleElement()
                .asString()
                .startsWith("acknowledged and lost");
    }

    @Test
    void whatIsThereTwiceIsFound() {
        posting("t1", "top_up", "k1", "paid", 10, 10);
        posting("t2", "top_up", "k1", "paid again", 10, 20);
        assertThat(keys(operation(Kind.TOP_UP, "k1", AnswerKind.DONE)))
                .anyMatch(fault -> fault.contains("two postings"));
    }

    @Test
    void whatWasRefusedAndIsThereIsFound() {
        posting("t1", "top_up", "k1", "paid", 10, 10);
        assertThat(keys(operation(Kind.TOP_UP, "k1", AnswerKind.REFUSED)))
                .singleElement()
                .asString()
                .startsWith("refused, and posted");
    }

    @Test
    void whatNobodyAskedForIsFound() {
        posting("t1", "top_up", "k1", "paid", 10, 10);
        assertThat(keys()).singleElement().asString().contains("nobody asked");
    }

    @Test
    void whatNobodyKnowsTheOutcomeOfIsFound() {
        assertThat(keys(operation(Kind.TOP_UP, "k1", AnswerKind.AMBIGUOUS, AnswerKind.REFUSED)))
                .singleElement()
                .asString()
                .startsWith("nobody knows");
    }

    @Test
    void anEventThatWasLostIsFound() {
        posting("t1", "top_up", "k1", "paid", 10, 10);
        posting("t2", "top_up", "k2", "more", 10, 20);
        events.add(json("{'type': 'top_up.posted', 'data': {'sequence': 1, 'grant_id': 'paid'}}"));
        new EventsCheck(account(20), faults::add).check();
        assertThat(faults).singleElement().asString().contains("2 grants were posted and 1 announced");
    }

    @Test
    void anEventThatIsSkippedIsFound() {
        events.add(json("{'type': 'grant.skipped', 'data': {'sequence': 2}}"));
        new EventsCheck(account(0), faults::add).check();
        assertThat(faults).singleElement().asString().contains("is missing");
    }

    /** Done between two instants of the steady clock. */
    private static Operation done(Kind kind, String path, String key, String body, long began, long ended, int held) {
        Operation operation = Operation.post(kind, "a", path, key, body.replace('\'', '"'));
        JsonNode told = json("{'held': %d, 'used': 0}".formatted(held));
        operation.told(new Answer(AnswerKind.DONE, 0, began, ended, 201, false, told, ""));
        return operation;
    }

    private static Operation limit(int credits, long began, long ended) {
        return done(Kind.BUDGET, "", null, "{'usage_limit': " + credits + "}", began, ended, 0);
    }

    /** Fifteen of a project are used while they are asked for from 10 to 20. */
    private List<String> limits(List<Operation> limits, Operation... others) {
        posting("t1", "top_up", "k1", "paid", 100, 100);
        posting("d1", "debit", "k2", "paid", -15, 85);
        Budgets budgets = new Budgets(null, null, List.of(new UsedAccount("a")));
        limits.forEach(put -> budgets.knows("a", "p0", put));
        List<Operation> operations = new ArrayList<>(List.of(others));
        operations.add(done(Kind.DEBIT, "/debits", "k2", "{'credits': 15}", 10, 20, 0));
        new Limits(account(85), budgets, operations, faults::add).check();
        return faults;
    }

    @Test
    void aBudgetThatHoldsIsRight() {
        assertThat(limits(List.of(limit(15, 1, 2)))).isEmpty();
    }

    @Test
    void aBudgetThatWasPassedIsFound() {
        assertThat(limits(List.of(limit(20, 1, 2), limit(14, 3, 4))))
                .singleElement()
                .asString()
                .contains("15 of 14 are used");
    }

    @Test
    void aLimitThatMayHaveBeenInForceMeanwhileCounts() {
        assertThat(limits(List.of(limit(14, 1, 2), limit(20, 19, 30)))).isEmpty();
    }

    @Test
    void aLimitThatMayNotYetHaveBeenInForceIsNoFault() {
        assertThat(limits(List.of(limit(20, 1, 2), limit(14, 19, 30)))).isEmpty();
    }

    private static Operation hold(long began, long ended) {
        return done(
                Kind.RUN,
                "/runs",
                "k3",
                "{'run_id': 'run-1', 'project_id': 'p0', 'hold': 10, 'hold_expires_in': 'PT2H'}",
                began,
                ended,
                10);
    }

    @Test
    void aHoldThatIsForgottenIsFound() {
        assertThat(limits(List.of(), hold(1, 2))).singleElement().asString().contains("held at least 10, and said 0");
    }

    @Test
    void aHoldCountsForBudgets() {
        assertThat(limits(List.of(limit(24, 1, 2)), hold(3, 4)))
                .hasSize(2)
                .anyMatch(fault -> fault.contains("25 of 24"));
    }

    @Test
    void aHoldThatMayHaveEndedIsNoFault() {
        Operation finish = done(Kind.FINISH, "/runs/run-1/finish", null, "{}", 15, 30, 0);
        assertThat(limits(List.of(), hold(1, 2), finish)).isEmpty();
    }

    @Test
    void aHoldThatMayNotYetHaveBegunIsNoFault() {
        assertThat(limits(List.of(), hold(9, 12))).isEmpty();
    }
}
