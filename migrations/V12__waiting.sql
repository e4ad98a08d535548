CREATE TABLE waiting (
    account_id text COLLATE "C" NOT NULL REFERENCES account,
    scope      text             NOT NULL CHECK (scope IN ('account', 'workspace', 'project')),
    scope_id   text COLLATE "C" NOT NULL,
    reason     text             CHECK (reason IN ('subscription_required', 'insufficient_credits', 'budget_exceeded')),
    required   bigint           CHECK (required > 0),
    refused_at timestamptz,
    look_at    timestamptz,
    checksum   bigint,
    PRIMARY KEY (account_id, scope, scope_id),
    CONSTRAINT account_by_its_own_id CHECK (scope <> 'account' OR scope_id = account_id),
    CONSTRAINT all_of_it_while_it_waits CHECK (num_nulls(reason, required, refused_at) IN (0, 3) AND (look_at IS NULL OR required IS NOT NULL))
);
COMMENT ON TABLE waiting IS 'What was refused of an account, or of one of its workspaces or projects, until the event that it could be spent again. Then the row stays, with nothing to wait for. Changed only under the account''s lock.';
COMMENT ON COLUMN waiting.required IS 'The smallest amount that was refused, in millionths; null: nothing is waited for.';
COMMENT ON COLUMN waiting.refused_at IS 'When that began.';
COMMENT ON COLUMN waiting.look_at IS 'From when on time alone may let it pass: when the window of the budget ends that refused it.';
CREATE INDEX waiting_open ON waiting (account_id) WHERE required IS NOT NULL;
CREATE INDEX waiting_look ON waiting (look_at) WHERE look_at IS NOT NULL;
