CREATE TABLE recharge_settings (
    account_id       text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account,
    enabled          boolean          NOT NULL,
    threshold        bigint           CHECK (threshold > 0),
    credits_to_add   bigint           CHECK (credits_to_add > 0),
    top_up_to        bigint           CHECK (top_up_to > 0),
    limit_per_period bigint           CHECK (limit_per_period > 0),
    payment_method   text COLLATE "C" CHECK (payment_method ~ '^[a-z_]{1,64}$'),
    switched_off     text COLLATE "C" CHECK (switched_off IN ('failures', 'uncredited', 'account_closed')),
    failures         integer          NOT NULL CHECK (failures >= 0),
    not_before       timestamptz,
    in_flight        uuid,
    period_start     timestamptz,
    recharged        bigint           NOT NULL CHECK (recharged >= 0),
    limit_reported   boolean          NOT NULL,
    checksum         bigint,
    CONSTRAINT one_size CHECK (num_nonnulls(credits_to_add, top_up_to) <= 1),
    CONSTRAINT complete_if_enabled CHECK (NOT enabled OR num_nonnulls(threshold, credits_to_add, top_up_to, limit_per_period) = 3),
    CONSTRAINT goes_above_the_threshold CHECK (top_up_to > threshold),
    CONSTRAINT one_recharge_fits CHECK (limit_per_period >= coalesce(credits_to_add, top_up_to)),
    CONSTRAINT switched_off_if_not_enabled CHECK (switched_off IS NULL OR NOT enabled),
    CONSTRAINT counted_of_a_period CHECK (period_start IS NOT NULL OR (recharged = 0 AND NOT limit_reported))
) WITH (fillfactor = 70);
COMMENT ON TABLE recharge_settings IS 'How an account buys credits by itself, where it has set that; and what decides whether it does now. Changed only under the account''s lock.';
COMMENT ON COLUMN recharge_settings.threshold IS 'Below this a recharge is made, in millionths as the others; on it none.';
COMMENT ON COLUMN recharge_settings.limit_per_period IS 'How many credits recharges may add within a month of the subscription.';
COMMENT ON COLUMN recharge_settings.payment_method IS 'One of those that the provider lets callers name; null: the default one.';
COMMENT ON COLUMN recharge_settings.switched_off IS 'Why the service has switched it off; null: it has not.';
COMMENT ON COLUMN recharge_settings.failures IS 'How many recharges have failed in a row; not_before is when the next may be made, by the real time.';
COMMENT ON COLUMN recharge_settings.recharged IS 'How many credits recharges have added in the period that starts at period_start, or are about to.';
COMMENT ON COLUMN recharge_settings.limit_reported IS 'Whether it was announced for that period that a recharge does not fit within the limit.';
-- Where waiting may be over.
CREATE INDEX recharge_settings_paused ON recharge_settings (not_before, account_id) WHERE not_before IS NOT NULL;

CREATE TABLE recharge (
    account_id     text COLLATE "C" NOT NULL,
    recharge_id    uuid             NOT NULL,
    status         text COLLATE "C" NOT NULL
        CHECK (status IN ('created', 'charging', 'unknown', 'pending', 'confirmation_needed', 'succeeded', 'uncredited', 'declined', 'expired')),
    credits        bigint           NOT NULL CHECK (credits > 0),
    payment_method text COLLATE "C",
    period_start   timestamptz      NOT NULL,
    created_at     timestamptz      NOT NULL,
    asked_at       timestamptz,
    ended_at       timestamptz,
    checksum       bigint,
    PRIMARY KEY (account_id, recharge_id),
    FOREIGN KEY (account_id, recharge_id) REFERENCES payment,
    CONSTRAINT ended_if_not_open CHECK ((ended_at IS NULL) = (status IN ('created', 'charging', 'unknown', 'pending', 'confirmation_needed'))),
    CONSTRAINT asked_if_charging CHECK (status NOT IN ('charging', 'unknown') OR asked_at IS NOT NULL)
) WITH (fillfactor = 70);
COMMENT ON TABLE recharge IS 'Credits that an account buys by itself: a state machine. Its payment, of the same id, has the price. Changed only under the account''s lock.';
COMMENT ON COLUMN recharge.period_start IS 'In which month of the subscription it counts, by the account''s time; created_at and ended_at are by that, too.';
COMMENT ON COLUMN recharge.asked_at IS 'When the provider was first asked for it, by the real time: how long it is safe to ask under the same key.';
-- One in flight per account.
CREATE UNIQUE INDEX recharge_in_flight ON recharge (account_id) WHERE ended_at IS NULL;
ALTER TABLE recharge_settings ADD CONSTRAINT in_flight_is_known FOREIGN KEY (account_id, in_flight) REFERENCES recharge;

CREATE TABLE recharge_queue (
    account_id  text COLLATE "C" NOT NULL,
    recharge_id uuid             NOT NULL,
    due_at      timestamptz      NOT NULL,
    claimed_by  uuid,
    attempts    integer          NOT NULL CHECK (attempts >= 0),
    PRIMARY KEY (account_id, recharge_id),
    FOREIGN KEY (account_id, recharge_id) REFERENCES recharge
) WITH (fillfactor = 70);
COMMENT ON TABLE recharge_queue IS 'Recharges whose provider is to be asked: written with the recharge and deleted once it has ended. By the real time; nothing is decided by it.';
COMMENT ON COLUMN recharge_queue.due_at IS 'When it is asked next; while a process is at it: until when, unless it has written down the outcome before.';
COMMENT ON COLUMN recharge_queue.claimed_by IS 'Fencing: a new id for each claim, so that a process that was too slow notices.';
CREATE INDEX recharge_queue_due ON recharge_queue (due_at, account_id, recharge_id);
