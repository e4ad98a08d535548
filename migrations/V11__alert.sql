CREATE TABLE alert (
    account_id   text COLLATE "C" NOT NULL REFERENCES account,
    alert_id     uuid             NOT NULL,
    scope        text             NOT NULL CHECK (scope IN ('plan', 'account', 'workspace', 'project', 'debit', 'run_rate', 'credits')),
    scope_id     text COLLATE "C" NOT NULL,
    threshold    numeric          CHECK (threshold > 0),
    used         bigint,
    used_of      bigint           CHECK (used_of >= 0),
    window_start timestamptz,
    told_at      timestamptz      NOT NULL,
    PRIMARY KEY (account_id, alert_id),
    CONSTRAINT threshold_of_a_limit CHECK ((threshold IS NOT NULL) = (scope IN ('plan', 'account', 'workspace', 'project'))),
    CONSTRAINT window_of_a_limit CHECK ((window_start IS NOT NULL) = (scope IN ('plan', 'account', 'workspace', 'project', 'run_rate'))),
    CONSTRAINT figures_of_a_limit CHECK ((used IS NOT NULL) = (scope <> 'credits') AND (used_of IS NOT NULL) = (scope <> 'credits'))
);
COMMENT ON TABLE alert IS 'Append-only: the alerts of an account, each written in the transaction of its cause. Nothing of credits is decided by it.';
COMMENT ON COLUMN alert.scope_id IS 'What it is of: the workspace, the project, the debit; or else the account.';
COMMENT ON COLUMN alert.threshold IS 'In percent of used_of.';
COMMENT ON COLUMN alert.used IS 'In millionths, as used_of: of a limit what was used of it, of a debit what it took, of a run rate what the rest of the period needs.';
COMMENT ON COLUMN alert.used_of IS 'The limit; of a debit the amount that it is larger than, of a run rate what was available.';
-- Of a period, and of a debit, once.
CREATE UNIQUE INDEX alert_run_rate ON alert (account_id, window_start) WHERE scope = 'run_rate';
CREATE UNIQUE INDEX alert_debit ON alert (account_id, scope_id) WHERE scope = 'debit';
CREATE INDEX alert_told ON alert (account_id, told_at, alert_id);

CREATE TABLE alert_settings (
    account_id  text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account,
    debit_above bigint           CHECK (debit_above > 0),
    running_out boolean          NOT NULL,
    checksum    bigint
);
COMMENT ON TABLE alert_settings IS 'Which alerts an account has, where it has set that. Changed only under the account''s lock.';
COMMENT ON COLUMN alert_settings.debit_above IS 'A single debit that takes more than this, in millionths; null: none.';

CREATE TABLE mailbox (
    account_id    text COLLATE "C" NOT NULL REFERENCES account,
    address       text             NOT NULL,
    due_at        timestamptz      NOT NULL,
    waiting       bigint           NOT NULL CHECK (waiting >= 0),
    attempts      integer          NOT NULL CHECK (attempts >= 0),
    failing_since timestamptz,
    PRIMARY KEY (account_id, address)
);
COMMENT ON TABLE mailbox IS 'Whom an account''s alerts are mailed to. Written with what waits in it, and by the delivery. By real time, whatever the account''s own clock says.';
COMMENT ON COLUMN mailbox.address IS 'A budget''s own; empty: the account''s billing address, whatever that is when it is sent.';
COMMENT ON COLUMN mailbox.due_at IS 'Before this nothing is sent: it was written to not long ago, an attempt has failed, or a process is at it.';
COMMENT ON COLUMN mailbox.waiting IS 'How many rows of mail are its own.';
COMMENT ON COLUMN mailbox.attempts IS 'How many there were since the last that did not fail.';
CREATE INDEX mailbox_due ON mailbox (due_at, account_id, address) WHERE waiting > 0;

CREATE TABLE mail (
    account_id  text COLLATE "C" NOT NULL REFERENCES account,
    address     text             NOT NULL,
    mail_id     uuid             NOT NULL,
    kind        text             NOT NULL CHECK (kind IN ('plan_threshold', 'budget_threshold', 'budget_exceeded', 'exhausted', 'running_out', 'large_debit',
        'recharge_failed', 'recharge_switched_off', 'recharge_limit', 'recharge_confirmation')),
    scope       text,
    scope_id    text COLLATE "C",
    threshold   numeric,
    used        bigint,
    used_of     bigint,
    lasts_until timestamptz,
    link        text             CHECK (length(link) <= 2048),
    told_at     timestamptz      NOT NULL,
    time_zone   text             NOT NULL,
    queued_at   timestamptz      NOT NULL,
    PRIMARY KEY (account_id, address, mail_id)
);
COMMENT ON TABLE mail IS 'What is to be mailed, written in the transaction of its cause and deleted once it is sent or given up. Several go into one.';
COMMENT ON COLUMN mail.told_at IS 'The account''s time; queued_at is the real one.';
CREATE INDEX mail_queued ON mail (queued_at);
