CREATE TABLE portal_session (
    account_id      text COLLATE "C" NOT NULL REFERENCES account,
    session_id      uuid             NOT NULL,
    link_digest     bytea            NOT NULL CHECK (octet_length(link_digest) = 32),
    link_expires_at timestamptz      NOT NULL,
    page            text             NOT NULL CHECK (page LIKE '/billing%'),
    return_url      text,
    created_at      timestamptz      NOT NULL,
    author_id       text             NOT NULL,
    author_name     text             NOT NULL,
    read_only       boolean          NOT NULL DEFAULT false,
    cookie_digest   bytea            CHECK (octet_length(cookie_digest) = 32),
    opened_at       timestamptz,
    expires_at      timestamptz,
    ended_at        timestamptz,
    PRIMARY KEY (account_id, session_id),
    CONSTRAINT opened_as_a_whole CHECK (num_nulls(cookie_digest, opened_at, expires_at) IN (0, 3))
);
COMMENT ON TABLE portal_session IS 'Sessions of the billing page: made with a link, which is opened once. Of link and cookie only SHA-256 digests are kept. Rows leave once they have ended.';
COMMENT ON COLUMN portal_session.page IS 'Where the link leads.';
COMMENT ON COLUMN portal_session.author_name IS 'As it was then: who made the link.';
COMMENT ON COLUMN portal_session.read_only IS 'An operator sees the page as its owner does, and changes nothing.';
COMMENT ON COLUMN portal_session.ended_at IS 'When it was ended: by its owner, or by revocation. By itself it ends at expires_at.';
CREATE INDEX portal_session_oldest ON portal_session (created_at);
