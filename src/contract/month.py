"""A whole month with a run, by the generated client alone: java/Month.java is the same in Java. Ends with an exception
where an answer is not what it has to be."""

import os
from datetime import datetime, timezone

import openapi_client as credits

ACCOUNT = "month-in-python"

configuration = credits.Configuration(host=os.environ["CREDITS_URL"], access_token=os.environ["CREDITS_KEY"])
client = credits.ApiClient(configuration)
accounts = credits.AccountsApi(client)
subscriptions = credits.SubscriptionsApi(client)
ledger = credits.LedgerApi(client)
runs = credits.RunsApi(client)


def same(expected, actual):
    assert expected == actual, f"expected {expected}, but it is {actual}"


# Activate
start = datetime(2026, 1, 31, 9, tzinfo=timezone.utc)
accounts.put_account(ACCOUNT, credits.AccountRequest(time_zone="Europe/Berlin", test_clock=start))
basic = credits.SubscriptionRequest(plan="basic", status=credits.SubscriptionStatus.ACTIVE)
renewal = subscriptions.put_subscription(ACCOUNT, basic).current_period.end
same(datetime(2026, 2, 28, 9, tzinfo=timezone.utc), renewal)
balance = accounts.get_balance(ACCOUNT)
same(3000, balance.spendable)
same("partial", balance.next_grant.outcome)

# Ask, and estimate
verdict = runs.preflight(credits.PreflightRequest(account_id=ACCOUNT, credits=40))
same("allowed", verdict.outcome)
taps = credits.EstimateRequestItem(action="tap:scratch", quantity=10)
estimate = runs.estimate(credits.EstimateRequest(account_id=ACCOUNT, items=[taps]))
same(10, estimate.expected)

# Run, with a hold
run_request = credits.RunRequest(
    run_id="run-1",
    estimate=credits.RunEstimate([taps]),
    hold=credits.RequestedHold(60),
    hold_expires_in="PT30M",
)
same(60, runs.start_run(ACCOUNT, "start", run_request).hold.remaining)
same(2940, accounts.get_balance(ACCOUNT).available)
step = credits.DebitRequest(credits=45.125, action="tap:scratch")
first = runs.debit_run(ACCOUNT, "run-1", "step-1", step)
again = runs.debit_run_with_http_info(ACCOUNT, "run-1", "step-1", step)
same(first.id, again.data.id)
same("true", again.headers["Idempotency-Replayed"])

# Run dry, top up, go on
large = credits.DebitRequest(credits=5000)
try:
    runs.debit_run(ACCOUNT, "run-1", "step-2", large)
    raise AssertionError("this should have been a 402")
except credits.ApiException as refusal:
    same(402, refusal.status)
    problem = refusal.data
same("insufficient_credits", problem.code)
same(2045.125, problem.shortfall)
same("Top up credits", problem.action.label)
ledger.top_up(ACCOUNT, "order-1", credits.TopUpRequest(credits=6000, reference="INV-1"))
same(3954.875, runs.debit_run(ACCOUNT, "run-1", "step-2", large).balance)

run = runs.finish_run(ACCOUNT, "run-1", credits.FinishRequest(status=credits.RunEndStatus.SUCCESS))
same(5045.125, run.spent)
same(0, run.hold.remaining)

# The next month
month = credits.TestClocksApi(client).advance_test_clock(ACCOUNT, credits.TestClockRequest(to=renewal))
same(545.125, month.credits_granted)

# The statement, and the proof
same(4500, sum(entry.credits for entry in ledger.list_entries(ACCOUNT).data))
proof = ledger.prove(ACCOUNT)
assert proof.balanced
same(4500, proof.balance)
