CREATE TABLE operator_session (
    session_id    uuid        NOT NULL PRIMARY KEY,
    cookie_digest bytea       NOT NULL CHECK (octet_length(cookie_digest) = 32),
    key_id        uuid        REFERENCES api_key,
    key_digest    bytea       NOT NULL CHECK (octet_length(key_digest) = 32),
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL CHECK (expires_at > created_at),
    ended_at      timestamptz
);
COMMENT ON TABLE operator_session IS 'Who is signed in to the operator''s pages. Of the cookie only its SHA-256 digest is kept. Rows leave once they have ended.';
COMMENT ON COLUMN operator_session.key_id IS 'The key that it was opened with, and is good as long as; null: the one of the configuration.';
COMMENT ON COLUMN operator_session.key_digest IS 'Of that key''s hash, keyed by the cookie''s secret: another key in the configuration ends it.';
CREATE INDEX operator_session_expires ON operator_session (expires_at);
