-- A clock of an account's own, for trying things out. Where it is null it takes no room in the row that is locked.
ALTER TABLE account_balance ADD COLUMN test_clock timestamptz;
COMMENT ON COLUMN account_balance.test_clock IS 'What time it is for this account; it stands still until it is advanced, and never goes back. Null, as of all but trials: the real time.';

ALTER TABLE subscription ADD COLUMN on_test_clock boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN subscription.on_test_clock IS 'Its account has a clock of its own, and renews as that is advanced: the renewal job never sees it.';

DROP INDEX subscription_due;
CREATE INDEX subscription_due ON subscription (period_end) WHERE status IN ('active', 'trialing') AND NOT on_test_clock;
