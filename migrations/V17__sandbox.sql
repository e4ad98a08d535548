-- The payment provider that the service plays itself, with play money. These tables are that provider's, not the ledger's: the service learns what is
-- in them as it would from any provider. Nothing of them is there in earnest.
CREATE TABLE sandbox_page (
    page_id     text COLLATE "C" NOT NULL PRIMARY KEY CHECK (page_id ~ '^[0-9a-f]{32}$'),
    purchase_id uuid             NOT NULL UNIQUE,
    account_id  text COLLATE "C" NOT NULL,
    amount      numeric(18, 4)   NOT NULL CHECK (amount > 0),
    currency    text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    description text             NOT NULL,
    token       text COLLATE "C" NOT NULL CHECK (token ~ '^[0-9a-f]{32}$'),
    created_at  timestamptz      NOT NULL,
    expires_at  timestamptz      NOT NULL,
    closed_at   timestamptz
);
COMMENT ON TABLE sandbox_page IS 'Pages where people pay with play money. Knowing the id of one is enough to pay there.';
COMMENT ON COLUMN sandbox_page.token IS 'What a form of the page has to send, so that no other site''s form can.';
COMMENT ON COLUMN sandbox_page.closed_at IS 'Since when nothing is paid there any more; null: it is open until it expires.';

CREATE TABLE sandbox_payment (
    payment_id      text COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(payment_id) <= 255),
    purchase_id     uuid,
    account_id      text COLLATE "C",
    kind            text COLLATE "C" CHECK (kind IN ('checkout', 'recharge')),
    amount          numeric(18, 4)   NOT NULL CHECK (amount > 0),
    currency        text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    card            text COLLATE "C" CHECK (card IN ('card_ok', 'card_declined', 'card_confirm', 'card_slow', 'card_twice', 'card_never')),
    status          text COLLATE "C" NOT NULL CHECK (status IN ('pending', 'confirmation_needed', 'paid', 'declined', 'canceled')),
    confirmation_id text COLLATE "C" UNIQUE,
    created_at      timestamptz      NOT NULL,
    settles_at      timestamptz,
    paid_at         timestamptz,
    refunded        numeric(18, 4)   NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND amount),
    disputed        numeric(18, 4)   NOT NULL DEFAULT 0 CHECK (disputed BETWEEN 0 AND amount),
    CONSTRAINT purchase_whole CHECK (num_nulls(purchase_id, account_id, kind) IN (0, 3)),
    CONSTRAINT paid_at_a_time CHECK ((paid_at IS NOT NULL) = (status = 'paid'))
);
COMMENT ON TABLE sandbox_payment IS 'Payments of play money.';
COMMENT ON COLUMN sandbox_payment.settles_at IS 'When a pending one becomes paid by itself; null: it does not.';
CREATE INDEX sandbox_payment_newest ON sandbox_payment (created_at, payment_id);
CREATE INDEX sandbox_payment_purchase ON sandbox_payment (purchase_id);

CREATE TABLE sandbox_event (
    event_id   text COLLATE "C" NOT NULL PRIMARY KEY,
    type       text COLLATE "C" NOT NULL,
    object_id  text COLLATE "C" NOT NULL,
    created_at timestamptz      NOT NULL,
    due_at     timestamptz      NOT NULL
);
COMMENT ON TABLE sandbox_event IS 'What the sandbox is to announce to the service, from when on; gone once it has.';
COMMENT ON COLUMN sandbox_event.object_id IS 'The payment or subscription that it is about.';
CREATE INDEX sandbox_event_due ON sandbox_event (due_at);

CREATE TABLE sandbox_subscription (
    account_id           text COLLATE "C" NOT NULL PRIMARY KEY,
    plan_id              text,
    cancel_at_period_end boolean          NOT NULL,
    page_id              text COLLATE "C" NOT NULL UNIQUE CHECK (page_id ~ '^[0-9a-f]{32}$'),
    token                text COLLATE "C" NOT NULL CHECK (token ~ '^[0-9a-f]{32}$'),
    ordered_plan_id      text             NOT NULL,
    description          text             NOT NULL,
    open                 boolean          NOT NULL,
    created_at           timestamptz      NOT NULL
);
COMMENT ON TABLE sandbox_subscription IS 'Subscriptions that are paid with play money, one an account at most, each with the page where a plan was ordered last.';
COMMENT ON COLUMN sandbox_subscription.plan_id IS 'What is paid; null: nothing was yet.';
COMMENT ON COLUMN sandbox_subscription.open IS 'The page waits for an answer: ordered_plan_id is paid once it is confirmed.';
