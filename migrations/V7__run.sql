CREATE TABLE run (
    account_id      text COLLATE "C" NOT NULL REFERENCES account,
    run_id          text COLLATE "C" NOT NULL CHECK (run_id ~ '^[A-Za-z0-9._:/@-]{1,128}$'),
    status          text             NOT NULL CHECK (status IN ('running', 'success', 'failed', 'canceled', 'hard_failure')),
    reason          text,
    workspace_id    text COLLATE "C",
    project_id      text COLLATE "C",
    test_id         text COLLATE "C",
    parent_run_id   text COLLATE "C",
    estimated       bigint           CHECK (estimated >= 0),
    spent           bigint           NOT NULL CHECK (spent >= 0),
    nested_spent    bigint           NOT NULL CHECK (nested_spent >= 0),
    hold_id         uuid,
    hold_amount     bigint           NOT NULL CHECK (hold_amount >= 0),
    captured        bigint           NOT NULL CHECK (captured >= 0),
    released        bigint           NOT NULL CHECK (released >= 0),
    hold_seconds    bigint           CHECK (hold_seconds > 0),
    hold_expires_at timestamptz,
    hold_open       boolean          NOT NULL GENERATED ALWAYS AS (captured + released < hold_amount) STORED,
    started_at      timestamptz      NOT NULL,
    finished_at     timestamptz,
    PRIMARY KEY (account_id, run_id),
    FOREIGN KEY (account_id, parent_run_id) REFERENCES run,
    CONSTRAINT hold_not_overdrawn CHECK (captured + released <= hold_amount),
    CONSTRAINT hold_in_full CHECK ((hold_id IS NULL) = (hold_amount = 0) AND (hold_id IS NULL) = (hold_seconds IS NULL) AND (hold_id IS NULL) = (hold_expires_at IS NULL)),
    CONSTRAINT finished_unless_running CHECK ((finished_at IS NULL) = (status = 'running')),
    CONSTRAINT only_running_runs_hold CHECK (status = 'running' OR captured + released = hold_amount),
    CONSTRAINT blocked_for_a_reason_and_for_free CHECK (status <> 'hard_failure' OR (reason IS NOT NULL AND spent = 0 AND nested_spent = 0 AND hold_amount = 0))
) WITH (fillfactor = 70);
COMMENT ON TABLE run IS 'One run of a test, with the credits that are reserved for it. Changed only under the account''s lock; account_balance.held is the sum of what open holds have left.';
COMMENT ON COLUMN run.reason IS 'The code of the 402 that kept it from starting, or that stopped it in the middle.';
COMMENT ON COLUMN run.estimated IS 'What it was expected to cost when it started.';
COMMENT ON COLUMN run.spent IS 'What its own debits took, less what was given back.';
COMMENT ON COLUMN run.nested_spent IS 'The same of all runs below it.';
COMMENT ON COLUMN run.captured IS 'How much of the hold its debits have drawn; released is what was let go. Once the hold is closed they add up to hold_amount.';
COMMENT ON COLUMN run.hold_seconds IS 'How long the hold lasts from its last extension.';
-- By the run's id alone, as callers name it; two accounts may use the same.
CREATE INDEX run_by_id ON run (run_id);
CREATE INDEX run_started ON run (account_id, started_at, run_id);
-- On the generated column: it changes only when a hold is used up or let go, so ordinary debits stay HOT.
CREATE INDEX run_open_holds ON run (account_id, hold_expires_at) WHERE hold_open;
CREATE INDEX run_expiring_holds ON run (hold_expires_at) WHERE hold_open;
-- What a test has cost, for estimates and accuracy.
CREATE INDEX run_history ON run (account_id, test_id, finished_at) WHERE status IN ('success', 'failed');

CREATE TABLE run_request (
    account_id      text COLLATE "C" NOT NULL,
    idempotency_key text COLLATE "C" NOT NULL,
    fingerprint     bytea            NOT NULL CHECK (length(fingerprint) = 32),
    run_id          text COLLATE "C" NOT NULL,
    reason          text,
    spent           bigint           NOT NULL CHECK (spent >= 0),
    nested_spent    bigint           NOT NULL CHECK (nested_spent >= 0),
    hold_amount     bigint           NOT NULL CHECK (hold_amount >= 0),
    captured        bigint           NOT NULL CHECK (captured >= 0),
    released        bigint           NOT NULL CHECK (released >= 0),
    hold_expires_at timestamptz,
    PRIMARY KEY (account_id, idempotency_key),
    FOREIGN KEY (account_id, run_id) REFERENCES run
);
COMMENT ON TABLE run_request IS 'The run as it was told to whoever started it, or extended its hold, under an idempotency key: for whoever sends the key again.';

CREATE TABLE run_action (
    account_id text COLLATE "C" NOT NULL,
    run_id     text COLLATE "C" NOT NULL,
    action     text COLLATE "C" NOT NULL,
    estimated  bigint           CHECK (estimated >= 0),
    spent      bigint           NOT NULL CHECK (spent >= 0),
    debits     bigint           NOT NULL CHECK (debits >= 0),
    finished_at timestamptz,
    PRIMARY KEY (account_id, run_id, action),
    FOREIGN KEY (account_id, run_id) REFERENCES run
);
COMMENT ON TABLE run_action IS 'What a run was expected to cost by action, and what it had cost when it finished.';
CREATE INDEX run_action_history ON run_action (account_id, action, finished_at) WHERE finished_at IS NOT NULL;
