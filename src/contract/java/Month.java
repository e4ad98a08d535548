import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.AccountsApi;
import org.openapitools.client.api.LedgerApi;
import org.openapitools.client.api.RunsApi;
import org.openapitools.client.api.SubscriptionsApi;
import org.openapitools.client.api.TestClocksApi;
import org.openapitools.client.model.*;

/**
 * A whole month with a run, by the generated client alone: {@code month.py} is the same in Python. Ends with an
 * exception where an answer is not what it has to be.
 */
class Month {

    static final String ACCOUNT = "month-in-java";

    public static void main(String[] args) throws ApiException {
        ApiClient client = new ApiClient().setBasePath(System.getenv("CREDITS_URL"));
        client.setBearerToken(System.getenv("CREDITS_KEY"));
        AccountsApi accounts = new AccountsApi(client);
        SubscriptionsApi subscriptions = new SubscriptionsApi(client);
        LedgerApi ledger = new LedgerApi(client);
        RunsApi runs = new RunsApi(client);

        // Activate
        OffsetDateTime start = OffsetDateTime.parse("2026-01-31T09:00:00Z");
        accounts.putAccount(
                ACCOUNT, new AccountRequest().timeZone("Europe/Berlin").testClock(start));
        SubscriptionRequest basic =
                new SubscriptionRequest().plan("basic").status(SubscriptionRequest.StatusEnum.ACTIVE);
        OffsetDateTime renewal = subscriptions
                .putSubscription(ACCOUNT, basic, null)
                .getCurrentPeriod()
                .getEnd();
        same(OffsetDateTime.parse("2026-02-28T09:00:00Z"), renewal);
        Balance balance = accounts.getBalance(ACCOUNT, null, null, null, null, null);
        same("3000", balance.getSpendable());
        same(NextGrant.OutcomeEnum.PARTIAL, balance.getNextGrant().getOutcome());

        // Ask, and estimate
        PreflightAnswer verdict =
                runs.preflight(new PreflightRequest().accountId(ACCOUNT).credits(credits("40")));
        same("allowed", verdict.getOutcome().getValue());
        EstimateRequestItem taps =
                new EstimateRequestItem().action("tap:scratch").quantity(credits("10"));
        Estimate estimate =
                runs.estimate(new EstimateRequest().accountId(ACCOUNT).items(List.of(taps)));
        same("10", estimate.getExpected());

        // Run, with a hold
        RunRequest runRequest = new RunRequest()
                .runId("run-1")
                .estimate(new RunEstimate(List.of(taps)))
                .hold(new RequestedHold(credits("60")))
                .holdExpiresIn("PT30M");
        same("60", runs.startRun(ACCOUNT, "start", runRequest).getHold().getRemaining());
        same("2940", accounts.getBalance(ACCOUNT, null, null, null, null, null).getAvailable());
        DebitRequest step = new DebitRequest().credits(credits("45.125")).action("tap:scratch");
        Debit first = runs.debitRun(ACCOUNT, "run-1", "step-1", step);
        var again = runs.debitRunWithHttpInfo(ACCOUNT, "run-1", "step-1", step);
        same(first.getId(), again.getData().getId());
        same(List.of("true"), again.getHeaders().get("idempotency-replayed"));

        // Run dry, top up, go on
        DebitRequest large = new DebitRequest().credits(credits("5000"));
        Problem problem = refused(() -> runs.debitRun(ACCOUNT, "run-1", "step-2", large));
        same("insufficient_credits", problem.getCode().getValue());
        same("2045.125", problem.getShortfall());
        same("Top up credits", problem.getAction().getLabel());
        ledger.topUp(
                ACCOUNT, "order-1", new TopUpRequest().credits(credits("6000")).reference("INV-1"));
        same("3954.875", runs.debitRun(ACCOUNT, "run-1", "step-2", large).getBalance());

        Run run = runs.finishRun(ACCOUNT, "run-1", new FinishRequest().status(RunEndStatus.SUCCESS));
        same("5045.125", run.getSpent());
        same("0", run.getHold().getRemaining());

        // The next month
        TestClockAdvance month =
                new TestClocksApi(client).advanceTestClock(ACCOUNT, new TestClockRequest().to(renewal));
        same("545.125", month.getCreditsGranted());

        // The statement, and the proof
        EntryPage statement = ledger.listEntries(ACCOUNT, null, null, null, null, null, null, null, null, null, null);
        BigDecimal sum = statement.getData().stream().map(Entry::getCredits).reduce(BigDecimal.ZERO, BigDecimal::add);
        same("4500", sum);
        Proof proof = ledger.prove(ACCOUNT);
        same(true, proof.getBalanced());
        same("4500", proof.getBalance());
    }

    static BigDecimal credits(String amount) {
        return new BigDecimal(amount);
    }

    interface Call {
        void make() throws ApiException;
    }

    static Problem refused(Call call) throws ApiException {
        try {
            call.make();
        } catch (ApiException e) {
            same(402, e.getCode());
            return org.openapitools.client.JSON.getGson().fromJson(e.getResponseBody(), Problem.class);
        }
        throw new AssertionError("this should have been a 402");
    }

    static void same(String expected, BigDecimal actual) {
        same(0, credits(expected).compareTo(actual));
    }

    static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + ", but it is " + actual);
        }
    }
}
