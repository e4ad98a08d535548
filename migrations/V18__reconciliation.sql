-- What the payment provider has, held against what was ordered and credited here. Nothing is decided by it.
CREATE TABLE reconciliation (
    reconciliation_id uuid             NOT NULL PRIMARY KEY,
    provider          text COLLATE "C" NOT NULL CHECK (provider IN ('sandbox', 'stripe')),
    status            text COLLATE "C" NOT NULL CHECK (status IN ('running', 'succeeded', 'failed')),
    range_start       timestamptz      NOT NULL,
    range_end         timestamptz      NOT NULL,
    deep              boolean          NOT NULL,
    started_at        timestamptz      NOT NULL,
    claimed_until     timestamptz      NOT NULL,
    finished_at       timestamptz,
    compared          bigint           NOT NULL CHECK (compared >= 0),
    repaired          bigint           NOT NULL CHECK (repaired >= 0),
    unexplained       bigint           NOT NULL CHECK (unexplained >= 0),
    detail            text             CHECK (length(detail) BETWEEN 1 AND 500),
    CONSTRAINT range_forward CHECK (range_start < range_end),
    CONSTRAINT finished_unless_running CHECK ((finished_at IS NULL) = (status = 'running'))
);
COMMENT ON TABLE reconciliation IS 'When the provider''s payments were compared with those here, and what came of it.';
COMMENT ON COLUMN reconciliation.range_start IS 'When, by the provider''s clock, the payments were created that it covers: from then on, to before range_end.';
COMMENT ON COLUMN reconciliation.deep IS 'It reaches back as far as refunds and disputes do.';
COMMENT ON COLUMN reconciliation.claimed_until IS 'The process that runs it renews this as it goes; once it is over another may begin one.';
COMMENT ON COLUMN reconciliation.detail IS 'Why it failed, in the service''s own words.';
-- One at a time, whichever process runs it.
CREATE UNIQUE INDEX reconciliation_running ON reconciliation (provider) WHERE status = 'running';
CREATE INDEX reconciliation_newest ON reconciliation (started_at, reconciliation_id);
CREATE INDEX reconciliation_succeeded ON reconciliation (provider, finished_at) WHERE status = 'succeeded';

CREATE TABLE reconciled_payment (
    provider_payment_id text COLLATE "C" NOT NULL CHECK (length(provider_payment_id) BETWEEN 1 AND 255),
    provider            text COLLATE "C" NOT NULL CHECK (provider IN ('sandbox', 'stripe')),
    account_id          text COLLATE "C" NOT NULL,
    payment_id          uuid             NOT NULL,
    purpose             text COLLATE "C" NOT NULL CHECK (purpose IN ('checkout', 'recharge')),
    amount              numeric(18, 4)   NOT NULL CHECK (amount > 0),
    currency            text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    refunded            numeric(18, 4)   NOT NULL CHECK (refunded >= 0),
    disputed            numeric(18, 4)   NOT NULL CHECK (disputed >= 0),
    credits             bigint           CHECK (credits > 0),
    claimed             bigint           CHECK (claimed BETWEEN 0 AND credits),
    status              text COLLATE "C" NOT NULL CHECK (status IN ('matched', 'repaired', 'unexplained')),
    reason              text COLLATE "C",
    created_at          timestamptz      NOT NULL,
    compared_at         timestamptz      NOT NULL,
    PRIMARY KEY (provider_payment_id, provider),
    CONSTRAINT reason_unless_matched CHECK ((reason IS NULL) = (status = 'matched'))
);
COMMENT ON TABLE reconciled_payment IS 'Money that the provider has taken for a purchase of this service, or was to have taken, as the last reconciliation that came by found it. Account and payment are what the provider says that it is for: there may be none.';
COMMENT ON COLUMN reconciled_payment.credits IS 'What was ordered for it, in millionths; claimed is how many of them were clawed back. Null: nothing was.';
COMMENT ON COLUMN reconciled_payment.created_at IS 'By the provider''s clock.';
CREATE INDEX reconciled_payment_newest ON reconciled_payment (created_at, provider_payment_id);
CREATE INDEX reconciled_payment_status ON reconciled_payment (status, created_at, provider_payment_id);

-- Those that were paid in a time, over all accounts.
CREATE INDEX payment_settled ON payment (provider, paid_at) WHERE status IN ('paid', 'uncredited');
