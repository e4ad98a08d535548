CREATE TABLE event_head (
    account_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account,
    sequence   bigint           NOT NULL CHECK (sequence > 0)
) WITH (fillfactor = 50);
COMMENT ON TABLE event_head IS 'The number of an account''s last event. Changed only under the account''s lock, with the event; it stays when events leave.';

CREATE TABLE event (
    account_id  text COLLATE "C" NOT NULL REFERENCES account,
    sequence    bigint           NOT NULL CHECK (sequence > 0),
    event_id    uuid             NOT NULL,
    type        text COLLATE "C" NOT NULL CHECK (type ~ '^[a-z_]+[.][a-z_]+$'),
    version     smallint         NOT NULL CHECK (version > 0),
    occurred_at timestamptz      NOT NULL,
    data        json             NOT NULL CHECK (json_typeof(data) = 'object'),
    dispatched  boolean          NOT NULL DEFAULT false,
    PRIMARY KEY (account_id, sequence),
    CONSTRAINT event_of_account UNIQUE (account_id, event_id)
);
COMMENT ON TABLE event IS 'What callers are told of: written in the transaction of what it tells of, numbered per account without a gap, kept for a time.';
COMMENT ON COLUMN event.event_id IS 'Sorts by when it was written; of an account on a test clock that is another time than occurred_at.';
COMMENT ON COLUMN event.version IS 'Of the form of its data.';
COMMENT ON COLUMN event.data IS 'What its type tells, in ids and figures, and in no caller''s words. The account and the number are added where it is told.';
COMMENT ON COLUMN event.dispatched IS 'Whether it has been handed to the webhook endpoints that want it.';
-- Of all accounts: to find one by its id, to list, and to let old ones go.
CREATE INDEX event_by_id ON event (event_id);
CREATE INDEX event_undispatched ON event (account_id, sequence) WHERE NOT dispatched;
