-- EXAMPLE. The credits that Mavera publishes for its endpoints, which are the action ids. Ranges are debited with the actual amount.

WITH published (action, minimum, maximum, note) AS (VALUES
    ('/responses',          1,   5, 'Depends on the tokens.'),
    ('/mave/chat',         10,  50, 'Depends on how complex the research is.'),
    ('GET:/personas',       0,   0, 'Free.'),
    ('POST:/personas',    300, 300, 'Creation of a custom persona.'),
    ('/focus-groups',      50, 200, 'Depends on the sample size and the questions.'),
    ('/video-analyses',   100, 500, 'Depends on the length of the video.'),
    ('POST:/brand-voices', 50,  50, 'Creation of a brand voice.')
)
INSERT INTO rate (action, effective_from, unit, minimum, maximum, card, note, created_at, author_type, author_id, author_name)
SELECT action, '1970-01-01T00:00:00Z', 'request', minimum * 1000000::bigint, maximum * 1000000::bigint, 'mavera', note, now(), 'job', 'shipped', 'Shipped with the service'
FROM published;

UPDATE rate_card SET revision = revision + 1;
