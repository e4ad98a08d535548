CREATE TABLE pack (
    pack_id  text           NOT NULL PRIMARY KEY CHECK (pack_id ~ '^[A-Za-z0-9._:/@-]{1,128}$' AND pack_id NOT IN ('.', '..')),
    name     text           NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    credits  bigint         NOT NULL CHECK (credits > 0),
    amount   numeric(18, 4) NOT NULL CHECK (amount > 0),
    currency text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    active   boolean        NOT NULL,
    version  integer        NOT NULL DEFAULT 1 CHECK (version >= 1)
);
COMMENT ON TABLE pack IS 'So many credits for so much money, as customers can buy them.';
COMMENT ON COLUMN pack.amount IS 'The price, in major units of the currency (ISO 4217).';
COMMENT ON COLUMN pack.active IS 'Whether it can be bought.';
COMMENT ON COLUMN pack.version IS 'Which of its pack_versions the pack is now. A checkout names the one that was bought.';

INSERT INTO pack (pack_id, name, credits, amount, currency, active) VALUES
    ('small',   '1,000 credits',   1000000000,  10, 'EUR', true),
    ('medium',  '6,000 credits',   6000000000,  49, 'EUR', true),
    ('large',  '25,000 credits',  25000000000, 179, 'EUR', true);

CREATE TABLE pack_version (
    pack_id     text           NOT NULL REFERENCES pack,
    version     integer        NOT NULL CHECK (version >= 1),
    valid_from  timestamptz    NOT NULL,
    author_type text           NOT NULL CHECK (author_type IN ('api_key', 'page_session', 'job', 'provider_event')),
    author_id   text           NOT NULL,
    author_name text           NOT NULL,
    reason      text           CHECK (length(reason) BETWEEN 1 AND 500),
    name        text           NOT NULL,
    credits     bigint         NOT NULL,
    amount      numeric(18, 4) NOT NULL,
    currency    text COLLATE "C" NOT NULL,
    active      boolean        NOT NULL,
    PRIMARY KEY (pack_id, version)
);
COMMENT ON TABLE pack_version IS 'Append-only: what each pack was from when on, who made it so, and why.';
COMMENT ON COLUMN pack_version.valid_from IS 'Until the next version.';
COMMENT ON COLUMN pack_version.author_name IS 'As it was then.';

INSERT INTO pack_version (pack_id, version, valid_from, author_type, author_id, author_name, name, credits, amount, currency, active)
SELECT pack_id, version, '1970-01-01T00:00:00Z', 'job', 'shipped', 'Shipped with the service', name, credits, amount, currency, active
FROM pack;

CREATE TABLE credit_price (
    effective_from timestamptz    NOT NULL PRIMARY KEY,
    credits        bigint         NOT NULL CHECK (credits > 0),
    amount         numeric(18, 4) NOT NULL CHECK (amount > 0),
    currency       text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    created_at     timestamptz    NOT NULL,
    author_type    text           NOT NULL CHECK (author_type IN ('api_key', 'page_session', 'job', 'provider_event')),
    author_id      text           NOT NULL,
    author_name    text           NOT NULL,
    reason         text           CHECK (length(reason) BETWEEN 1 AND 500)
);
COMMENT ON TABLE credit_price IS 'What credits cost where no pack is bought, one version a row. Append-only: a new price is a new row with a later effective_from.';
COMMENT ON COLUMN credit_price.effective_from IS 'In force from this instant on, itself included, until the next version.';
COMMENT ON COLUMN credit_price.credits IS 'How many credits the amount is for: the price of one may be finer than the currency.';
COMMENT ON COLUMN credit_price.author_name IS 'As it was then: who put it.';

INSERT INTO credit_price (effective_from, credits, amount, currency, created_at, author_type, author_id, author_name) VALUES
    ('1970-01-01T00:00:00Z', 1000000000, 10, 'EUR', '1970-01-01T00:00:00Z', 'job', 'shipped', 'Shipped with the service');

CREATE TABLE checkout (
    account_id   text COLLATE "C" NOT NULL REFERENCES account,
    checkout_id  uuid             NOT NULL,
    pack_id      text             NOT NULL,
    pack_version integer          NOT NULL CHECK (pack_version >= 1),
    expires_at   timestamptz      NOT NULL,
    status       text COLLATE "C" NOT NULL CHECK (status IN ('open', 'paid', 'uncredited', 'expired', 'canceled')),
    page_id      text COLLATE "C" CHECK (length(page_id) BETWEEN 1 AND 255),
    url          text COLLATE "C" CHECK (length(url) BETWEEN 1 AND 2048),
    closes_page  boolean          NOT NULL,
    checksum     bigint,
    PRIMARY KEY (account_id, checkout_id),
    FOREIGN KEY (account_id, checkout_id) REFERENCES payment,
    CONSTRAINT page_with_its_address CHECK ((page_id IS NULL) = (url IS NULL)),
    CONSTRAINT closes_what_there_is CHECK (page_id IS NOT NULL OR NOT closes_page)
);
COMMENT ON TABLE checkout IS 'A pack that an account''s owner is about to buy at a page of the payment provider. Credits, price and what became of the money are in the payment of the same id. Changed only under the account''s lock.';
COMMENT ON COLUMN checkout.pack_version IS 'Which of the pack''s pack_versions is bought.';
COMMENT ON COLUMN checkout.expires_at IS 'By the real time: from then on it cannot be paid any more at the page.';
COMMENT ON COLUMN checkout.page_id IS 'The provider''s; null: there is no page yet.';
COMMENT ON COLUMN checkout.closes_page IS 'The page is to be closed at the provider.';
CREATE INDEX checkout_open ON checkout (account_id) WHERE status = 'open';
CREATE INDEX checkout_expiring ON checkout (expires_at) WHERE status = 'open';
CREATE INDEX checkout_closing ON checkout (account_id, checkout_id) WHERE closes_page;
