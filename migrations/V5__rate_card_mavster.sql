-- EXAMPLE. Mavster publishes no prices: these show how to price by what the work is, and are to be replaced by later versions.
--
-- The scheme of the action ids: what the work is, then how it was resolved, then ":region" where only a part of the screen was looked at.
--   tap | visual-assert | scroll | drag | wait-until  :  scratch | memory-hit | memory-miss  [ :region ]
-- A memory hit is much cheaper, and not free: it is still verified. A memory miss costs what the work costs without memory. A region costs
-- 60 % of the whole screen. wait-until is charged for each evaluation of its condition, everything else for each step.
--   segmentation  :  none | auto | auto:cache-hit | force-fresh
-- "auto" is charged once for each changed screen, "force-fresh" each time, at the same price; none and a cache hit are free.
--   self-healing:round      for each round, whatever the end: a round that ends exhausted has done the same work.
--   keyboard | wait | built-in      free. They are on the card so that they are known, and count in usage.

WITH work (action, unit, credits) AS (VALUES
    ('tap',           'step',       1.0),
    ('visual-assert', 'step',       2.0),
    ('scroll',        'step',       0.5),
    ('drag',          'step',       1.5),
    ('wait-until',    'evaluation', 0.5)
), resolved (how, factor, why) AS (VALUES
    ('scratch',     1.0, 'Resolved without memory.'),
    ('memory-hit',  0.1, 'Found in memory and verified.'),
    ('memory-miss', 1.0, 'Not found in memory: the same work as from scratch.')
), looked_at (part, share, extent) AS (VALUES
    ('',        1.0, 'The whole screen.'),
    (':region', 0.6, 'A region of interest smaller than the screen.')
), priced (action, unit, credits, note) AS (
    SELECT action || ':' || how || part, unit, credits * factor * share, why || ' ' || extent
    FROM work, resolved, looked_at
    UNION ALL VALUES
    ('segmentation:none',           'step',           0.0,  'No segmentation.'),
    ('segmentation:auto',           'changed screen', 0.75, 'Once for each changed screen.'),
    ('segmentation:auto:cache-hit', 'screen',         0.0,  'A screen that was segmented before.'),
    ('segmentation:force-fresh',    'screen',         0.75, 'Every time, also for a screen that was segmented before.'),
    ('self-healing:round',          'round',          3.0,  'Each round, whatever its end: also the last one of a healing that ends exhausted.'),
    ('keyboard',                    'step',           0.0,  'Typing and keys need no resolving.'),
    ('wait',                        'step',           0.0,  'Waiting for a time.'),
    ('built-in',                    'step',           0.0,  'Steps that the runner carries out by itself.')
)
INSERT INTO rate (action, effective_from, unit, minimum, maximum, card, note, created_at, author_type, author_id, author_name)
SELECT action, '1970-01-01T00:00:00Z', unit, (credits * 1000000)::bigint, (credits * 1000000)::bigint, 'mavster',
       'Example, not a published price. ' || note, now(), 'job', 'shipped', 'Shipped with the service'
FROM priced;

UPDATE rate_card SET revision = revision + 1;
