# A query a line, each in every way: planned, cut, inline; compared with plain DuckDB.

# Rows and columns
SELECT * FROM PREDICT(MODEL value, TABLE birds)
SELECT * FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
FROM PREDICT(MODEL value, TABLE birds) SELECT id, y ORDER BY id
SELECT * FROM TABLE(PREDICT(MODEL value, TABLE birds)) AS p ORDER BY p.id
SELECT p.* FROM PREDICT(MODEL value, TABLE birds) AS p ORDER BY p.id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) AS p ORDER BY id DESC
SELECT * EXCLUDE (name, big, tags) FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT * EXCLUDE (y) FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT * REPLACE (y * 2 AS y) FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT * RENAME (y AS worth) FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT COLUMNS('^(id|y|o.*)$') FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT COLUMNS(lambda c: c LIKE 'h%'), y FROM PREDICT(MODEL value, TABLE birds)
SELECT min(COLUMNS(['id', 'y'])) FROM PREDICT(MODEL value, TABLE birds)
SELECT "sel ect", "Größe", y FROM PREDICT(MODEL value, TABLE "odd names") ORDER BY 1
SELECT "from", upper("Größe") AS "SELECT" FROM PREDICT(MODEL value, TABLE "odd names") ORDER BY "sel ect"
SELECT ID, Y FROM PREDICT(MODEL VALUE, TABLE Birds) ORDER BY Id
SELECT id, y FROM PREDICT(MODEL value, TABLE aviary.birds) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE memory.aviary.birds) p ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE young) ORDER BY id
SELECT id, verdict, chances['stay'] AS c FROM PREDICT(MODEL offer, TABLE birds) ORDER BY id
SELECT id, chances FROM PREDICT(MODEL offer, TABLE birds) ORDER BY id
SELECT id, map_keys(chances) AS k, cardinality(chances) AS n FROM PREDICT(MODEL offer, TABLE birds) ORDER BY id
SELECT id, echo FROM PREDICT(MODEL echo, TABLE birds) ORDER BY id
SELECT 1 AS one, NULL AS none, 'x' AS text FROM PREDICT(MODEL value, TABLE birds)
SELECT id, y, y AS again, id AS id FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT weight, big, mood, seen, woke, place, keys, tags, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT place.x, place.z AS z, tags[1] AS t, keys['k'] AS k FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT lean, y FROM PREDICT(MODEL lean, (SELECT * FROM PREDICT(MODEL value, TABLE birds))) ORDER BY id
SELECT id, y, ones FROM PREDICT(MODEL value, TABLE birds, DESCRIPTOR(id, ones, tens, hundreds)) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (SELECT id, thousands, hundreds, tens, ones FROM birds)) ORDER BY id
SELECT x.id i, x.y w FROM PREDICT(MODEL value, TABLE birds) x ORDER BY i
SELECT a, b FROM PREDICT(MODEL value, (SELECT ones, tens, hundreds, thousands FROM birds)) AS p(a, b)

# Filters
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) WHERE id > 10 ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) WHERE y > 1000 ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) WHERE id > 10 AND y > 1000 AND city IS NOT NULL ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) WHERE id > 25 OR y > 2000 ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) WHERE NOT (y > 1000) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE isnan(y) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE y = 'NaN'::FLOAT ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE city = 'Αθήνα' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE city IS NULL OR city <> 'Roma' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE city IS NOT DISTINCT FROM NULL ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE city LIKE 'D%' AND name ILIKE '%BIRD%' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE name SIMILAR TO 'bird [0-9]' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE name ~ 'bird 1.' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE id BETWEEN 3 AND 7 ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE id IN (1, 2, 33) OR city NOT IN ('Roma', 'Delphi') ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE mood = 'wild' ORDER BY id
SELECT id, mood FROM PREDICT(MODEL value, TABLE birds) WHERE mood > 'calm' ORDER BY mood, id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE seen >= DATE '2024-03-01' AND woke < TIMESTAMP '2024-01-02 03:00:00' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE seen > '2024-03-01' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE list_contains(tags, 't1') AND place.x > 10 ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE 'u1' IN tags ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE chr(65) = 'A' AND true ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE false
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE NULL
SELECT id, weight FROM PREDICT(MODEL value, TABLE birds) WHERE weight > 12.5 AND weight * 2 < 60 ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE big > 3403000000000000000000000000000 ORDER BY id
SELECT id FROM PREDICT(MODEL offer, TABLE birds) WHERE verdict = 'stay' AND chances['stay'] > 0.6 ORDER BY id

# Expressions
SELECT id, CASE WHEN y > 2000 THEN 'high' WHEN y > 1000 THEN 'mid' ELSE 'low' END AS band FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, CASE city WHEN 'Roma' THEN y ELSE -y END AS signed FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, y::INTEGER AS i, CAST(y AS DECIMAL(12, 3)) AS d, TRY_CAST(name AS INTEGER) AS n, y::VARCHAR AS t FROM PREDICT(MODEL value, TABLE birds) WHERE NOT isnan(y) ORDER BY id
SELECT id, y + 1 AS a, y * 2.5 AS b, y / 3 AS c, id // 4 AS d, id % 4 AS e, -y AS f, y - ones AS g, id ** 2 AS h FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, 7 / 2 AS a, id / 2 AS b, weight / 3 AS c, weight + 1 AS d, weight * weight AS e FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT upper(city) AS u, city || '-' || id AS c, length(name) AS l, substring(name, 1, 4) AS s, replace(name, 'bird', 'b') AS r FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT concat(city, '/', plan) AS c, concat_ws('+', city, plan) AS w, coalesce(city, 'none') AS n, nullif(plan, '') AS p, ifnull(plan, '?') AS q FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT name[1:4] AS a, name[6] AS b, tags[1:1] AS c FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT format('{}: {:.1f}', id, y) AS f, printf('%d', id) AS p FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT year(seen) AS y1, date_trunc('month', seen) AS m, seen + INTERVAL 1 DAY AS n, extract(dow FROM seen) AS d, strftime(woke, '%H') AS h FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT date_diff('day', seen, DATE '2025-01-01') AS d, seen - DATE '2024-01-01' AS e, age(woke, TIMESTAMP '2024-01-01') AS a FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT list_transform(tags, lambda t: t || id) AS l FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT [t || '!' FOR t IN tags IF t <> 't0'] AS l FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT {'id': id, 'worth': y} AS s, [y, 1] AS l, MAP {'y': y} AS m FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, y IS NULL AS n, y IS DISTINCT FROM 5 AS d, y BETWEEN 0 AND 100 AS b, isnan(y) AS i FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT greatest(y, id) AS g, least(ones, tens) AS l, round(y / 7, 2) AS r, floor(y / 7) AS f, abs(-y) AS a, sqrt(id) AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, city COLLATE NOCASE AS c FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT if(y > 100, 'a', 'b') AS i, id::VARCHAR || y::VARCHAR AS t FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT to_json({'y': y}) AS j, '{"a": 5}'::JSON ->> 'a' AS a FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, y AS a, a + 1 AS b FROM PREDICT(MODEL value, TABLE birds) WHERE b > 100 ORDER BY b, id
SELECT 'it''s' AS a, E'x\ty' AS b, $$dollar$$ AS c, 1_000 AS d, 1e3 AS f, .5 AS g FROM PREDICT(MODEL value, (SELECT * FROM birds WHERE id = 1))
SELECT typeof(y) AS t, typeof(weight * 2) AS w, typeof(id + 1) AS i, typeof(1.5 + y) AS d FROM PREDICT(MODEL value, TABLE birds) LIMIT 1
SELECT id & 3 AS a, id | 8 AS b, xor(id, 1) AS x, id << 2 AS s, ~id AS n FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT NOT y > 5 AND id < 4 OR id = 9 AS p, 2 + 3 * id - 4 AS q, -id ** 2 AS r, 10 - 4 - id AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT a + b::INT AS s FROM (SELECT y AS a, '3' AS b FROM PREDICT(MODEL value, TABLE birds) WHERE NOT isnan(y)) ORDER BY s

# Order and limit
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY y, id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY y DESC NULLS LAST, id DESC
SELECT id, city FROM PREDICT(MODEL value, TABLE birds) ORDER BY city NULLS FIRST, id
SELECT id, city FROM PREDICT(MODEL value, TABLE birds) ORDER BY city DESC NULLS FIRST, id
SELECT id, city FROM PREDICT(MODEL value, TABLE birds) ORDER BY city, id LIMIT 5
SELECT id FROM PREDICT(MODEL value, TABLE birds) ORDER BY id LIMIT 3 OFFSET 4
SELECT id FROM PREDICT(MODEL value, TABLE birds) ORDER BY id OFFSET 27
SELECT id FROM PREDICT(MODEL value, TABLE birds) ORDER BY y DESC, id LIMIT 4
SELECT id FROM PREDICT(MODEL value, TABLE birds) ORDER BY id LIMIT 0
SELECT id FROM PREDICT(MODEL value, TABLE birds) ORDER BY id LIMIT (SELECT 2)
SELECT id FROM PREDICT(MODEL value, TABLE birds) ORDER BY id LIMIT 10%
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY ALL
SELECT city, plan, id FROM PREDICT(MODEL value, TABLE birds) ORDER BY 1, 2 DESC, 3
SELECT id FROM PREDICT(MODEL value, (SELECT * FROM birds ORDER BY id DESC LIMIT 4)) ORDER BY id
SELECT id, y FROM (SELECT * FROM PREDICT(MODEL value, TABLE birds) ORDER BY y, id LIMIT 8) WHERE id > 9 ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) ORDER BY lower(city), y + 1, id
SELECT count(*) AS n FROM (SELECT * FROM PREDICT(MODEL value, TABLE birds) LIMIT 7)

# Aggregates
SELECT count(*) FROM PREDICT(MODEL value, TABLE birds)
SELECT count(*) AS n, count(city) AS c, count(DISTINCT city) AS d, min(id) AS a, max(name) AS z FROM PREDICT(MODEL value, TABLE birds)
SELECT sum(y) AS s, avg(y) AS m FROM PREDICT(MODEL value, TABLE birds) WHERE tens IS NOT NULL
SELECT city, count(*) AS n, max(y) AS m FROM PREDICT(MODEL value, TABLE birds) GROUP BY city ORDER BY city
SELECT city, plan, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY ALL ORDER BY ALL
SELECT city, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY 1 HAVING n > 5 ORDER BY 1
SELECT y > 1000 AS high, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY high ORDER BY high
SELECT city, sum(y) FILTER (WHERE id > 10) AS s FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 GROUP BY city ORDER BY city
SELECT city, plan, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY ROLLUP (city, plan) ORDER BY ALL
SELECT city, plan, grouping(city) AS g, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY GROUPING SETS ((city), (plan), ()) ORDER BY ALL
SELECT city, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY CUBE (city) ORDER BY ALL
SELECT string_agg(name, ',' ORDER BY id) AS l, list(y ORDER BY id DESC) AS m FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0
SELECT arg_max(id, y) AS a, first(id ORDER BY y, id) AS f, mode(city) AS o FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 AND city = 'Roma'
SELECT median(y) AS m, quantile_cont(y, [0.25, 0.75]) AS q, round(stddev_samp(ones), 6) AS s, approx_count_distinct(id) > 0 AS a FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0
SELECT histogram(ones) AS h, bool_or(y > 1) AS b, bit_and(id) AS i FROM PREDICT(MODEL value, TABLE birds)
SELECT DISTINCT city FROM PREDICT(MODEL value, TABLE birds) ORDER BY city
SELECT DISTINCT city, y > 1000 AS h FROM PREDICT(MODEL value, TABLE birds) ORDER BY ALL
SELECT DISTINCT ON (city) city, id FROM PREDICT(MODEL value, TABLE birds) ORDER BY city, y DESC, id
SELECT count(DISTINCT y) AS n FROM PREDICT(MODEL value, TABLE birds)
SELECT verdict, count(*) AS n, avg(chances['stay']) > 0 AS p FROM PREDICT(MODEL offer, TABLE birds) GROUP BY verdict ORDER BY verdict
SELECT sum(id) AS s FROM PREDICT(MODEL value, TABLE birds) WHERE false
SELECT city, sum(weight) AS w, sum(big) AS b, avg(weight) AS a, sum(hundreds) AS h FROM PREDICT(MODEL value, TABLE birds) GROUP BY city ORDER BY city

# Windows
SELECT id, row_number() OVER (ORDER BY id) AS r FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, rank() OVER (PARTITION BY city ORDER BY y DESC NULLS LAST) AS r FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, sum(y) OVER (PARTITION BY city ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, lag(y, 2, 0) OVER (ORDER BY id) AS l, lead(id) OVER w AS m FROM PREDICT(MODEL value, TABLE birds) WINDOW w AS (ORDER BY id DESC) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) QUALIFY row_number() OVER (PARTITION BY city ORDER BY y DESC, id) = 1 ORDER BY id
SELECT id, ntile(3) OVER (ORDER BY id) AS n, percent_rank() OVER (ORDER BY id) AS p FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, first_value(name) OVER (PARTITION BY plan ORDER BY id) AS f, nth_value(id, 2) OVER (PARTITION BY plan ORDER BY id) AS n FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, avg(ones) OVER (ORDER BY seen RANGE BETWEEN INTERVAL 10 DAYS PRECEDING AND CURRENT ROW) AS a FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT city, sum(y) AS s, rank() OVER (ORDER BY sum(id)) AS r FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 GROUP BY city ORDER BY city
SELECT * FROM (SELECT id, dense_rank() OVER (ORDER BY city) AS d FROM PREDICT(MODEL value, TABLE birds)) WHERE id > 20 AND d > 1 ORDER BY id

# Joins
SELECT p.id, o.owner FROM PREDICT(MODEL value, TABLE birds) p JOIN owners o ON p.city = o.city ORDER BY ALL
SELECT p.id, o.owner, p.y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN owners o ON p.city = o.city AND p.y > 100 ORDER BY ALL
SELECT id, owner, city FROM PREDICT(MODEL value, TABLE birds) JOIN owners USING (city) ORDER BY ALL
SELECT * FROM PREDICT(MODEL echo, (SELECT id, city FROM birds)) NATURAL JOIN owners ORDER BY ALL
SELECT p.id, o.owner FROM owners o RIGHT JOIN PREDICT(MODEL value, TABLE birds) p ON o.city = p.city AND o.number < 3 ORDER BY ALL
SELECT p.id, o.owner FROM PREDICT(MODEL value, TABLE birds) p FULL JOIN owners o ON p.city = o.city ORDER BY ALL
SELECT count(*) AS n FROM PREDICT(MODEL value, TABLE birds), owners
SELECT p.id, o.owner FROM PREDICT(MODEL value, TABLE birds) p CROSS JOIN owners o WHERE p.ones = o.number ORDER BY ALL
SELECT p.id FROM PREDICT(MODEL value, TABLE birds) p SEMI JOIN owners o ON p.city = o.city ORDER BY p.id
SELECT p.id FROM PREDICT(MODEL value, TABLE birds) p ANTI JOIN owners o ON p.city = o.city ORDER BY p.id
SELECT p.id, o.owner FROM PREDICT(MODEL value, TABLE birds) p ASOF JOIN owners o ON p.seen >= o.since ORDER BY ALL
SELECT p.id, o.owner FROM PREDICT(MODEL value, TABLE birds) p ASOF LEFT JOIN owners o ON p.city = o.city AND p.seen >= o.since ORDER BY ALL
SELECT a.id, a.y, b.lean FROM PREDICT(MODEL value, TABLE birds) a JOIN PREDICT(MODEL lean, TABLE birds) b ON a.id = b.id ORDER BY a.id
SELECT a.id, b.id AS other FROM PREDICT(MODEL value, TABLE birds) a JOIN PREDICT(MODEL value, TABLE birds) b ON a.y = b.y AND a.id < b.id ORDER BY ALL
SELECT a.id, a.y - b.y AS d FROM PREDICT(MODEL value, TABLE birds) a LEFT JOIN PREDICT(MODEL value, TABLE young) b USING (id) ORDER BY id
SELECT p.id, o.owner FROM PREDICT(MODEL value, TABLE birds) p JOIN owners o ON p.id > o.number * 8 AND p.y > 500 ORDER BY ALL
SELECT x.n, p.y FROM range(1, 5) x(n) JOIN PREDICT(MODEL value, TABLE birds) p ON p.id = x.n ORDER BY 1
SELECT p.id, t.tag FROM PREDICT(MODEL value, TABLE birds) p, unnest(p.tags) AS t(tag) ORDER BY ALL
SELECT p.id, o.owner FROM PREDICT(MODEL value, TABLE birds) p, LATERAL (SELECT owner FROM owners o WHERE o.city = p.city LIMIT 1) o WHERE p.id <> 2 AND p.city = 'Delphi' ORDER BY ALL
SELECT p.id, q.m FROM PREDICT(MODEL value, TABLE birds) p JOIN (SELECT city, max(y) AS m FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 GROUP BY city) q ON p.city = q.city AND p.y = q.m ORDER BY p.id
SELECT p.id FROM PREDICT(MODEL value, TABLE birds) p POSITIONAL JOIN owners ORDER BY ALL
SELECT a.id FROM birds a JOIN PREDICT(MODEL value, TABLE birds) p ON a.id = p.id JOIN owners o ON o.city = a.city WHERE p.y > 10 ORDER BY ALL

# Subqueries, correlated ones too
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE city IN (SELECT city FROM owners) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE city NOT IN (SELECT city FROM owners) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) p WHERE EXISTS (SELECT 1 FROM owners o WHERE o.city = p.city AND o.number < p.id) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) p WHERE NOT EXISTS (FROM owners o WHERE o.city = p.city) ORDER BY id
SELECT id, (SELECT max(owner) FROM owners o WHERE o.city = p.city) AS o FROM PREDICT(MODEL value, TABLE birds) p ORDER BY id
SELECT id FROM birds b WHERE id = (SELECT max(id) FROM PREDICT(MODEL value, TABLE birds) p WHERE p.city = b.city) ORDER BY id
SELECT id, (SELECT count(*) FROM PREDICT(MODEL value, TABLE birds) p WHERE p.y > b.id * 100) AS n FROM birds b ORDER BY id
SELECT id FROM birds WHERE id IN (SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE y > 2000) ORDER BY id
SELECT owner, (SELECT max(y) FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0) AS m FROM owners ORDER BY owner
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE y > (SELECT avg(ones) * 200 FROM birds) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE id > ALL (SELECT number FROM owners) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE id = ANY (SELECT number FROM owners) ORDER BY id
SELECT ARRAY(SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE y > 2500 ORDER BY id) AS ids
SELECT (SELECT y FROM PREDICT(MODEL value, TABLE birds) WHERE id = 7) AS y
SELECT * FROM (SELECT id, y FROM PREDICT(MODEL value, TABLE birds)) p WHERE p.id < 4 ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (SELECT b.* FROM birds b JOIN owners o ON b.city = o.city AND o.number = 1)) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (FROM birds WHERE id % 2 = 0)) ORDER BY id
SELECT * FROM PREDICT(MODEL value, (SELECT 1 AS ones, 2 AS tens, 3 AS hundreds, 4 AS thousands))
SELECT * FROM PREDICT(MODEL value, (VALUES (1, 2, 3, 4), (5, 6, 7, NULL)), DESCRIPTOR(col0, col1, col2, col3)) ORDER BY 1
SELECT city, y FROM PREDICT(MODEL value, (SELECT city, max(ones) AS ones, min(tens) AS tens, max(hundreds) AS hundreds, max(thousands) AS thousands FROM birds GROUP BY city)) ORDER BY city

# WITH
WITH p AS (SELECT * FROM PREDICT(MODEL value, TABLE birds)) SELECT id, y FROM p WHERE y > 1000 ORDER BY id
WITH p AS (SELECT * FROM PREDICT(MODEL value, TABLE birds)) SELECT a.id, b.y FROM p a JOIN p b ON a.id = b.id + 1 ORDER BY a.id
WITH p AS MATERIALIZED (SELECT * FROM PREDICT(MODEL value, TABLE birds)) SELECT count(*) AS n, (SELECT max(id) FROM p) AS m FROM p
WITH f AS (SELECT * FROM birds WHERE id > 3), p AS (SELECT * FROM PREDICT(MODEL value, TABLE f)) SELECT id, y FROM p WHERE id IN (SELECT id + 1 FROM f) ORDER BY id
WITH p(i, w) AS (SELECT id, y FROM PREDICT(MODEL value, TABLE birds)) SELECT w, i FROM p ORDER BY i
WITH birds AS (SELECT * FROM aviary.birds WHERE id < 4) SELECT id, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
WITH unused AS (SELECT * FROM PREDICT(MODEL value, TABLE birds)) SELECT id FROM birds ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (WITH s AS (SELECT * FROM birds WHERE id > 20) SELECT * FROM s)) ORDER BY id
WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 6) SELECT r.i, p.y FROM r JOIN PREDICT(MODEL value, TABLE birds) p ON p.id = r.i ORDER BY i
WITH RECURSIVE r AS (SELECT 1 AS ones, 2 AS tens, 3 AS hundreds, 0 AS thousands UNION ALL SELECT ones + 1, tens, hundreds, thousands FROM r WHERE ones < 4) SELECT ones, y FROM PREDICT(MODEL value, TABLE r) ORDER BY ones
WITH RECURSIVE r AS (SELECT id, y FROM PREDICT(MODEL value, TABLE birds) WHERE id = 1 UNION ALL SELECT p.id, p.y FROM r JOIN PREDICT(MODEL value, TABLE birds) p ON p.id = r.id + 1 WHERE r.id < 5) SELECT * FROM r ORDER BY id

# Set operations
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) UNION ALL SELECT id, lean FROM PREDICT(MODEL lean, TABLE birds) ORDER BY 1, 2
SELECT city FROM PREDICT(MODEL value, TABLE birds) UNION SELECT city FROM owners ORDER BY 1
SELECT city FROM PREDICT(MODEL value, TABLE birds) INTERSECT SELECT city FROM owners ORDER BY 1
SELECT city FROM PREDICT(MODEL value, TABLE birds) EXCEPT SELECT city FROM owners ORDER BY 1
SELECT city FROM PREDICT(MODEL value, TABLE birds) EXCEPT ALL SELECT city FROM owners ORDER BY 1
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) UNION ALL BY NAME SELECT number AS id, owner FROM owners ORDER BY ALL
(SELECT id FROM PREDICT(MODEL value, TABLE birds) ORDER BY y DESC, id LIMIT 2) UNION ALL (SELECT number FROM owners) ORDER BY 1
SELECT ones FROM PREDICT(MODEL value, TABLE birds) UNION SELECT y FROM PREDICT(MODEL value, TABLE birds) ORDER BY 1
SELECT * FROM (SELECT id FROM PREDICT(MODEL value, TABLE birds) UNION ALL SELECT number FROM owners) WHERE id < 5 ORDER BY 1
SELECT id, y FROM PREDICT(MODEL value, (SELECT * FROM birds WHERE id < 4 UNION ALL SELECT * FROM aviary.birds)) ORDER BY 1, 2

# Files
SELECT id, y FROM PREDICT(MODEL value, (SELECT * FROM read_parquet('$folder/birds_*.parquet'))) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (SELECT * FROM '$folder/birds_1.parquet')) ORDER BY id
SELECT id, y, filename LIKE '%_2.parquet' AS second FROM PREDICT(MODEL value, (SELECT * FROM read_parquet(['$folder/birds_1.parquet', '$folder/birds_2.parquet'], filename = true))) ORDER BY id
SELECT id, city, y FROM PREDICT(MODEL value, (SELECT * FROM read_csv('$folder/*.csv'))) ORDER BY id
SELECT id, tags, y FROM PREDICT(MODEL value, (SELECT * FROM read_json('$folder/birds.json'))) WHERE id > 5 ORDER BY id
SELECT p.id, c.plan FROM PREDICT(MODEL value, TABLE birds) p JOIN '$folder/birds.csv' c ON c.id = p.id ORDER BY p.id

# PIVOT, UNNEST, samples and the like
PIVOT (SELECT city, plan, y FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0) ON plan USING sum(y) GROUP BY city ORDER BY city
FROM (PIVOT (SELECT city, plan, y FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0) ON plan USING sum(y) GROUP BY city) ORDER BY city
SELECT * FROM (SELECT city, plan, id FROM PREDICT(MODEL value, TABLE birds)) PIVOT (count(id) FOR plan IN ('basic', 'plus')) ORDER BY city
SELECT id, y FROM PREDICT(MODEL value, (FROM (PIVOT (SELECT id, k, v FROM (SELECT id, ones, coalesce(tens, 0) AS tens, hundreds::INTEGER AS hundreds, thousands::INTEGER AS thousands FROM birds) UNPIVOT (v FOR k IN (ones, tens, hundreds, thousands))) ON k IN ('ones', 'tens', 'hundreds', 'thousands') USING sum(v) GROUP BY id))) ORDER BY id
UNPIVOT (SELECT id, y, ones::FLOAT AS ones FROM PREDICT(MODEL value, TABLE birds)) ON y, ones INTO NAME what VALUE amount ORDER BY ALL
SELECT * FROM (SELECT id, y, ones::FLOAT AS o FROM PREDICT(MODEL value, TABLE birds)) UNPIVOT (amount FOR what IN (y, o)) ORDER BY ALL
SELECT id, unnest(tags) AS tag FROM PREDICT(MODEL value, TABLE birds) ORDER BY ALL
SELECT id, unnest(place) FROM PREDICT(MODEL value, TABLE birds) ORDER BY ALL
SELECT unnest([id, ones]) AS n, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY ALL
SELECT count(*) AS n FROM PREDICT(MODEL value, TABLE birds) USING SAMPLE 5 ROWS
SELECT id FROM PREDICT(MODEL value, (SELECT * FROM birds USING SAMPLE reservoir(5 ROWS) REPEATABLE (42))) ORDER BY id
SELECT count(*) AS n FROM PREDICT(MODEL value, TABLE birds) p TABLESAMPLE reservoir(4 ROWS) REPEATABLE (7)
DESCRIBE SELECT id, y FROM PREDICT(MODEL value, TABLE birds)
SUMMARIZE SELECT id, ones FROM PREDICT(MODEL value, TABLE birds)
SELECT column_name, column_type FROM (DESCRIBE SELECT y, mood, tags FROM PREDICT(MODEL value, TABLE birds))

# As an expression
SELECT id, PREDICT(MODEL value, ones, tens, hundreds, thousands) AS v FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value) AS v FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value, thousands => 1, ones => ones, hundreds => 2, tens => id) AS v FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value, 1, 2, 3, 4) + 1 AS v FROM birds ORDER BY id
SELECT PREDICT(MODEL value, 1, 2, 3, 4) AS v
SELECT PREDICT(MODEL value, 1, NULL, 3, 4) AS v
SELECT id FROM birds WHERE PREDICT(MODEL value) > 1500 ORDER BY id
SELECT id FROM birds WHERE id < 20 AND PREDICT(MODEL value) > 500 AND PREDICT(MODEL lean) < 40 ORDER BY id
SELECT city, avg(PREDICT(MODEL lean)) AS m FROM birds WHERE tens >= 0 GROUP BY city ORDER BY city
SELECT PREDICT(MODEL value) > 1000 AS high, count(*) AS n FROM birds GROUP BY high ORDER BY high
SELECT id FROM birds ORDER BY PREDICT(MODEL value) DESC, id LIMIT 5
SELECT id, PREDICT(MODEL lean, ones, PREDICT(MODEL value), hundreds) AS v FROM birds ORDER BY id
SELECT id, CASE WHEN id > 9 THEN PREDICT(MODEL value) ELSE 0 END AS v FROM birds ORDER BY id
SELECT id, upper(PREDICT(MODEL echo, city)) AS e, PREDICT(MODEL echo, plan) AS f FROM birds ORDER BY id
SELECT id, rank() OVER (ORDER BY PREDICT(MODEL value), id) AS r FROM birds ORDER BY id
SELECT b.id, PREDICT(MODEL value, b.ones, o.number, b.hundreds, 0) AS v FROM birds b JOIN owners o ON b.city = o.city ORDER BY ALL
SELECT b.id, o.owner FROM birds b JOIN owners o ON b.city = o.city AND PREDICT(MODEL lean, b.ones, b.tens, o.number) > 20 ORDER BY ALL
SELECT city, PREDICT(MODEL value, max(ones), min(ones), max(hundreds), count(*)) AS v FROM birds GROUP BY city ORDER BY city
SELECT city FROM birds GROUP BY city HAVING PREDICT(MODEL value, max(ones), min(ones), max(hundreds), count(*)) > 5000 ORDER BY city
SELECT (SELECT max(PREDICT(MODEL lean)) FROM birds WHERE tens >= 0) AS m
SELECT owner, (SELECT sum(PREDICT(MODEL lean, b.ones, b.hundreds, o.number)) FROM birds b WHERE b.city = o.city) AS s FROM owners o ORDER BY owner
SELECT id, PREDICT(MODEL value) AS v FROM birds WHERE v > 1000 ORDER BY v, id
SELECT id, PREDICT(MODEL value) AS v FROM birds QUALIFY row_number() OVER (PARTITION BY city ORDER BY v DESC, id) = 1 ORDER BY id
SELECT id, [PREDICT(MODEL value), PREDICT(MODEL lean)] AS l, {'v': PREDICT(MODEL value)} AS s FROM birds ORDER BY id
WITH s AS (SELECT id, PREDICT(MODEL value) AS v FROM birds) SELECT a.id, b.v FROM s a JOIN s b ON a.id = b.id ORDER BY a.id
SELECT id, y, PREDICT(MODEL lean) AS l FROM PREDICT(MODEL value, TABLE birds) WHERE y > PREDICT(MODEL lean) ORDER BY id
SELECT coalesce(PREDICT(MODEL echo, city), 'none') AS e, count(*) AS n FROM birds GROUP BY 1 ORDER BY 1
SELECT id FROM birds WHERE PREDICT(MODEL echo, city) IN ('Roma', 'Delphi') ORDER BY id
SELECT list_transform([1, 2], lambda x: x + 1) AS l, PREDICT(MODEL value) AS v FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value, ones::DOUBLE, tens::DECIMAL(5, 1), hundreds > 1, thousands) AS v FROM birds ORDER BY id

# What was once misread
SELECT id, CASE WHEN id > 20 THEN y > 2100 WHEN id > 10 THEN y > 1000 ELSE false END AS c FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE CASE WHEN id > 20 THEN y > 2100 WHEN id > 10 THEN y > 1000 ELSE false END ORDER BY id
SELECT id, CASE WHEN y > 2000 THEN y WHEN y > 1000 THEN y * 2 WHEN y > 10 THEN ones ELSE 0 END AS c FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, CASE ones WHEN tens THEN id WHEN 3 THEN hundreds WHEN hundreds THEN y END AS c FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT CASE WHEN y > 2000 THEN 'a' WHEN y > id * 50 THEN city ELSE plan END AS k, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY k ORDER BY k, n
SELECT id, PREDICT(MODEL value, CASE WHEN id > 20 THEN ones WHEN id > 10 THEN tens ELSE id END, 1, 2, 3) AS v FROM birds ORDER BY id
SELECT id, sum(y) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW) AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, count(y) OVER (ORDER BY ones RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE TIES) AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, count(y) OVER (ORDER BY ones RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT max(m) AS m FROM (SELECT city, max(y) AS m FROM PREDICT(MODEL value, TABLE birds) GROUP BY city)
WITH s AS (SELECT city, count(y) AS m FROM PREDICT(MODEL value, TABLE birds) GROUP BY city) SELECT count(DISTINCT m) AS n, max(m) AS x FROM s
SELECT max(r) AS m FROM (SELECT row_number() OVER (ORDER BY id) AS r, y FROM PREDICT(MODEL value, TABLE birds))
SELECT PREDICT(MODEL value, ones, 1, 1, 1) AS v, count(*) AS n FROM birds GROUP BY PREDICT(MODEL value, ones, 1, 1, 1) ORDER BY ALL
SELECT id FROM birds QUALIFY rank() OVER (ORDER BY PREDICT(MODEL value, ones, 0, hundreds, thousands), id) < 4 ORDER BY id
SELECT ones AS tens, id FROM birds ORDER BY PREDICT(MODEL value, tens, 0, hundreds, thousands), id
