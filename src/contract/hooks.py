"""What Schemathesis finds on its way, and what it must not hold against the service.

Each exclusion is something that no schema can say. Whatever else is found is a fault, of the service or of the contract.
"""

import atexit
import os
import re
from collections import Counter
from itertools import count

import requests
import schemathesis
from hypothesis.configuration import set_hypothesis_home_dir
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

URL = os.environ["CREDITS_URL"] + "/v1"
KEY = {"Authorization": "Bearer " + os.environ["CREDITS_KEY"]}

numbers = count()

# Not into the project's root
set_hypothesis_home_dir("target/contract/hypothesis")


def ask(method, path, body):
    headers = KEY | {"Idempotency-Key": f"before-{next(numbers)}"}
    answer = requests.request(method, URL + path, json=body, headers=headers, timeout=30)
    answer.raise_for_status()
    return answer.json()


@schemathesis.hook
def after_load_schema(context, schema):
    """What the contract's examples are about is there; run-2 goes on, and acct_8 has a clock of its own."""
    ask("PUT", "/accounts/acct_7", {"name": "Example Inc."})
    ask("PUT", "/accounts/acct_7/subscription", {"plan": "basic", "status": "active"})
    ask("POST", "/accounts/acct_7/top-ups", {"credits": 1_000_000})
    ask("PUT", "/accounts/acct_8", {"test_clock": "2026-11-21T18:39:00Z"})
    for run in "run-0", "run-1", "run-2":
        ask("POST", "/accounts/acct_7/runs", {"run_id": run, "hold": 100})
    debit = ask("POST", "/accounts/acct_7/debits", {"credits": 100_000, "action": "visual-assert"})
    schema.debit_id = debit["id"]


@schemathesis.hook
def before_call(context, case, kwargs):
    """An example that is right can be so only once, for a key, or where it is from, for a cursor or an id of ours.

    Whoever asks to wait for up to a minute waits for a second: more would only take time.
    """
    headers, query, path = case.headers or {}, case.query or {}, case.path_parameters or {}
    if headers.get("Idempotency-Key") == "run-1-step-3":
        headers["Idempotency-Key"] = f"case-{next(numbers)}"
    if re.fullmatch("PT([1-5]?[0-9]|60)S", str(query.get("wait"))) and query["wait"] != "PT0S":
        query["wait"] = "PT1S"
    if query.get("cursor") == "bjQy":
        del query["cursor"]
    if path.get("debit_id", "").startswith("debit_0198f2f0"):
        path["debit_id"] = case.operation.schema.debit_id
    if path.get("posting_id", "").startswith("debit_0198f2f0"):
        path["posting_id"] = case.operation.schema.debit_id


def refused(code, detail=""):
    """A request of the right form, refused with this code, in words that have this in them."""

    def holds(failure, case, problem):
        fits = problem.get("code") == code and detail in problem.get("detail", "")
        return isinstance(failure, RejectedPositiveData) and fits

    return holds


def invalid(detail):
    return refused("invalid_request", detail)


def one_of_many(failure, case, answer):
    return isinstance(failure, AcceptedNegativeData) and any(
        "invalid_request" in str(result.get("problem")) for result in answer.get("results", [])
    )


EXCLUSIONS = {
    "an account's budget by another id": invalid("must be the account's id where the scope is account"),
    "a deadline of no queue": invalid("queue_expires_in needs when_refused"),
    "no address that webhooks are sent to": invalid("url must"),
    "a range that ends where it starts": invalid("to must be later than from"),
    "no plan, and no subscription yet": invalid("must name a plan: the account has no subscription yet"),
    # What is there, and what was there before
    "the credits are not there": refused("insufficient_credits"),
    "the credits may not be spent": refused("subscription_required"),
    "the key was used before": refused("idempotency_key_reused"),
    "more is given back than was taken": refused("reversal_exceeds_debit"),
    "more is voided than is left": refused("void_exceeds_grant"),
    "another version of the subscription": refused("precondition_failed"),
    "the cursor is another list's": invalid("cursor is not a cursor of this list"),
    "a clock is for new accounts": invalid("test_clock can be given to a new account only"),
    "a clock stays with its account": invalid("test_clock stands at"),
    "the clock stands later already": refused("test_clock_ahead"),
    "no hold to prolong": refused("run_has_no_hold"),
    "no estimate to hold by": invalid("hold must be a number: there is no estimate"),
    "no history to estimate by": invalid("items must be given"),
    "the rate card has no price": refused("action_not_priced"),
    "the rate card has no price, among items": invalid("is not priced by the rate card"),
    "the rate card has a range of prices": refused("amount_required"),
    "no such currency": invalid("currency must be the ISO 4217 code"),
    "an anchor long ago": invalid("anchor must not lie before"),
    "no such time zone": invalid("time_zone must be a time zone's IANA name"),
    # When it is
    "it expires in the past": invalid("in the future"),
    "a price of the past": invalid("effective_from must not be in the past"),
    "a price before there was one": invalid("at must not be before the first price"),
    "outside of what a clock may show": invalid("to must lie between"),
    "months ahead of their time": invalid("as_of must not lie in the future"),
    "too far ahead": invalid("as_of must be at most 400 days ahead"),
    # One field beside another
    "an end before its start": invalid("from must be before to"),
    "more buckets than an answer may have": invalid("before to with bucket"),
    "a status that never falls due": invalid("where due is true"),
    "a past price, and all of them": invalid("at must not be sent together with history"),
    "a price from more to less": invalid("must be at least min"),
    "a price twice in one list": invalid("must be another version than those before it"),
    "credits, and what they are counted from": invalid("items must not be sent together with credits"),
    "neither credits nor an action": invalid("credits is required, unless"),
    "a key of one account, for all of them": invalid("for a key bound to an account"),
    "less than nothing, and no adjustment": invalid("must be greater than 0, but for an adjustment"),
    "an end, or what was paid, of credits that are taken": invalid("is not for credits that are taken"),
    "a test of no account": invalid("account_id must be given with"),
    "more decimals than the currency has": invalid("value must have at most"),
    "another run than the path's": invalid("run_id must be the run of the path"),
    "another plan than the path's": invalid("id must be the one in the path"),
    # A header has no pattern here: it is a list
    "no ETags": invalid("If-Match must be"),
    # 3.0 is whole to a schema
    "a whole number with decimals": invalid("must be a whole number"),
    # Many requests in one, each with an answer of its own
    "one of many": one_of_many,
}

# Not a problem of the service's: it is refused before it is read.
TOO_LONG = "an address longer than is read"

excluded = Counter()


@schemathesis.hook
def filter_failure(context, failure, case, response):
    if response.status_code == 414:
        excluded[TOO_LONG] += 1
        return False
    try:
        answer = response.json()
    except ValueError:
        return True
    for name, holds in EXCLUSIONS.items():
        if isinstance(answer, dict) and holds(failure, case, answer):
            excluded[name] += 1
            return False
    return True


@atexit.register
def say_what_was_excluded():
    for name in [*EXCLUSIONS, TOO_LONG]:
        print(f"Excluded {excluded[name]} times: {name}")
