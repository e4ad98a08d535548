-- What an account, a workspace or a project may spend within a window. Changed only under the account's lock, in the transaction of what changes it.
CREATE TABLE budget (
    account_id    text COLLATE "C" NOT NULL REFERENCES account,
    scope         text COLLATE "C" NOT NULL CHECK (scope IN ('plan', 'account', 'workspace', 'project')),
    scope_id      text COLLATE "C" NOT NULL CHECK (scope_id ~ '^[A-Za-z0-9._:/@-]{1,128}$' AND scope_id NOT IN ('.', '..')),
    usage_limit   bigint           CHECK (usage_limit >= 0),
    thresholds    text COLLATE "C" NOT NULL CHECK (thresholds ~ '^([0-9]+(\.[0-9]+)?(,[0-9]+(\.[0-9]+)?)*)?$'),
    window_kind   text COLLATE "C" NOT NULL CHECK (window_kind IN ('billing_period', 'day', 'week', 'month')),
    billing_email text             CHECK (length(billing_email) BETWEEN 3 AND 254),
    created_at    timestamptz      NOT NULL,
    updated_at    timestamptz      NOT NULL,
    checksum      bigint,
    PRIMARY KEY (account_id, scope, scope_id),
    CONSTRAINT whole_account_by_its_id CHECK (scope NOT IN ('plan', 'account') OR scope_id = account_id),
    CONSTRAINT plan_has_only_thresholds CHECK (scope <> 'plan' OR (usage_limit IS NULL AND window_kind = 'billing_period'))
);
COMMENT ON TABLE budget IS 'A limit for what is spent within a window. The scope plan has the account''s own thresholds of its plan''s allotment, where it has any; nothing is refused by it.';
COMMENT ON COLUMN budget.usage_limit IS 'In millionths; null: none, 0: nothing that costs credits.';
COMMENT ON COLUMN budget.thresholds IS 'Percents of the limit, lowest first, separated by commas; empty: none.';
COMMENT ON COLUMN budget.window_kind IS 'By the periods of the subscription, or the days, weeks or months of the account''s time zone.';
COMMENT ON COLUMN budget.billing_email IS 'Whom to write to about it; null: the account''s. Under no checksum, so that it can be erased.';
CREATE INDEX budget_newest ON budget (account_id, created_at, scope, scope_id);

-- Narrow, and updated in place by every debit that a budget counts: the free space keeps its updates HOT.
CREATE TABLE budget_window (
    account_id   text COLLATE "C" NOT NULL REFERENCES account,
    scope        text COLLATE "C" NOT NULL CHECK (scope IN ('plan', 'account', 'workspace', 'project')),
    scope_id     text COLLATE "C" NOT NULL,
    window_start timestamptz      NOT NULL,
    window_end   timestamptz      NOT NULL,
    window_kind  text COLLATE "C" NOT NULL CHECK (window_kind IN ('billing_period', 'day', 'week', 'month')),
    usage_limit  bigint           CHECK (usage_limit >= 0),
    used         bigint           NOT NULL CHECK (used >= 0),
    peak         bigint           NOT NULL CHECK (peak >= 0),
    held         bigint           NOT NULL CHECK (held >= 0),
    exceeded_at  timestamptz,
    counting     boolean          NOT NULL,
    checksum     bigint,
    PRIMARY KEY (account_id, scope, scope_id, window_start),
    CONSTRAINT window_starts_before_its_end CHECK (window_start < window_end),
    CONSTRAINT held_by_its_own_holds CHECK (held = 0 OR scope IN ('workspace', 'project')),
    CONSTRAINT plan_by_its_periods CHECK (scope <> 'plan' OR window_kind = 'billing_period')
) WITH (fillfactor = 50);
COMMENT ON TABLE budget_window IS 'What a budget, or the allotment of the account''s plan, has counted in one window. One of them is counting; the others are over, and are kept as they were then.';
COMMENT ON COLUMN budget_window.window_start IS 'Belongs to the window; window_end does not.';
COMMENT ON COLUMN budget_window.usage_limit IS 'The limit that it was counted against last; of the scope plan the allotment.';
COMMENT ON COLUMN budget_window.used IS 'In millionths: what debits took that occurred within the window, less what was given back of these debits before the next window.';
COMMENT ON COLUMN budget_window.peak IS 'The most that was used at a time since limit and thresholds were set: a threshold has raised its alert where this has reached it.';
COMMENT ON COLUMN budget_window.held IS 'What open holds reserve for the project or workspace, while the window is counting. What is held of an account is account_balance.held.';
COMMENT ON COLUMN budget_window.exceeded_at IS 'When the budget refused something in it first, since its limit was set; null: it has not.';
COMMENT ON COLUMN budget_window.counting IS 'Debits are counted in it, as long as no later window has taken its place.';
-- Only of columns that no ordinary debit changes. Each of a key counts in one window at a time.
CREATE UNIQUE INDEX budget_window_counting ON budget_window (account_id, scope, scope_id) WHERE counting;
