-- The ledger. Amounts are whole millionths of a credit. Every key starts with account_id, so that the same schema runs on one PostgreSQL
-- and distributed by account_id; ids compare as bytes, whatever the locale. Ids, times and hashes are made by the service: no sequences, no triggers, no volatile functions.

CREATE TABLE account (
    account_id    text COLLATE "C" NOT NULL PRIMARY KEY CHECK (account_id ~ '^[A-Za-z0-9._:/@-]{1,128}$'),
    name          text             CHECK (length(name) BETWEEN 1 AND 200),
    billing_email text             CHECK (length(billing_email) BETWEEN 3 AND 254),
    time_zone     text             NOT NULL,
    created_at    timestamptz      NOT NULL,
    updated_at    timestamptz      NOT NULL
);
COMMENT ON TABLE account IS 'Who owns credits. The id is the caller''s own.';

-- The row that every write of an account locks first. Narrow, of fixed width, and updated in place: the free space keeps its updates HOT.
CREATE TABLE account_balance (
    account_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account,
    seq        bigint           NOT NULL CHECK (seq >= 0),
    balance    bigint           NOT NULL,
    held       bigint           NOT NULL,
    hash       bytea            NOT NULL CHECK (length(hash) = 32),
    CONSTRAINT held_within_balance CHECK (0 <= held AND held <= balance)
) WITH (fillfactor = 50);
COMMENT ON TABLE account_balance IS 'One row an account: the lock, the balance, what open holds reserve of it, and the head (seq, hash) of its chain of entries.';

CREATE TABLE credit_grant (
    account_id text COLLATE "C" NOT NULL REFERENCES account,
    grant_id   uuid             NOT NULL,
    kind       text             NOT NULL CHECK (kind IN ('monthly', 'top_up', 'promotional', 'adjustment')),
    credits    bigint           NOT NULL CHECK (credits > 0),
    remaining  bigint           NOT NULL,
    expires_at timestamptz,
    created_at timestamptz      NOT NULL,
    seq        bigint           NOT NULL,
    reference  text,
    open       boolean          NOT NULL GENERATED ALWAYS AS (remaining > 0) STORED,
    PRIMARY KEY (account_id, grant_id),
    CONSTRAINT remaining_within_credits CHECK (0 <= remaining AND remaining <= credits)
) WITH (fillfactor = 70);
COMMENT ON TABLE credit_grant IS 'Credits given at one time. What is spent comes from grants, and their remaining adds up to the balance.';
COMMENT ON COLUMN credit_grant.seq IS 'The entry that posted it: oldest first within one kind.';
-- Both on the generated column: it changes only when a grant runs dry or is refilled, so ordinary debits stay HOT.
CREATE INDEX credit_grant_open ON credit_grant (account_id) WHERE open;
CREATE INDEX credit_grant_expiring ON credit_grant (expires_at) WHERE open AND expires_at IS NOT NULL;

CREATE TABLE posting (
    account_id      text COLLATE "C" NOT NULL REFERENCES account,
    posting_id      uuid             NOT NULL,
    kind            text             NOT NULL CHECK (kind IN ('monthly_grant', 'top_up', 'promotional', 'adjustment', 'debit', 'reversal', 'expiry')),
    idempotency_key text COLLATE "C",
    fingerprint     bytea,
    requested       bigint           NOT NULL CHECK (requested >= 0),
    credits         bigint           NOT NULL CHECK (credits >= 0 AND credits <= requested),
    balance         bigint           NOT NULL,
    held            bigint           NOT NULL,
    first_seq       bigint           NOT NULL CHECK (first_seq >= 1),
    entries         integer          NOT NULL CHECK (entries >= 0),
    action          text,
    quantity        numeric(16, 6)   CHECK (quantity > 0),
    workspace_id    text,
    project_id      text,
    test_id         text,
    run_id          text,
    reverses        uuid,
    note            text,
    occurred_at     timestamptz      NOT NULL,
    PRIMARY KEY (account_id, posting_id),
    CONSTRAINT one_posting_per_idempotency_key UNIQUE (account_id, idempotency_key),
    CONSTRAINT key_with_fingerprint CHECK ((idempotency_key IS NULL) = (fingerprint IS NULL)),
    CONSTRAINT entries_unless_nothing_moved CHECK ((entries = 0) = (credits = 0)),
    CONSTRAINT posting_held_within_balance CHECK (0 <= held AND held <= balance),
    CONSTRAINT only_reversals_reverse CHECK ((reverses IS NOT NULL) = (kind = 'reversal')),
    FOREIGN KEY (account_id, reverses) REFERENCES posting
);
COMMENT ON TABLE posting IS 'What one command did: why, for what, and the answer that its idempotency key is given again. Its entries are first_seq .. first_seq + entries - 1.';
COMMENT ON COLUMN posting.requested IS 'What was asked for; more than credits only where a debit took what was available.';
COMMENT ON COLUMN posting.balance IS 'The account''s balance right after it; held likewise.';
CREATE INDEX posting_reversals ON posting (account_id, reverses) WHERE reverses IS NOT NULL;
CREATE INDEX posting_runs ON posting (account_id, run_id, posting_id) WHERE run_id IS NOT NULL;

CREATE TABLE entry (
    account_id    text COLLATE "C" NOT NULL,
    seq           bigint           NOT NULL CHECK (seq >= 1),
    posting_id    uuid             NOT NULL,
    grant_id      uuid             NOT NULL,
    credits       bigint           NOT NULL CHECK (credits <> 0),
    balance_after bigint           NOT NULL CHECK (balance_after >= 0),
    hash          bytea            NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (account_id, seq),
    FOREIGN KEY (account_id, grant_id) REFERENCES credit_grant
);
COMMENT ON TABLE entry IS 'Append-only: one movement of one grant. seq is gapless within the account; hash covers its posting too and chains it to the entry before.';
