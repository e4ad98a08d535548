-- The ledger. Amounts are whole millionths of a credit. Every key starts with account_id, so that the same schema runs on one PostgreSQL
-- and distributed by account_id; ids compare as bytes, whatever the locale. Ids, times and hashes are made by the service: no sequences, no triggers, no volatile functions.

CREATE TABLE account (
    account_id    text COLLATE "C" NOT NULL PRIMARY KEY CHECK (account_id ~ '^[A-Za-z0-9._:/@-]{1,128}$' AND account_id NOT IN ('.', '..')),
    name          text             CHECK (length(name) BETWEEN 1 AND 200),
    billing_email text             CHECK (length(billing_email) BETWEEN 3 AND 254),
    metadata      jsonb            CHECK (metadata <> '{}'),
    created_at    timestamptz      NOT NULL,
    updated_at    timestamptz      NOT NULL,
    searched_name  text COLLATE "C" GENERATED ALWAYS AS (lower(name)) STORED,
    searched_email text COLLATE "C" GENERATED ALWAYS AS (lower(billing_email)) STORED
);
COMMENT ON TABLE account IS 'Who owns credits. The id is the caller''s own.';
COMMENT ON COLUMN account.metadata IS 'Pairs of the caller''s own; nothing is decided by them.';
COMMENT ON COLUMN account.searched_name IS 'As accounts are found by what their names begin with; searched_email likewise.';
CREATE INDEX account_created ON account (created_at, account_id);
CREATE INDEX account_names ON account (searched_name, account_id) WHERE searched_name IS NOT NULL;
CREATE INDEX account_emails ON account (searched_email, account_id) WHERE searched_email IS NOT NULL;

-- The row that every write of an account locks first. Narrow, of fixed width, and updated in place: the free space keeps its updates HOT.
CREATE TABLE account_balance (
    account_id    text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account,
    seq           bigint           NOT NULL CHECK (seq >= 0),
    balance       bigint           NOT NULL,
    held          bigint           NOT NULL,
    owed          bigint           NOT NULL,
    hash          bytea            NOT NULL CHECK (length(hash) = 32),
    as_of         timestamptz      NOT NULL,
    on_test_clock boolean          NOT NULL DEFAULT false,
    time_zone     text             NOT NULL DEFAULT 'UTC',
    closed_at     timestamptz,
    erasing       boolean          NOT NULL DEFAULT false,
    salt          bytea            CHECK (length(salt) = 16),
    checksum      bigint,
    CONSTRAINT held_within_balance CHECK (0 <= held AND held <= balance),
    CONSTRAINT owed_not_negative CHECK (owed >= 0),
    CONSTRAINT erased_once_closed CHECK (NOT erasing OR closed_at IS NOT NULL),
    CONSTRAINT salt_until_erased CHECK (salt IS NOT NULL OR erasing)
) WITH (fillfactor = 50);
COMMENT ON TABLE account_balance IS 'One row an account: the lock, the balance, what open holds reserve of it, and the head (seq, hash) of its chain of entries.';
COMMENT ON COLUMN account_balance.owed IS 'What was clawed back and had been spent already: the next credits settle it first. It is no part of the balance.';
COMMENT ON COLUMN account_balance.as_of IS 'The time of what was written last, which never goes back. Grants that had expired by then were taken out; what remains of them a hold has kept. Of an account on a test clock: where that stands.';
COMMENT ON COLUMN account_balance.on_test_clock IS 'It has a clock of its own, for trying things out, which stands still until it is set forward.';
COMMENT ON COLUMN account_balance.time_zone IS 'Whose days count, by its IANA name.';
COMMENT ON COLUMN account_balance.closed_at IS 'Since when nothing is done for it any more. It is never opened again.';
COMMENT ON COLUMN account_balance.erasing IS 'Its texts are to go, and some may be gone; all are once the salt is.';
COMMENT ON COLUMN account_balance.salt IS 'Random: the key of the digests by which its texts can be verified. Null: its texts are erased, for good.';
COMMENT ON COLUMN account_balance.checksum IS 'Eight bytes of a digest over the row''s other columns, renewed with each write of the service''s, as in every table that has such a column: a change by hand makes it wrong. Null: the service did not write the row.';

-- Of columns that no ordinary write changes: updates stay HOT.
CREATE INDEX account_erasing ON account_balance (account_id) WHERE erasing AND salt IS NOT NULL;

CREATE TABLE credit_grant (
    account_id text COLLATE "C" NOT NULL REFERENCES account,
    grant_id   uuid             NOT NULL,
    kind       text             NOT NULL CHECK (kind IN ('monthly', 'top_up', 'promotional', 'adjustment')),
    credits    bigint           NOT NULL CHECK (credits > 0),
    remaining  bigint           NOT NULL,
    expires_at timestamptz,
    created_at timestamptz      NOT NULL,
    seq        bigint           NOT NULL,
    amount     numeric(18, 4)   CHECK (amount > 0),
    currency   text COLLATE "C" CHECK (currency ~ '^[A-Z]{3}$'),
    open       boolean          NOT NULL GENERATED ALWAYS AS (remaining > 0) STORED,
    burn_rank  smallint         NOT NULL GENERATED ALWAYS AS
        (CASE kind WHEN 'monthly' THEN 0 WHEN 'promotional' THEN 1 WHEN 'adjustment' THEN 2 WHEN 'top_up' THEN 3 END) STORED,
    PRIMARY KEY (account_id, grant_id),
    CONSTRAINT amount_with_currency CHECK ((amount IS NULL) = (currency IS NULL)),
    CONSTRAINT remaining_within_credits CHECK (0 <= remaining AND remaining <= credits)
) WITH (fillfactor = 70);
COMMENT ON TABLE credit_grant IS 'Credits given at one time. What is spent comes from grants, and their remaining adds up to the balance.';
COMMENT ON COLUMN credit_grant.seq IS 'The entry that posted it: oldest first within one kind.';
COMMENT ON COLUMN credit_grant.amount IS 'What was paid for it in all, in major units of the currency (ISO 4217), as far as known.';
COMMENT ON COLUMN credit_grant.burn_rank IS 'Which kinds are spent first among those that expire together, or never.';
-- Both on the generated column: it changes only when a grant runs dry or is refilled, so ordinary debits stay HOT. The first is in burn order,
-- so that a debit reads no more grants than it needs, however many are open.
CREATE INDEX credit_grant_burn ON credit_grant (account_id, expires_at, burn_rank, seq) WHERE open;
CREATE INDEX credit_grant_expiring ON credit_grant (expires_at) WHERE open AND expires_at IS NOT NULL;

CREATE TABLE hold (
    account_id    text COLLATE "C" NOT NULL REFERENCES account,
    hold_id       uuid             NOT NULL,
    amount        bigint           NOT NULL CHECK (amount > 0),
    captured      bigint           NOT NULL CHECK (captured >= 0),
    released      bigint           NOT NULL CHECK (released >= 0),
    moved         bigint           NOT NULL CHECK (moved >= 0 AND moved <= amount),
    lasts_seconds bigint           NOT NULL CHECK (lasts_seconds > 0),
    since         timestamptz      NOT NULL,
    expires_at    timestamptz      NOT NULL,
    workspace_id  text COLLATE "C",
    project_id    text COLLATE "C",
    test_id       text COLLATE "C",
    run_id        text COLLATE "C",
    checksum      bigint,
    open          boolean          NOT NULL GENERATED ALWAYS AS (captured + released < amount) STORED,
    PRIMARY KEY (account_id, hold_id),
    CONSTRAINT hold_not_overdrawn CHECK (captured + released <= amount)
) WITH (fillfactor = 70);
COMMENT ON TABLE hold IS 'Credits that are reserved. account_balance.held is the sum of what open holds have left.';
COMMENT ON COLUMN hold.captured IS 'How much of it debits have drawn; released is what is reserved no longer. Once the hold is closed they add up to amount.';
COMMENT ON COLUMN hold.moved IS 'How much of amount it took over from other holds, which released it in the same transaction.';
COMMENT ON COLUMN hold.since IS 'Since when it has reserved something without a break: of what expires meanwhile it keeps what it needs.';
COMMENT ON COLUMN hold.lasts_seconds IS 'How long it lasts from its making or its last extension.';
-- On the generated column: it changes only when a hold is used up or let go, so ordinary debits stay HOT.
CREATE INDEX hold_open ON hold (account_id, expires_at) WHERE open;
CREATE INDEX hold_expiring ON hold (expires_at) WHERE open;

CREATE TABLE posting (
    account_id      text COLLATE "C" NOT NULL REFERENCES account,
    posting_id      uuid             NOT NULL,
    kind            text             NOT NULL CHECK (kind IN ('monthly_grant', 'top_up', 'promotional', 'adjustment', 'debit', 'reversal', 'expiry', 'void', 'clawback', 'settlement', 'reinstatement')),
    idempotency_key text COLLATE "C",
    requested       bigint           NOT NULL,
    credits         bigint           NOT NULL CHECK (credits <= requested),
    captured        bigint           NOT NULL CHECK (captured >= 0 AND captured <= greatest(credits, 0)),
    balance         bigint           NOT NULL,
    held            bigint           NOT NULL,
    owed            bigint           NOT NULL CHECK (owed >= 0),
    first_seq       bigint           NOT NULL CHECK (first_seq >= 1),
    entries         integer          NOT NULL CHECK (entries >= 0),
    action          text,
    quantity        numeric(16, 6)   CHECK (quantity > 0),
    workspace_id    text,
    project_id      text,
    test_id         text,
    run_id          text,
    reverses        uuid,
    author_type     text             NOT NULL CHECK (author_type IN ('api_key', 'page_session', 'job', 'provider_event')),
    author_id       text             NOT NULL,
    author_name     text             NOT NULL,
    text_digest     bytea            CHECK (length(text_digest) = 32),
    occurred_at     timestamptz      NOT NULL,
    hash_version    smallint         NOT NULL,
    hash            bytea            CHECK (length(hash) = 32),
    PRIMARY KEY (account_id, posting_id),
    CONSTRAINT hashed_here_or_by_entries CHECK ((hash IS NULL) = (entries > 0)),
    CONSTRAINT entries_unless_nothing_moved CHECK ((entries = 0) = (credits = 0)),
    CONSTRAINT posting_held_within_balance CHECK (0 <= held AND held <= balance),
    CONSTRAINT only_adjustments_are_negative CHECK (credits >= 0 OR (kind = 'adjustment' AND credits = requested)),
    CONSTRAINT only_debits_capture CHECK (captured = 0 OR kind = 'debit'),
    CONSTRAINT less_than_asked_where_it_may_be CHECK (credits = requested OR kind IN ('debit', 'clawback')),
    CONSTRAINT only_corrections_reverse CHECK ((reverses IS NOT NULL) = (kind IN ('reversal', 'clawback', 'reinstatement'))),
    FOREIGN KEY (account_id, reverses) REFERENCES posting
);
COMMENT ON TABLE posting IS 'What one command did: why, and for what. Its entries are first_seq .. first_seq + entries - 1.';
COMMENT ON COLUMN posting.requested IS 'What was asked for; more than credits only where a debit took what was available, or a clawback: the difference is owed then.';
COMMENT ON COLUMN posting.credits IS 'What moved, in the direction of its kind: debits, expiries, voids, clawbacks and settlements take, the others add. An adjustment that takes is negative.';
COMMENT ON COLUMN posting.captured IS 'How much of credits was drawn on holds.';
COMMENT ON COLUMN posting.balance IS 'The account''s balance right after it, and after what it brought was taken for its expiry or for what was owed; held and owed likewise.';
COMMENT ON COLUMN posting.reverses IS 'The debit that a reversal gives back; the grant, which has its posting''s id, that a clawback claims or a reinstatement gives back of.';
COMMENT ON COLUMN posting.author_name IS 'As it was then: who had it posted. What expires does so by the job of that name.';
COMMENT ON COLUMN posting.text_digest IS 'HMAC-SHA-256 of its texts under account_balance.salt; null: it never had any.';
COMMENT ON COLUMN posting.hash_version IS 'The form in which it was hashed: src/docs/hash.md.';
COMMENT ON COLUMN posting.hash IS 'Of a posting that moved nothing, and so is covered by no entry.';
CREATE INDEX posting_reversals ON posting (account_id, reverses) WHERE reverses IS NOT NULL;
-- What was given back since an instant.
CREATE INDEX posting_giving_back ON posting (account_id, first_seq) WHERE kind = 'reversal';
CREATE INDEX posting_runs ON posting (account_id, run_id, posting_id) WHERE run_id IS NOT NULL;
-- A free debit has no entry by which its time is found.
CREATE INDEX posting_of_nothing ON posting (account_id, first_seq) WHERE entries = 0;
-- What changes a balance and is no usage is rare: grants, adjustments, voids, clawbacks, settlements and expiries. With these, what was spent since an instant is a difference of balances.
CREATE INDEX posting_beside_usage ON posting (account_id, first_seq) WHERE kind NOT IN ('debit', 'reversal');

CREATE TABLE posting_text (
    account_id text COLLATE "C" NOT NULL,
    posting_id uuid             NOT NULL,
    reference  text,
    note       text,
    metadata   jsonb            CHECK (metadata <> '{}'),
    PRIMARY KEY (account_id, posting_id),
    CONSTRAINT some_text CHECK (num_nonnulls(reference, note, metadata) > 0),
    FOREIGN KEY (account_id, posting_id) REFERENCES posting
);
COMMENT ON TABLE posting_text IS 'What callers wrote to a posting in words of their own, where they did: apart, so that it can be erased. The posting keeps a digest of it.';

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

CREATE TABLE idempotency_key (
    account_id      text COLLATE "C" NOT NULL,
    idempotency_key text COLLATE "C" NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 255),
    fingerprint     bytea            NOT NULL CHECK (length(fingerprint) = 32),
    answer_id       uuid             NOT NULL,
    answer          text,
    checksum        bigint,
    PRIMARY KEY (account_id, idempotency_key),
    CONSTRAINT checksum_unless_a_posting CHECK ((checksum IS NULL) = (answer IS NULL))
);
-- No foreign keys: a row is written only in the transaction of what it answers for.
COMMENT ON TABLE idempotency_key IS 'Every key that a command took effect under, with a digest of what was asked and the first answer. Never changed, never deleted.';
COMMENT ON COLUMN idempotency_key.answer_id IS 'The posting that was the answer, where answer is null; or an id of the answer''s own.';
COMMENT ON COLUMN idempotency_key.answer IS 'The first answer as JSON, where it is not a posting.';
COMMENT ON COLUMN idempotency_key.checksum IS 'Only beside an answer: where that is a posting, its hash covers what this row says.';

CREATE TABLE last_proof (
    account_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account,
    proven_at  timestamptz      NOT NULL,
    passed     boolean          NOT NULL,
    failures   text             NOT NULL
);
COMMENT ON TABLE last_proof IS 'How the last proof of an account ended that the job made. Nothing is decided by it.';
COMMENT ON COLUMN last_proof.failures IS 'What did not agree, for operators; empty if all did.';
CREATE INDEX last_proof_oldest ON last_proof (proven_at);
CREATE INDEX last_proof_failed ON last_proof (account_id) WHERE NOT passed;
