CREATE TABLE plan (
    plan_id         text          NOT NULL PRIMARY KEY CHECK (plan_id ~ '^[A-Za-z0-9._:/@-]{1,128}$'),
    name            text          NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    monthly_credits bigint        NOT NULL CHECK (monthly_credits > 0),
    cap_ratio       numeric(9, 6) CHECK (cap_ratio >= 0),
    rollover        text          NOT NULL CHECK (rollover IN ('capped', 'none', 'unlimited'))
);
COMMENT ON TABLE plan IS 'What a subscription grants each month, and up to which balance (monthly_credits * cap_ratio; no ratio: no cap).';

INSERT INTO plan (plan_id, name, monthly_credits, cap_ratio, rollover) VALUES
    ('basic', 'Basic',  3000000000, 1.5, 'capped'),
    ('pro',   'Pro',   20000000000, 1.5, 'capped'),
    ('ultra', 'Ultra', 60000000000, 1.5, 'capped');

CREATE TABLE subscription (
    account_id           text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account,
    plan_id              text             NOT NULL REFERENCES plan,
    status               text             NOT NULL CHECK (status IN ('active', 'trialing', 'past_due', 'paused', 'canceled')),
    anchor               timestamptz      NOT NULL,
    time_zone            text             NOT NULL,
    period_index         integer          NOT NULL CHECK (period_index >= 0),
    period_start         timestamptz      NOT NULL,
    period_end           timestamptz      NOT NULL,
    cancel_at_period_end boolean          NOT NULL,
    granted_until        timestamptz,
    created_at           timestamptz      NOT NULL,
    updated_at           timestamptz      NOT NULL,
    CHECK (period_start < period_end)
);
COMMENT ON TABLE subscription IS 'The one subscription of an account. Changed only under the account''s lock.';
COMMENT ON COLUMN subscription.granted_until IS 'The end of the last period that had its monthly grant decided: a period that starts before it grants nothing more.';
CREATE INDEX subscription_due ON subscription (period_end) WHERE status IN ('active', 'trialing');

CREATE TABLE renewal (
    account_id     text COLLATE "C" NOT NULL REFERENCES account,
    period_start   timestamptz      NOT NULL,
    period_end     timestamptz      NOT NULL,
    period_index   integer          NOT NULL CHECK (period_index >= 0),
    plan_id        text             NOT NULL,
    outcome        text             NOT NULL CHECK (outcome IN ('full', 'partial', 'skipped')),
    granted        bigint           NOT NULL CHECK (granted >= 0),
    withheld       bigint           NOT NULL CHECK (withheld >= 0),
    balance_before bigint           NOT NULL CHECK (balance_before >= 0),
    cap            bigint           CHECK (cap >= 0),
    reason         text             NOT NULL,
    grant_id       uuid,
    decided_at     timestamptz      NOT NULL,
    PRIMARY KEY (account_id, period_start),
    FOREIGN KEY (account_id, grant_id) REFERENCES credit_grant,
    CONSTRAINT grant_if_granted CHECK ((grant_id IS NOT NULL) = (granted > 0)),
    CONSTRAINT outcome_by_figures CHECK (outcome = CASE WHEN granted = 0 THEN 'skipped' WHEN withheld = 0 THEN 'full' ELSE 'partial' END)
);
COMMENT ON TABLE renewal IS 'One decision per account and period: what the monthly grant was, and why not more.';
