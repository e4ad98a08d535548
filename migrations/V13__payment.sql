-- What is bought: written before a payment provider is asked, and changed only under the account's lock, by what the provider has of it.
CREATE TABLE payment (
    account_id          text COLLATE "C" NOT NULL REFERENCES account,
    payment_id          uuid             NOT NULL,
    purpose             text COLLATE "C" NOT NULL CHECK (purpose IN ('checkout', 'recharge')),
    credits             bigint           NOT NULL CHECK (credits > 0),
    amount              numeric(18, 4)   NOT NULL CHECK (amount > 0),
    currency            text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    provider            text COLLATE "C" NOT NULL CHECK (provider IN ('sandbox', 'stripe')),
    ordered_at          timestamptz      NOT NULL,
    status              text COLLATE "C" NOT NULL CHECK (status IN ('pending', 'confirmation_needed', 'paid', 'uncredited', 'failed', 'canceled')),
    provider_payment_id text COLLATE "C" CHECK (length(provider_payment_id) BETWEEN 1 AND 255),
    paid_at             timestamptz,
    grant_id            uuid,
    finding             text COLLATE "C" CHECK (finding IN ('amount_differs', 'account_closed', 'balance_limit')),
    refunded            numeric(18, 4)   NOT NULL CHECK (refunded >= 0),
    disputed            numeric(18, 4)   NOT NULL CHECK (disputed >= 0),
    claimed             bigint           NOT NULL CHECK (claimed BETWEEN 0 AND credits),
    decline_code        text COLLATE "C" CHECK (length(decline_code) <= 255),
    fetched_at          timestamptz,
    confirmation_url    text COLLATE "C" CHECK (length(confirmation_url) <= 2048),
    checksum            bigint,
    PRIMARY KEY (account_id, payment_id),
    FOREIGN KEY (account_id, grant_id) REFERENCES credit_grant,
    CONSTRAINT credited_if_paid CHECK ((grant_id IS NOT NULL) = (status = 'paid')),
    CONSTRAINT uncredited_for_a_reason CHECK ((finding IS NOT NULL) = (status = 'uncredited')),
    CONSTRAINT paid_at_the_provider CHECK (status NOT IN ('paid', 'uncredited') OR num_nulls(provider_payment_id, paid_at, fetched_at) = 0),
    CONSTRAINT lost_once_paid CHECK (status IN ('paid', 'uncredited') OR (refunded = 0 AND disputed = 0)),
    CONSTRAINT claimed_once_credited CHECK (status = 'paid' OR claimed = 0)
);
COMMENT ON TABLE payment IS 'What an account''s owner buys: how many credits, for what, and how far its payment is at the provider. Its id is the key that the provider is asked under.';
COMMENT ON COLUMN payment.credits IS 'In millionths.';
COMMENT ON COLUMN payment.amount IS 'Its price, in major units of the currency (ISO 4217).';
COMMENT ON COLUMN payment.ordered_at IS 'By the real time, whatever the account''s clock says; the other times likewise.';
COMMENT ON COLUMN payment.status IS 'paid: and credited, by grant_id. uncredited: paid, but not credited; finding says why.';
COMMENT ON COLUMN payment.provider_payment_id IS 'Which of the provider''s payments it is; null: none is known.';
COMMENT ON COLUMN payment.refunded IS 'How much of the amount was given back in all; disputed is how much of it is lost to disputes that are open or were lost.';
COMMENT ON COLUMN payment.claimed IS 'How many of the credits were claimed back for that, less what was reinstated; in millionths.';
COMMENT ON COLUMN payment.fetched_at IS 'When the provider was asked for the state that was applied last; null: none was.';
COMMENT ON COLUMN payment.confirmation_url IS 'Where the customer confirms it. Under no checksum, so that it can be erased.';
CREATE INDEX payment_newest ON payment (account_id, ordered_at, payment_id);
-- A top-up is one payment's.
CREATE UNIQUE INDEX payment_top_up ON payment (account_id, grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX payment_uncredited ON payment (ordered_at) WHERE status = 'uncredited';

-- A second payment for something that is paid already. Nothing is credited for it.
CREATE TABLE payment_surplus (
    account_id          text COLLATE "C" NOT NULL,
    payment_id          uuid             NOT NULL,
    provider_payment_id text COLLATE "C" NOT NULL CHECK (length(provider_payment_id) BETWEEN 1 AND 255),
    amount              numeric(18, 4)   NOT NULL CHECK (amount > 0),
    currency            text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    paid_at             timestamptz      NOT NULL,
    refunded            numeric(18, 4)   NOT NULL CHECK (refunded >= 0),
    disputed            numeric(18, 4)   NOT NULL CHECK (disputed >= 0),
    fetched_at          timestamptz      NOT NULL,
    checksum            bigint,
    PRIMARY KEY (account_id, payment_id, provider_payment_id),
    FOREIGN KEY (account_id, payment_id) REFERENCES payment
);
COMMENT ON TABLE payment_surplus IS 'Further payments at the provider for one that is paid already: an operator has to refund them there.';
COMMENT ON COLUMN payment_surplus.refunded IS 'How much of the amount was given back, or is disputed, since.';

-- Where the credits of a payment are that can be claimed back: its top-up first, then what was reinstated of earlier claims.
CREATE TABLE payment_grant (
    account_id text COLLATE "C" NOT NULL,
    payment_id uuid             NOT NULL,
    number     integer          NOT NULL CHECK (number >= 1),
    grant_id   uuid             NOT NULL,
    credits    bigint           NOT NULL CHECK (credits > 0),
    claimed    bigint           NOT NULL CHECK (claimed BETWEEN 0 AND credits),
    reinstated bigint           NOT NULL CHECK (reinstated BETWEEN 0 AND claimed),
    checksum   bigint,
    PRIMARY KEY (account_id, payment_id, number),
    FOREIGN KEY (account_id, payment_id) REFERENCES payment,
    FOREIGN KEY (account_id, grant_id) REFERENCES credit_grant
);
COMMENT ON TABLE payment_grant IS 'The grants of a payment of which something was claimed, in the order in which they were made. Of a payment that nothing was claimed of there is none.';
COMMENT ON COLUMN payment_grant.claimed IS 'How many of its credits were claimed; of these so many were reinstated, by a grant with a greater number.';

-- What providers have announced. Not of an account: which it is about is known once the provider was asked.
CREATE TABLE provider_event (
    event_id     text COLLATE "C" NOT NULL CHECK (event_id ~ '^[!-~]{1,255}$'),
    provider     text COLLATE "C" NOT NULL CHECK (provider IN ('sandbox', 'stripe')),
    type         text COLLATE "C" NOT NULL CHECK (type ~ '^[!-~]{1,255}$'),
    object_id    text COLLATE "C" NOT NULL CHECK (object_id ~ '^[!-~]{1,255}$'),
    created_at   timestamptz      NOT NULL,
    received_at  timestamptz      NOT NULL,
    status       text COLLATE "C" NOT NULL CHECK (status IN ('received', 'processed', 'ignored', 'unexplained')),
    attempts     integer          NOT NULL CHECK (attempts >= 0),
    due_at       timestamptz,
    processed_at timestamptz,
    account_id   text COLLATE "C",
    detail       text             CHECK (length(detail) <= 500),
    PRIMARY KEY (event_id, provider),
    CONSTRAINT due_as_long_as_received CHECK ((due_at IS NOT NULL) = (status = 'received') AND (processed_at IS NULL) = (status = 'received'))
);
COMMENT ON TABLE provider_event IS 'That a payment provider said that something has happened to one of its objects; nothing of what it said about it. It is a reason to ask for the object''s present state.';
COMMENT ON COLUMN provider_event.created_at IS 'By the provider''s clock.';
COMMENT ON COLUMN provider_event.attempts IS 'How often its object was asked for; due_at is when it is next.';
COMMENT ON COLUMN provider_event.account_id IS 'Whose payment it was; null: not known, or of no account.';
COMMENT ON COLUMN provider_event.detail IS 'Why it was ignored, is unexplained, or was not processed the last time: the service''s own words.';
CREATE INDEX provider_event_object ON provider_event (provider, object_id, created_at) WHERE status = 'received';
CREATE INDEX provider_event_newest ON provider_event (received_at, event_id);
CREATE INDEX provider_event_status ON provider_event (status, received_at, event_id);
CREATE INDEX provider_event_done ON provider_event (processed_at) WHERE status IN ('processed', 'ignored');

CREATE TABLE provider_object (
    provider   text COLLATE "C" NOT NULL CHECK (provider IN ('sandbox', 'stripe')),
    object_id  text COLLATE "C" NOT NULL,
    due_at     timestamptz      NOT NULL,
    claimed_by uuid,
    PRIMARY KEY (provider, object_id)
);
COMMENT ON TABLE provider_object IS 'The objects of payment providers that events have come for and that are to be asked for. All events of one are processed together.';
COMMENT ON COLUMN provider_object.due_at IS 'When it is to be asked for; while it is claimed, when the claim ends.';
CREATE INDEX provider_object_due ON provider_object (provider, due_at);
