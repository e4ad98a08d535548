CREATE TABLE run (
    account_id    text COLLATE "C" NOT NULL REFERENCES account,
    run_id        text COLLATE "C" NOT NULL CHECK (run_id ~ '^[A-Za-z0-9._:/@-]{1,128}$' AND run_id NOT IN ('.', '..')),
    status        text             NOT NULL CHECK (status IN ('queued', 'running', 'success', 'failed', 'canceled', 'abandoned', 'hard_failure')),
    reason        text,
    workspace_id  text COLLATE "C",
    project_id    text COLLATE "C",
    test_id       text COLLATE "C",
    parent_run_id text COLLATE "C",
    estimated     bigint           CHECK (estimated >= 0),
    spent         bigint           NOT NULL CHECK (spent >= 0),
    nested_spent  bigint           NOT NULL CHECK (nested_spent >= 0),
    hold_id       uuid,
    started_at    timestamptz      NOT NULL,
    finished_at   timestamptz,
    seen_at       timestamptz      NOT NULL,
    refused       bigint           NOT NULL CHECK (refused >= 0),
    refusals      text,
    queue_number  bigint           CHECK (queue_number > 0),
    queued_at     timestamptz,
    queue_expires_at   timestamptz,
    hold_asked         bigint      CHECK (hold_asked > 0),
    hold_asked_seconds bigint      CHECK (hold_asked_seconds > 0),
    metadata      jsonb            CHECK (metadata <> '{}'),
    checksum      bigint,
    PRIMARY KEY (account_id, run_id),
    FOREIGN KEY (account_id, parent_run_id) REFERENCES run,
    FOREIGN KEY (account_id, hold_id) REFERENCES hold,
    CONSTRAINT finished_unless_running CHECK ((finished_at IS NULL) = (status IN ('queued', 'running'))),
    CONSTRAINT blocked_for_a_reason_and_for_free CHECK (status <> 'hard_failure' OR (reason IS NOT NULL AND spent = 0 AND nested_spent = 0 AND hold_id IS NULL)),
    CONSTRAINT queued_for_free CHECK (status <> 'queued' OR (queue_number IS NOT NULL AND spent = 0 AND nested_spent = 0 AND hold_id IS NULL)),
    CONSTRAINT whole_place_in_queue CHECK (num_nulls(queue_number, queued_at, queue_expires_at, hold_asked_seconds) IN (0, 4)
                                           AND (hold_asked IS NULL OR queue_number IS NOT NULL)),
    CONSTRAINT refusals_if_refused CHECK ((refusals IS NULL) = (refused = 0))
) WITH (fillfactor = 70);
COMMENT ON TABLE run IS 'One run of a test. Changed only under the account''s lock.';
COMMENT ON COLUMN run.reason IS 'The code of the 402 that kept it from starting, or that it got last without having spent anything since: why it ended, if it does so.';
COMMENT ON COLUMN run.estimated IS 'What it was expected to cost when it started.';
COMMENT ON COLUMN run.spent IS 'What its own debits took, less what was given back.';
COMMENT ON COLUMN run.nested_spent IS 'The same of all runs below it.';
COMMENT ON COLUMN run.hold_id IS 'What is reserved for it; its debits draw on this first, then on the holds of the runs above it.';
COMMENT ON COLUMN run.finished_at IS 'Of an abandoned run, which nobody has finished: since when it counts as that.';
COMMENT ON COLUMN run.seen_at IS 'When it, or a run below it, last showed a sign of life. In no index: debits set it.';
COMMENT ON COLUMN run.refused IS 'How many 402s it got while it was running; refusals are the last of them, a line each, newest first: when, code, required, available.';
COMMENT ON COLUMN run.queue_number IS 'Of a run that waits, or has waited, for credits: its place among those of the account, and what it asked to start with.';
COMMENT ON COLUMN run.metadata IS 'What its caller noted beside it. Written when it starts, read where it is shown, and under no checksum, so that it can be erased.';
-- What may have to be given up: few among all runs.
CREATE INDEX run_running ON run (account_id, started_at) WHERE status = 'running';
-- What waits for credits, in its order, and until when.
CREATE UNIQUE INDEX run_queued ON run (account_id, queue_number) WHERE status = 'queued';
CREATE INDEX run_queued_until ON run (queue_expires_at) WHERE status = 'queued';
CREATE INDEX run_started ON run (account_id, started_at, run_id);
-- Of all accounts, for operators. A run seldom changes its status, and then is in other indexes anyway.
CREATE INDEX run_by_status ON run (status, started_at, account_id, run_id);
-- What tests, projects and accounts have cost, for estimates, default holds and accuracy. Not with what they have spent, though that would save
-- reading the rows: every column of an index keeps the debits of running runs from being HOT.
CREATE INDEX run_history ON run (account_id, test_id, finished_at) WHERE status IN ('success', 'failed');
CREATE INDEX run_history_of_project ON run (account_id, project_id, finished_at) WHERE status IN ('success', 'failed');
CREATE INDEX run_history_of_account ON run (account_id, finished_at) WHERE status IN ('success', 'failed');

CREATE TABLE run_action (
    account_id  text COLLATE "C" NOT NULL,
    run_id      text COLLATE "C" NOT NULL,
    action      text COLLATE "C" NOT NULL,
    estimated   bigint           CHECK (estimated >= 0),
    spent       bigint           NOT NULL CHECK (spent >= 0),
    debits      bigint           NOT NULL CHECK (debits >= 0),
    quantity    numeric(24, 6)   NOT NULL CHECK (quantity >= 0),
    finished_at timestamptz,
    checksum    bigint,
    PRIMARY KEY (account_id, run_id, action),
    FOREIGN KEY (account_id, run_id) REFERENCES run
);
COMMENT ON TABLE run_action IS 'What a run was expected to cost by action, and what it had cost when it finished.';
COMMENT ON COLUMN run_action.quantity IS 'How many units its debits were for: spent by quantity is what one unit cost, however the debits were cut.';
CREATE INDEX run_action_history ON run_action (account_id, action, finished_at) WHERE finished_at IS NOT NULL;
