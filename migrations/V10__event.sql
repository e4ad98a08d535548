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
COMMENT ON TABLE event IS 'Events, for callers: written in the transaction of their cause, numbered per account without a gap, kept for a time.';
COMMENT ON COLUMN event.event_id IS 'Sorts by when it was written; of an account on a test clock that is another time than occurred_at.';
COMMENT ON COLUMN event.version IS 'Of the form of its data.';
COMMENT ON COLUMN event.data IS 'The payload of its type: ids and figures, and no caller''s words. The account and the number are added where it is delivered.';
COMMENT ON COLUMN event.dispatched IS 'Whether it has been handed to the webhook endpoints that want it.';
-- Of all accounts: to find one by its id, to list, and to let old ones go.
CREATE INDEX event_by_id ON event (event_id);
CREATE INDEX event_undispatched ON event (account_id, sequence) WHERE NOT dispatched;

CREATE TABLE webhook_endpoint (
    endpoint_id           uuid        NOT NULL PRIMARY KEY,
    url                   text        NOT NULL CHECK (length(url) <= 2000),
    name                  text        CHECK (length(name) BETWEEN 1 AND 200),
    types                 text[]      NOT NULL,
    account_id            text COLLATE "C" REFERENCES account,
    enabled               boolean     NOT NULL,
    secret                bytea       NOT NULL CHECK (length(secret) = 32),
    previous_secret       bytea       CHECK (length(previous_secret) = 32),
    previous_secret_until timestamptz,
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL,
    disabled_at           timestamptz,
    disabled_reason       text        CHECK (disabled_reason IN ('request', 'gone', 'failing')),
    failures              bigint      NOT NULL DEFAULT 0 CHECK (failures >= 0),
    failing_since         timestamptz,
    last_success_at       timestamptz,
    last_failure_at       timestamptz,
    last_failure          text,
    deleted_at            timestamptz,
    CONSTRAINT previous_secret_until_some_time CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL)),
    CONSTRAINT disabled_for_a_reason CHECK (enabled = (disabled_at IS NULL) AND enabled = (disabled_reason IS NULL)),
    CONSTRAINT deleted_is_disabled CHECK (deleted_at IS NULL OR NOT enabled)
);
COMMENT ON TABLE webhook_endpoint IS 'Who subscribes to events, and where they are delivered.';
COMMENT ON COLUMN webhook_endpoint.types IS 'Of which events; empty: of all.';
COMMENT ON COLUMN webhook_endpoint.account_id IS 'Of whose events; null: of all accounts.';
COMMENT ON COLUMN webhook_endpoint.secret IS 'As it is: it has to sign what is delivered.';
COMMENT ON COLUMN webhook_endpoint.failures IS 'How many attempts have failed since the last that did not; failing_since is the first of them. Success is noted now and then only.';
COMMENT ON COLUMN webhook_endpoint.last_failure IS 'What was wrong: a status, or a word for what kept it from being answered.';
COMMENT ON COLUMN webhook_endpoint.deleted_at IS 'From then on it is shown to nobody, and a job takes away what was to be delivered to it, then itself.';
CREATE INDEX webhook_endpoint_of_account ON webhook_endpoint (account_id) WHERE account_id IS NOT NULL;

CREATE TABLE event_dispatch (
    account_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account
);
COMMENT ON TABLE event_dispatch IS 'One row for each account that has had events. The process that hands them on locks it meanwhile, so that they are handed on in order and nobody who posts to the account has to wait.';

CREATE TABLE webhook_delivery (
    account_id  text COLLATE "C" NOT NULL,
    endpoint_id uuid             NOT NULL REFERENCES webhook_endpoint,
    sequence    bigint           NOT NULL,
    status      text             NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
    attempts    integer          NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    tries       integer          NOT NULL DEFAULT 0 CHECK (0 <= tries AND tries <= attempts),
    created_at  timestamptz      NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (account_id, endpoint_id, sequence),
    FOREIGN KEY (account_id, sequence) REFERENCES event,
    CONSTRAINT finished_unless_pending CHECK ((finished_at IS NULL) = (status = 'pending'))
) WITH (fillfactor = 70);
COMMENT ON TABLE webhook_delivery IS 'An event that an endpoint is to get, or has got. It goes with its event.';
COMMENT ON COLUMN webhook_delivery.tries IS 'How many of its attempts were made since it was last asked for.';
CREATE INDEX webhook_delivery_pending ON webhook_delivery (account_id, endpoint_id, sequence) WHERE status = 'pending';
CREATE INDEX webhook_delivery_of_endpoint ON webhook_delivery (endpoint_id, created_at, account_id, sequence);
CREATE INDEX webhook_delivery_of_event ON webhook_delivery (account_id, sequence);
-- How long an endpoint has been waited for, and with how many.
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (endpoint_id, created_at) WHERE status = 'pending';

CREATE TABLE webhook_queue (
    account_id  text COLLATE "C" NOT NULL,
    endpoint_id uuid             NOT NULL REFERENCES webhook_endpoint,
    due_at      timestamptz      NOT NULL,
    claimed_by  uuid,
    PRIMARY KEY (account_id, endpoint_id)
) WITH (fillfactor = 70);
COMMENT ON TABLE webhook_queue IS 'One row for each account and endpoint with pending deliveries, which go one after another in order.';
COMMENT ON COLUMN webhook_queue.due_at IS 'When it goes on; while somebody is at it: until when, unless he says that he still is.';
COMMENT ON COLUMN webhook_queue.claimed_by IS 'Fencing: a new id for each claim, so that a process that was too slow notices.';
CREATE INDEX webhook_queue_due ON webhook_queue (endpoint_id, due_at);

CREATE TABLE webhook_attempt (
    account_id   text COLLATE "C" NOT NULL,
    endpoint_id  uuid             NOT NULL,
    sequence     bigint           NOT NULL,
    attempt      integer          NOT NULL CHECK (attempt > 0),
    at           timestamptz      NOT NULL,
    milliseconds integer          NOT NULL CHECK (milliseconds >= 0),
    status       integer,
    failure      text,
    answer       text             CHECK (length(answer) <= 1024),
    PRIMARY KEY (account_id, endpoint_id, sequence, attempt),
    FOREIGN KEY (account_id, endpoint_id, sequence) REFERENCES webhook_delivery
);
COMMENT ON TABLE webhook_attempt IS 'How the last attempts of a delivery ended.';
COMMENT ON COLUMN webhook_attempt.status IS 'What was answered; null: nothing was.';
COMMENT ON COLUMN webhook_attempt.failure IS 'Why it does not count as delivered; null: it does.';
COMMENT ON COLUMN webhook_attempt.answer IS 'How the body that was answered begins: somebody else''s text, which goes with the texts of the account.';
