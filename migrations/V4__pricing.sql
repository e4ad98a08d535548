CREATE TABLE rate (
    action         text COLLATE "C" NOT NULL CHECK (action ~ '^[A-Za-z0-9._:/@-]{1,128}$' AND action NOT IN ('.', '..')),
    effective_from timestamptz      NOT NULL,
    unit           text             NOT NULL CHECK (length(unit) BETWEEN 1 AND 50),
    minimum        bigint,
    maximum        bigint,
    card           text             CHECK (length(card) BETWEEN 1 AND 50),
    note           text             CHECK (length(note) BETWEEN 1 AND 500),
    created_at     timestamptz      NOT NULL,
    author_type    text             NOT NULL CHECK (author_type IN ('api_key', 'page_session', 'job', 'provider_event')),
    author_id      text             NOT NULL,
    author_name    text             NOT NULL,
    reason         text             CHECK (length(reason) BETWEEN 1 AND 500),
    PRIMARY KEY (action, effective_from),
    CONSTRAINT both_or_none CHECK ((minimum IS NULL) = (maximum IS NULL)),
    CONSTRAINT minimum_within_maximum CHECK (0 <= minimum AND minimum <= maximum AND maximum <= 1000000000000000)
);
COMMENT ON TABLE rate IS 'What an action costs, one version a row. Append-only: a version is never changed or deleted, a new price is a new row with a later effective_from. A debit is priced by the version in force when it occurred.';
COMMENT ON COLUMN rate.effective_from IS 'In force from this instant on, itself included, until the next version of the action.';
COMMENT ON COLUMN rate.unit IS 'What one quantity is: step, request, changed screen, round.';
COMMENT ON COLUMN rate.minimum IS 'In millionths of a credit, for one unit. The same as maximum: a fixed price. Less: the actual amount is debited, and is an outlier outside of the two. Null: withdrawn, no longer priced from then on.';
COMMENT ON COLUMN rate.card IS 'The example card that it was shipped with; null: put by an administrator.';
COMMENT ON COLUMN rate.note IS 'What the price is for, and what it depends on.';
COMMENT ON COLUMN rate.author_name IS 'As it was then: who put it.';
COMMENT ON COLUMN rate.reason IS 'Why it was put; null: nothing was said.';

CREATE TABLE rate_card (
    only_row boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
    revision bigint  NOT NULL CHECK (revision >= 0)
);
COMMENT ON TABLE rate_card IS 'One row: the lock of those who add rates, and a number that every change raises in its own transaction, by which a reader knows whether his copy of the card is still good.';

INSERT INTO rate_card (revision) VALUES (0);
