-- EXAMPLE. The credits that Mavera publishes for its endpoints, which are the action ids. Ranges are debited with the actual amount.

WITH published (action, minimum, maximum) AS (VALUES
    ('/responses',          1,   5),
    ('/mave/chat',         10,  50),
    ('GET:/personas',       0,   0),
    ('POST:/personas',    300, 300),
    ('/focus-groups',      50, 200),
    ('/video-analyses',   100, 500),
    ('POST:/brand-voices', 50,  50)
)
INSERT INTO rate (action, effective_from, unit, minimum, maximum, card, note, created_at, author_type, author_id, author_name)
SELECT action, '1970-01-01T00:00:00Z', 'request', minimum * 1000000::bigint, maximum * 1000000::bigint, 'mavera', NULL, now(), 'job', 'shipped', 'Shipped with the service'
FROM published;

UPDATE rate_card SET revision = revision + 1;
