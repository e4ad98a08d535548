"""What Schemathesis finds on its way, and what it must not hold against the service.

Each exclusion is something that no schema can say. Everything else that it finds is a fault, of the service or of the
contract.
"""

import atexit
import os
from collections import Counter

import requests
import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

URL = os.environ["CREDITS_URL"] + "/v1"
KEY = {"Authorization": "Bearer " + os.environ["CREDITS_KEY"]}


@schemathesis.hook
def after_load_schema(context, schema):
    """The account, the run and so on that the contract's examples are about."""
    for number, (method, path, body) in enumerate(
        [
            ("PUT", "/accounts/acct_7", {"name": "Example Inc."}),
            ("PUT", "/accounts/acct_7/subscription", {"plan": "basic", "status": "active"}),
            ("POST", "/accounts/acct_7/top-ups", {"credits": 1_000_000}),
            ("POST", "/accounts/acct_7/runs", {"run_id": "run-1", "hold": 100}),
            ("POST", "/accounts/acct_7/runs/run-1/debits", {"credits": 12.5, "action": "visual-assert"}),
        ]
    ):
        answer = requests.request(
            method, URL + path, json=body, headers=KEY | {"Idempotency-Key": f"before-{number}"}, timeout=30
        )
        answer.raise_for_status()


def refused(code, *details):
    """A request of the right form that was refused as a problem: with this code, and in words that have all of these."""

    def holds(failure, case, problem):
        return (
            isinstance(failure, RejectedPositiveData)
            and problem.get("code") == code
            and all(detail in problem.get("detail", "") for detail in details)
        )

    return holds


EXCLUSIONS = {
    "the credits are not there, or may not be spent now": refused("insufficient_credits"),
}


def bulk(failure, case, problem):
    """POST /v1/debits and /v1/imports answer item by item."""
    return isinstance(failure, AcceptedNegativeData) and case.path in ("/v1/debits", "/v1/imports")


excluded = Counter()


@schemathesis.hook
def filter_failure(context, failure, case, response):
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    for name, holds in EXCLUSIONS.items():
        if holds(failure, case, problem):
            excluded[name] += 1
            return False
    return True


@atexit.register
def say_what_was_excluded():
    for name in EXCLUSIONS:
        print(f"Excluded {excluded[name]} times: {name}")
