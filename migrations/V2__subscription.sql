CREATE TABLE plan (
    plan_id          text          NOT NULL PRIMARY KEY CHECK (plan_id ~ '^[A-Za-z0-9._:/@-]{1,128}$' AND plan_id NOT IN ('.', '..')),
    name             text          NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    monthly_credits  bigint        NOT NULL CHECK (monthly_credits > 0),
    cap_ratio        numeric(10, 6) CHECK (cap_ratio >= 0),
    rollover         text          NOT NULL CHECK (rollover IN ('capped', 'none', 'unlimited')),
    trial_credits    bigint        CHECK (trial_credits >= 0),
    billing_interval text          NOT NULL DEFAULT 'month' CHECK (billing_interval IN ('month', 'year')),
    version          integer       NOT NULL DEFAULT 1 CHECK (version >= 1)
);
COMMENT ON TABLE plan IS 'What a subscription grants each month, and up to which balance (monthly_credits * cap_ratio; no ratio: no cap).';
COMMENT ON COLUMN plan.trial_credits IS 'What a trial grants, once for an account; null: a trial is granted as any month is.';
COMMENT ON COLUMN plan.billing_interval IS 'How long a subscription is paid for; credits are granted monthly either way.';
COMMENT ON COLUMN plan.version IS 'Which of its plan_versions the plan is now. What was granted by it names the one it was then.';

INSERT INTO plan (plan_id, name, monthly_credits, cap_ratio, rollover) VALUES
    ('basic', 'Basic',  3000000000, 1.5, 'capped'),
    ('pro',   'Pro',   20000000000, 1.5, 'capped'),
    ('ultra', 'Ultra', 60000000000, 1.5, 'capped');

CREATE TABLE plan_version (
    plan_id          text          NOT NULL REFERENCES plan,
    version          integer       NOT NULL CHECK (version >= 1),
    valid_from       timestamptz   NOT NULL,
    author_type      text          NOT NULL CHECK (author_type IN ('api_key', 'page_session', 'job', 'provider_event')),
    author_id        text          NOT NULL,
    author_name      text          NOT NULL,
    reason           text          CHECK (length(reason) BETWEEN 1 AND 500),
    name             text          NOT NULL,
    monthly_credits  bigint        NOT NULL,
    cap_ratio        numeric(10, 6),
    rollover         text          NOT NULL,
    trial_credits    bigint,
    billing_interval text          NOT NULL,
    PRIMARY KEY (plan_id, version)
);
COMMENT ON TABLE plan_version IS 'Append-only: what each plan was from when on, who made it so, and why.';
COMMENT ON COLUMN plan_version.valid_from IS 'Until the next version. What was decided by a version names it, so that clocks that differ a little do not matter.';
COMMENT ON COLUMN plan_version.author_name IS 'As it was then.';

INSERT INTO plan_version (plan_id, version, valid_from, author_type, author_id, author_name, name, monthly_credits, cap_ratio, rollover, billing_interval)
SELECT plan_id, version, '1970-01-01T00:00:00Z', 'job', 'shipped', 'Shipped with the service', name, monthly_credits, cap_ratio, rollover, billing_interval
FROM plan;

CREATE TABLE subscription (
    account_id           text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account,
    plan_id              text             NOT NULL REFERENCES plan,
    monthly_credits      bigint           CHECK (monthly_credits > 0),
    next_plan_id         text             REFERENCES plan,
    next_monthly_credits bigint           CHECK (next_monthly_credits > 0),
    status               text             NOT NULL CHECK (status IN ('active', 'trialing', 'past_due', 'paused', 'canceled')),
    status_since         timestamptz      NOT NULL,
    anchor               timestamptz      NOT NULL,
    time_zone            text             NOT NULL,
    period_index         integer          NOT NULL CHECK (period_index >= 0),
    period_start         timestamptz      NOT NULL,
    period_end           timestamptz      NOT NULL,
    billed_from          integer          NOT NULL CHECK (billed_from >= 0),
    cancel_at_period_end boolean          NOT NULL,
    granted_until        timestamptz,
    granted_allotment    bigint           NOT NULL CHECK (granted_allotment >= 0),
    granted_for_trial    boolean          NOT NULL,
    on_test_clock        boolean          NOT NULL,
    created_at           timestamptz      NOT NULL,
    updated_at           timestamptz      NOT NULL,
    provider_subscription text            CHECK (length(provider_subscription) BETWEEN 1 AND 255),
    provider_created_at  timestamptz,
    fetched_at           timestamptz,
    paid_from            timestamptz,
    paid_until           timestamptz,
    checksum             bigint,
    CHECK (period_start < period_end),
    CONSTRAINT driven_by_a_provider CHECK (num_nulls(provider_subscription, provider_created_at, fetched_at) IN (0, 3)),
    CONSTRAINT paid_at_a_provider CHECK (num_nulls(paid_from, paid_until) IN (0, 2) AND (paid_from IS NULL OR fetched_at IS NOT NULL)),
    CONSTRAINT paid_in_order CHECK (paid_from <= paid_until),
    CONSTRAINT own_credits_of_the_next_plan CHECK (next_plan_id IS NOT NULL OR next_monthly_credits IS NULL)
);
COMMENT ON TABLE subscription IS 'The one subscription of an account. Changed only under the account''s lock.';
COMMENT ON COLUMN subscription.monthly_credits IS 'An allotment of its own; null: the plan''s.';
COMMENT ON COLUMN subscription.next_plan_id IS 'The plan from the end of the billing period on, with next_monthly_credits; null: no change is coming.';
COMMENT ON COLUMN subscription.billed_from IS 'The index of the period that the billing interval is counted from.';
COMMENT ON COLUMN subscription.granted_until IS 'The end of the last period that had its monthly grant decided: a period that starts before it grants nothing more.';
COMMENT ON COLUMN subscription.granted_allotment IS 'The largest allotment that the time up to granted_until has been granted for: a change of plan can add no more than what another exceeds it by.';
COMMENT ON COLUMN subscription.granted_for_trial IS 'That time was granted as a trial: once it is paid for, the rest of the month is granted.';
COMMENT ON COLUMN subscription.provider_subscription IS 'The one at a payment provider that drives this one; null: none does. provider_created_at is by the provider''s clock.';
COMMENT ON COLUMN subscription.fetched_at IS 'When the provider was asked for the state that was applied last: what was fetched earlier does not undo it.';
COMMENT ON COLUMN subscription.paid_until IS 'What is paid for, from paid_from on, where months are granted as they are paid: the renewal job leaves alone what is not. Null: they are granted by the calendar.';
COMMENT ON COLUMN subscription.on_test_clock IS 'Its account has a clock of its own, and renews as that is advanced: the renewal job leaves it alone unless it is asked for months ahead.';
CREATE INDEX subscription_created ON subscription (created_at, account_id);
CREATE INDEX subscription_by_status ON subscription (status, created_at, account_id);
CREATE INDEX subscription_due ON subscription (on_test_clock, period_end, account_id) WHERE status IN ('active', 'trialing') OR cancel_at_period_end;

CREATE TABLE renewal (
    account_id     text COLLATE "C" NOT NULL REFERENCES account,
    period_start   timestamptz      NOT NULL,
    period_end     timestamptz      NOT NULL,
    period_index   integer          NOT NULL CHECK (period_index >= 0),
    plan_id        text             NOT NULL,
    plan_version   integer          NOT NULL CHECK (plan_version >= 1),
    outcome        text             NOT NULL CHECK (outcome IN ('full', 'partial', 'skipped')),
    granted        bigint           NOT NULL CHECK (granted >= 0),
    withheld       bigint           NOT NULL CHECK (withheld >= 0),
    balance_before bigint           NOT NULL CHECK (balance_before >= 0),
    cap            bigint           CHECK (cap >= 0),
    reason         text             NOT NULL,
    grant_id       uuid,
    decided_at     timestamptz      NOT NULL,
    checksum       bigint,
    PRIMARY KEY (account_id, period_start),
    FOREIGN KEY (account_id, grant_id) REFERENCES credit_grant,
    CONSTRAINT grant_if_granted CHECK ((grant_id IS NOT NULL) = (granted > 0)),
    CONSTRAINT outcome_by_figures CHECK (outcome = CASE WHEN granted = 0 THEN 'skipped' WHEN withheld = 0 THEN 'full' ELSE 'partial' END)
);
COMMENT ON TABLE renewal IS 'One decision per account and period: what the monthly grant was, and why not more.';

CREATE TABLE renewal_failure (
    account_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account,
    period_end timestamptz      NOT NULL,
    failed_at  timestamptz      NOT NULL
);
COMMENT ON TABLE renewal_failure IS 'Subscriptions that could not be renewed, while they are in the period that ends then: the job tries others first.';
COMMENT ON COLUMN renewal_failure.failed_at IS 'The last time.';
CREATE INDEX renewal_failure_oldest ON renewal_failure (failed_at, account_id);

CREATE TABLE subscription_change (
    account_id           text COLLATE "C" NOT NULL REFERENCES account,
    change_id            uuid             NOT NULL,
    kind                 text             NOT NULL CHECK (kind IN ('subscribed', 'changed', 'plan_entered', 'ended', 'closed', 'imported')),
    changed_at           timestamptz      NOT NULL,
    author_type          text             NOT NULL CHECK (author_type IN ('api_key', 'page_session', 'job', 'provider_event')),
    author_id            text             NOT NULL,
    author_name          text             NOT NULL,
    reason               text             CHECK (length(reason) BETWEEN 1 AND 500),
    previous_plan_id     text,
    previous_status      text,
    plan_id              text             NOT NULL,
    plan_version         integer          NOT NULL CHECK (plan_version >= 1),
    monthly_credits      bigint,
    next_plan_id         text,
    status               text             NOT NULL,
    cancel_at_period_end boolean          NOT NULL,
    anchor               timestamptz      NOT NULL,
    time_zone            text             NOT NULL,
    granted              bigint           NOT NULL CHECK (granted >= 0),
    withheld             bigint           NOT NULL CHECK (withheld >= 0),
    grant_id             uuid,
    checksum             bigint,
    PRIMARY KEY (account_id, change_id),
    FOREIGN KEY (account_id, grant_id) REFERENCES credit_grant,
    CONSTRAINT change_grants_by_a_grant CHECK ((grant_id IS NOT NULL) = (granted > 0))
);
COMMENT ON TABLE subscription_change IS 'Append-only: what became of a subscription, when, by whom and why. Ids sort by time.';
COMMENT ON COLUMN subscription_change.author_name IS 'As it was then. What becomes of a subscription as its time comes is by the job of that name.';
COMMENT ON COLUMN subscription_change.granted IS 'What the change granted at once beside the month: the difference to a larger plan, or the rest of the month after a trial.';
