ALTER TABLE run_action ADD COLUMN quantity numeric(24, 6) NOT NULL DEFAULT 0 CHECK (quantity >= 0);
COMMENT ON COLUMN run_action.quantity IS 'How many units its debits were for: spent by quantity is what one unit cost, however the debits were cut.';

-- The latest runs of a project and of an account, for default holds and accuracy. Not with what they have spent, though that would save
-- reading the rows: every column of an index keeps the debits of running runs from being HOT.
CREATE INDEX run_history_of_project ON run (account_id, project_id, finished_at) WHERE status IN ('success', 'failed');
CREATE INDEX run_history_of_account ON run (account_id, finished_at) WHERE status IN ('success', 'failed');
