ALTER TABLE plan
    ADD COLUMN trial_credits    bigint CHECK (trial_credits >= 0),
    ADD COLUMN billing_interval text   NOT NULL DEFAULT 'month' CHECK (billing_interval IN ('month', 'year'));
COMMENT ON COLUMN plan.trial_credits IS 'What a trial grants, once for an account; null: a trial is granted as any month is.';
COMMENT ON COLUMN plan.billing_interval IS 'How long a subscription is paid for; credits are granted monthly either way.';

ALTER TABLE subscription
    ADD COLUMN monthly_credits      bigint CHECK (monthly_credits > 0),
    ADD COLUMN next_plan_id         text REFERENCES plan,
    ADD COLUMN next_monthly_credits bigint CHECK (next_monthly_credits > 0),
    ADD COLUMN status_since         timestamptz,
    ADD COLUMN billed_from          integer NOT NULL DEFAULT 0 CHECK (billed_from >= 0),
    ADD COLUMN granted_allotment    bigint  NOT NULL DEFAULT 0 CHECK (granted_allotment >= 0),
    ADD COLUMN granted_for_trial    boolean NOT NULL DEFAULT false;
UPDATE subscription s SET status_since = s.updated_at,
    granted_allotment = CASE WHEN s.granted_until IS NULL THEN 0 ELSE p.monthly_credits END
FROM plan p WHERE p.plan_id = s.plan_id;
ALTER TABLE subscription
    ALTER COLUMN status_since SET NOT NULL,
    ALTER COLUMN billed_from DROP DEFAULT,
    ALTER COLUMN granted_allotment DROP DEFAULT,
    ALTER COLUMN granted_for_trial DROP DEFAULT,
    ADD CONSTRAINT own_credits_of_the_next_plan CHECK (next_plan_id IS NOT NULL OR next_monthly_credits IS NULL);
COMMENT ON COLUMN subscription.monthly_credits IS 'An allotment of its own; null: the plan''s.';
COMMENT ON COLUMN subscription.next_plan_id IS 'The plan from the end of the billing period on, with next_monthly_credits; null: no change is coming.';
COMMENT ON COLUMN subscription.billed_from IS 'The index of the period that the billing interval is counted from.';
COMMENT ON COLUMN subscription.granted_allotment IS 'The largest allotment that the time up to granted_until has been granted for: a change of plan can add no more than what another exceeds it by.';
COMMENT ON COLUMN subscription.granted_for_trial IS 'That time was granted as a trial: once it is paid for, the rest of the month is granted.';

CREATE TABLE subscription_change (
    account_id           text COLLATE "C" NOT NULL REFERENCES account,
    change_id            uuid             NOT NULL,
    kind                 text             NOT NULL CHECK (kind IN ('subscribed', 'changed', 'plan_entered', 'ended', 'imported')),
    changed_at           timestamptz      NOT NULL,
    changed_by           text             NOT NULL,
    reason               text             CHECK (length(reason) BETWEEN 1 AND 500),
    previous_plan_id     text,
    previous_status      text,
    plan_id              text             NOT NULL,
    monthly_credits      bigint,
    next_plan_id         text,
    status               text             NOT NULL,
    cancel_at_period_end boolean          NOT NULL,
    anchor               timestamptz      NOT NULL,
    time_zone            text             NOT NULL,
    granted              bigint           NOT NULL CHECK (granted >= 0),
    withheld             bigint           NOT NULL CHECK (withheld >= 0),
    grant_id             uuid,
    PRIMARY KEY (account_id, change_id),
    FOREIGN KEY (account_id, grant_id) REFERENCES credit_grant,
    CONSTRAINT change_grants_by_a_grant CHECK ((grant_id IS NOT NULL) = (granted > 0))
);
COMMENT ON TABLE subscription_change IS 'Append-only: what became of a subscription, when, by whom and why. Ids sort by time.';
COMMENT ON COLUMN subscription_change.granted IS 'What the change granted at once beside the month: the difference to a larger plan, or the rest of the month after a trial.';
