CREATE TABLE api_key (
    key_id       uuid             NOT NULL PRIMARY KEY,
    name         text             NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    hash         bytea            NOT NULL UNIQUE CHECK (length(hash) = 32),
    last_four    text             NOT NULL CHECK (length(last_four) = 4),
    scopes       text[]           NOT NULL CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'runner', 'billing', 'top-ups', 'renewals', 'admin']),
    account_id   text COLLATE "C" REFERENCES account,
    expires_at   timestamptz,
    created_at   timestamptz      NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
COMMENT ON TABLE api_key IS 'Who may call. Only the SHA-256 of a key is kept; account_id binds it to one account.';
