CREATE TABLE operator_action (
    action_id       uuid             NOT NULL PRIMARY KEY,
    begun_at        timestamptz      NOT NULL,
    author_id       text             NOT NULL,
    author_name     text             NOT NULL,
    kind            text             NOT NULL CHECK (kind IN ('granted', 'adjusted', 'voided', 'redelivered', 'payment_event_retried',
                                                              'renewed', 'key_created', 'key_revoked', 'viewed_as_owner')),
    account_id      text COLLATE "C",
    target_id       text,
    reason          text,
    idempotency_key text,
    done_at         timestamptz,
    UNIQUE (account_id, idempotency_key)
);
COMMENT ON TABLE operator_action IS 'What was done on the operator''s pages, and with whose key. A row is written before its action and leaves if that was refused, so that nothing is done without one.';
COMMENT ON COLUMN operator_action.author_id IS 'The key: no reference, since the one of the configuration is in no table.';
COMMENT ON COLUMN operator_action.author_name IS 'As it was then.';
COMMENT ON COLUMN operator_action.account_id IS 'Whom it concerns; null: no account, or not one alone.';
COMMENT ON COLUMN operator_action.target_id IS 'What was made or changed, by its id in the API: a posting, an event, a payment event, a key, a session of the billing page.';
COMMENT ON COLUMN operator_action.reason IS 'In the operator''s words; it goes when the account''s texts are erased.';
COMMENT ON COLUMN operator_action.idempotency_key IS 'Of a form that counts once however often it is sent, and is one action likewise.';
COMMENT ON COLUMN operator_action.done_at IS 'Null: the service ended, or lost the database, before it knew what came of it.';
CREATE INDEX operator_action_of_account ON operator_action (account_id, action_id);
CREATE INDEX operator_action_of_author ON operator_action (author_id, action_id);
