# PIVOT, UNPIVOT, UNNEST, samples
PIVOT sales ON year USING sum(amount) GROUP BY region ORDER BY region
PIVOT sales ON quarter USING sum(amount), count(*) AS n GROUP BY region ORDER BY region
PIVOT sales ON year IN (2023, 2024) USING max(amount) GROUP BY region ORDER BY region
PIVOT sales ON year, quarter USING sum(amount) GROUP BY region ORDER BY region
FROM sales PIVOT (sum(amount) FOR year IN (2023, 2024) GROUP BY region) ORDER BY region
SELECT * FROM sales PIVOT (sum(amount) AS s, count(*) AS n FOR quarter IN (1, 2) GROUP BY region) ORDER BY region
SELECT * FROM (PIVOT sales ON year USING sum(amount) GROUP BY region) ORDER BY region
UNPIVOT wide ON jan, feb, mar INTO NAME month VALUE amount ORDER BY ALL
UNPIVOT wide ON COLUMNS(* EXCLUDE (key)) INTO NAME month VALUE amount ORDER BY ALL
FROM wide UNPIVOT (amount FOR month IN (jan, feb, mar)) ORDER BY ALL
SELECT * FROM wide UNPIVOT INCLUDE NULLS (amount FOR month IN (jan, feb)) ORDER BY ALL
SELECT * FROM wide UNPIVOT ((a, b) FOR half IN ((jan, feb) AS first, (feb, mar) AS second)) ORDER BY ALL
SELECT unnest([1, 2, 3]) AS n
SELECT id, unnest(tags) AS t FROM birds WHERE id < 4 ORDER BY ALL
SELECT unnest({'a': 1, 'b': 2})
SELECT unnest([{'a': 1, 'b': 2}, {'a': 3, 'b': 4}], recursive := true)
SELECT unnest([[1, 2], [3]], recursive := true) AS n
SELECT unnest([1, 2]) AS a, unnest(['x', 'y', 'z']) AS b
SELECT u.t, count(*) AS n FROM birds, unnest(tags) u(t) GROUP BY u.t ORDER BY u.t
SELECT i, n FROM (SELECT 1 AS i), unnest([10, 20]) WITH ORDINALITY u(n, o) ORDER BY o
SELECT generate_subscripts([7, 8, 9], 1) AS i
SELECT count(*) AS n FROM birds USING SAMPLE 10 ROWS
SELECT count(*) AS n FROM birds TABLESAMPLE reservoir(3 ROWS)
SELECT id FROM birds USING SAMPLE reservoir(4 ROWS) REPEATABLE (7) ORDER BY id
SELECT count(*) BETWEEN 0 AND 30 AS b FROM birds TABLESAMPLE bernoulli(50 PERCENT)
SELECT count(*) AS n FROM birds USING SAMPLE 100%
PIVOT (SELECT city, plan, y FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0) ON plan USING max(y) GROUP BY city ORDER BY city
PIVOT (FROM PREDICT(MODEL offer, TABLE birds) SELECT city, verdict) ON verdict USING count(*) GROUP BY city ORDER BY city
SELECT * FROM (SELECT city, hundreds, y FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0) PIVOT (max(y) FOR hundreds IN (0, 1, 2) GROUP BY city) ORDER BY city
FROM (PIVOT (SELECT city, plan, PREDICT(MODEL value, ones, 0, 0, 0) AS v FROM birds) ON plan USING sum(v) GROUP BY city) ORDER BY city
WITH p AS (SELECT city, plan, y FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0) PIVOT p ON plan USING sum(y) GROUP BY city ORDER BY city
UNPIVOT (SELECT id, y, ones::FLOAT AS ones FROM PREDICT(MODEL value, TABLE birds)) ON y, ones INTO NAME what VALUE amount ORDER BY ALL
SELECT * FROM (SELECT id, y, ones::FLOAT AS o FROM PREDICT(MODEL value, TABLE birds)) UNPIVOT (amount FOR what IN (y, o)) ORDER BY ALL
UNPIVOT (SELECT id, PREDICT(MODEL value) AS v, ones::FLOAT AS o FROM birds) ON v, o INTO NAME n VALUE x ORDER BY ALL
SELECT id, y FROM PREDICT(MODEL value, (SELECT key AS id, jan AS ones, feb AS tens, mar AS hundreds, 0 AS thousands FROM wide)) ORDER BY id
SELECT id, unnest(tags) AS t, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY ALL
SELECT id, unnest([y, ones]) AS n FROM PREDICT(MODEL value, TABLE birds) ORDER BY ALL
SELECT u.t, max(y) AS m FROM PREDICT(MODEL value, TABLE birds) p, unnest(p.tags) u(t) WHERE p.tens >= 0 GROUP BY u.t ORDER BY u.t
SELECT id, unnest(place), y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT unnest([PREDICT(MODEL value), 1]) AS n FROM birds ORDER BY n
SELECT y FROM PREDICT(MODEL value, (SELECT unnest([1, 2, 3]) AS ones, 0 AS tens, 0 AS hundreds, 0 AS thousands)) ORDER BY y
SELECT count(*) AS n FROM PREDICT(MODEL value, TABLE birds) USING SAMPLE 5 ROWS
SELECT count(*) AS n FROM PREDICT(MODEL value, (FROM birds USING SAMPLE 7 ROWS))
SELECT count(*) AS n FROM PREDICT(MODEL value, TABLE birds) p TABLESAMPLE reservoir(4 ROWS)
SELECT id, y FROM PREDICT(MODEL value, (FROM birds USING SAMPLE reservoir(5 ROWS) REPEATABLE (42))) ORDER BY id
