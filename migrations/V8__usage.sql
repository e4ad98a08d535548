-- What was spent, added up by quarter-hour and by day in the transaction of each debit. One statement a batch writes both grains, each row once.
CREATE TABLE usage_rollup (
    account_id   text COLLATE "C" NOT NULL,
    grain        text COLLATE "C" NOT NULL CHECK (grain IN ('quarter', 'day')),
    starts_at    timestamptz      NOT NULL,
    action       text COLLATE "C" NOT NULL,
    project_id   text COLLATE "C" NOT NULL,
    workspace_id text COLLATE "C" NOT NULL,
    test_id      text COLLATE "C" NOT NULL,
    credits      bigint           NOT NULL,
    debits       bigint           NOT NULL CHECK (debits >= 0),
    quantity     numeric          NOT NULL CHECK (quantity >= 0),
    reversed     bigint           NOT NULL CHECK (reversed >= 0),
    outliers     bigint           NOT NULL CHECK (0 <= outliers AND outliers <= debits),
    PRIMARY KEY (account_id, grain, starts_at, action, project_id, workspace_id, test_id)
) WITH (fillfactor = 50);
-- No foreign key to account: rows are written only beside a posting, which has one. The free space and the lack of further indexes keep updates HOT.
COMMENT ON TABLE usage_rollup IS 'What an account spent within a quarter-hour or a day (UTC), by what it was for. Days add up the same postings as their quarter-hours. Every time zone''s offset is made of whole quarter-hours, so its days and months are made of these.';
COMMENT ON COLUMN usage_rollup.starts_at IS 'Where the quarter-hour or the day begins, in UTC.';
COMMENT ON COLUMN usage_rollup.action IS 'Empty where the debit named none; project_id, workspace_id and test_id likewise.';
COMMENT ON COLUMN usage_rollup.credits IS 'In millionths: what debits took less what reversals gave back. A reversal counts when it is posted, under what its debit was for: so a row may be negative.';
COMMENT ON COLUMN usage_rollup.debits IS 'How many debits, free ones too. Reversals take none away.';
COMMENT ON COLUMN usage_rollup.quantity IS 'The sum of the debits'' quantities; a debit that named none counts as one. Reversals take none away.';
COMMENT ON COLUMN usage_rollup.reversed IS 'In millionths: what reversals gave back, already taken off credits.';
COMMENT ON COLUMN usage_rollup.outliers IS 'How many debits asked for an amount outside of what the rate card said for their action and quantity at that time.';

CREATE TABLE usage_refused (
    account_id text COLLATE "C" NOT NULL,
    starts_at  timestamptz      NOT NULL,
    debits     bigint           NOT NULL CHECK (debits > 0),
    PRIMARY KEY (account_id, starts_at)
);
COMMENT ON TABLE usage_refused IS 'How many debits of an account were refused within a quarter-hour. Counted in memory and added every few seconds: a refusal writes nothing. Nothing is decided by it.';
