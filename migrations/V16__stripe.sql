CREATE TABLE stripe_customer (
    account_id  text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES account,
    customer_id text             NOT NULL CHECK (customer_id ~ '^[A-Za-z0-9_]{1,255}$'),
    created_at  timestamptz      NOT NULL
);
COMMENT ON TABLE stripe_customer IS 'Which customer an account is at Stripe. The customer there names the account in turn, and is used for no other.';
