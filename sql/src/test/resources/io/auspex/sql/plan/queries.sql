# A query a line; each is planned by Calcite, and gives what its hand-made form gives.
SELECT * FROM PREDICT(MODEL risk, TABLE flights)
SELECT * FROM PREDICT(MODEL risk, TABLE flights) AS p ORDER BY id
SELECT * FROM TABLE(PREDICT(MODEL risk, TABLE flights)) ORDER BY id
SELECT p.* FROM PREDICT(MODEL risk, TABLE main.flights) p ORDER BY p.id
SELECT ID, Score FROM PREDICT(MODEL RISK, TABLE Flights) ORDER BY iD
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id LIMIT 5
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id LIMIT 5 OFFSET 3
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY score DESC LIMIT 3
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY delay, id
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY delay DESC, id DESC
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY delay NULLS FIRST, id
SELECT id, delay FROM PREDICT(MODEL risk, TABLE flights) ORDER BY delay DESC NULLS FIRST, id LIMIT 6
SELECT score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY month DESC, id
SELECT id, score * 2 FROM PREDICT(MODEL risk, TABLE flights) ORDER BY score + id
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY 2 DESC, 1
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE month = 3
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE month > 3 AND score > 1000
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE month > 8 OR score > 3000
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE NOT (month > 8 OR score > 3000)
SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE carrier IS NULL AND delay IS NOT NULL
SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE carrier IS DISTINCT FROM 'AA' AND score BETWEEN 500 AND 2500
SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE carrier IN ('AA', 'DL') AND month NOT IN (1, 2)
SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE month IN (1.5, 2, 3.0)
SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE carrier LIKE 'A%' OR tail NOT LIKE '%3'
SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE early
SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE early AND NOT early OR score > 700
SELECT count(*) FROM PREDICT(MODEL risk, TABLE flights)
SELECT count(*) FROM PREDICT(MODEL risk, TABLE flights) WHERE score > 1000
SELECT count(score), sum(score), min(id), max(carrier) FROM PREDICT(MODEL risk, TABLE flights)
SELECT carrier, count(*), avg(score) AS mean FROM PREDICT(MODEL risk, TABLE flights) GROUP BY carrier ORDER BY carrier
SELECT carrier, count(*) AS n FROM PREDICT(MODEL risk, TABLE flights) GROUP BY carrier HAVING count(*) > 4 AND carrier IS NOT NULL ORDER BY n DESC, carrier
SELECT carrier, month % 2, sum(score) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY carrier, month % 2 ORDER BY 1, 2
SELECT month AS m, max(score) AS top FROM PREDICT(MODEL risk, TABLE flights) GROUP BY m ORDER BY m
SELECT upper(carrier) AS u, count(*) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY u ORDER BY u
SELECT upper(carrier) AS carrier, count(*) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY carrier ORDER BY 1
SELECT month, count(DISTINCT carrier), sum(score) FILTER (WHERE score > 1000) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY 1 ORDER BY 1
SELECT median(score), quantile_cont(score, 0.25), stddev(score), bool_and(score > 0) FROM PREDICT(MODEL risk, TABLE flights)
SELECT sum(score) + 1, count(*) * 2 FROM PREDICT(MODEL risk, TABLE flights) HAVING sum(score) > 0
SELECT DISTINCT carrier FROM PREDICT(MODEL risk, TABLE flights) ORDER BY carrier
SELECT DISTINCT carrier, score > 1000 AS high FROM PREDICT(MODEL risk, TABLE flights) ORDER BY carrier, high
SELECT id, row_number() OVER (ORDER BY score DESC) AS r FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id
SELECT id, rank() OVER (PARTITION BY carrier ORDER BY score DESC NULLS LAST) AS r FROM PREDICT(MODEL risk, TABLE flights) WHERE month < 9 ORDER BY id
SELECT id, sum(score) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id
SELECT id, lag(score, 1) OVER (ORDER BY id), count(*) OVER () FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id
SELECT * FROM (SELECT id, month, row_number() OVER (ORDER BY score) AS r FROM PREDICT(MODEL risk, TABLE flights)) q WHERE month = 3 AND r < 10
SELECT * FROM (SELECT id, month, count(*) OVER () AS n FROM PREDICT(MODEL risk, TABLE flights)) q WHERE month = 3 ORDER BY id LIMIT 1
SELECT month, sum(score) AS s, rank() OVER (ORDER BY sum(score) DESC) AS r FROM PREDICT(MODEL risk, TABLE flights) GROUP BY month ORDER BY month
SELECT f.id, p.seats, f.score FROM PREDICT(MODEL risk, TABLE flights) f JOIN planes p ON f.tail = p.tail ORDER BY f.id
SELECT f.id, p.seats, f.score FROM PREDICT(MODEL risk, TABLE flights) f LEFT JOIN planes p ON f.tail = p.tail AND p.seats > 20 ORDER BY f.id
SELECT f.id, p.seats, f.score FROM planes p RIGHT JOIN PREDICT(MODEL risk, TABLE flights) f ON f.tail = p.tail WHERE f.month > 2 ORDER BY f.id
SELECT f.id, p.tail, f.score FROM PREDICT(MODEL risk, TABLE flights) f FULL JOIN planes p ON f.tail = p.tail AND f.month = 3 ORDER BY f.id, p.tail
SELECT f.id, p.tail FROM PREDICT(MODEL risk, TABLE flights) f LEFT JOIN planes p ON f.tail = p.tail WHERE p.tail IS NULL AND f.month < 9 ORDER BY f.id
SELECT f.id, p.tail FROM PREDICT(MODEL risk, TABLE flights) f, planes p WHERE f.tail = p.tail AND p.seats > 10 AND f.score > 500 ORDER BY 1
SELECT count(*) FROM PREDICT(MODEL risk, TABLE flights) f CROSS JOIN planes p
SELECT * FROM PREDICT(MODEL risk, TABLE flights) f JOIN planes p ON f.tail = p.tail ORDER BY f.id
SELECT f.id, p.tail, f.tail FROM PREDICT(MODEL risk, TABLE flights) f JOIN planes p ON f.tail = p.tail ORDER BY f.id
SELECT a.id, b.id, a.score + b.score FROM PREDICT(MODEL risk, TABLE flights) a JOIN PREDICT(MODEL risk, TABLE flights) b ON a.id = b.id + 1 ORDER BY a.id
SELECT a.id, a.score, b.label FROM PREDICT(MODEL risk, TABLE flights) a LEFT JOIN PREDICT(MODEL kind, TABLE flights) b ON a.id = b.id AND b.chance > 0.5 ORDER BY a.id
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) UNION ALL SELECT id, delay FROM flights ORDER BY 1, 2
SELECT carrier FROM PREDICT(MODEL risk, TABLE flights) WHERE score > 500 UNION SELECT tail FROM planes ORDER BY 1
SELECT id FROM PREDICT(MODEL risk, TABLE flights) WHERE score > 500 INTERSECT SELECT id FROM flights WHERE month = 7
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) EXCEPT SELECT id, delay FROM flights ORDER BY id LIMIT 3
(SELECT id FROM PREDICT(MODEL risk, TABLE flights) ORDER BY score DESC LIMIT 2) UNION ALL (SELECT seats FROM planes ORDER BY seats LIMIT 2)
WITH p AS (SELECT * FROM PREDICT(MODEL risk, TABLE flights)) SELECT carrier, avg(score) FROM p GROUP BY carrier ORDER BY carrier
WITH f AS (SELECT * FROM flights WHERE id < 10), p AS (SELECT * FROM PREDICT(MODEL risk, TABLE f)) SELECT id, score FROM p WHERE month > 2 ORDER BY id
WITH p(number, prediction) AS (SELECT id, score FROM PREDICT(MODEL risk, TABLE flights)) SELECT * FROM p WHERE number < 5 ORDER BY number
WITH unused AS (SELECT * FROM PREDICT(MODEL risk, TABLE flights)) SELECT id FROM flights ORDER BY id
SELECT * FROM (SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id LIMIT 4) x ORDER BY score DESC
SELECT * FROM (SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) ORDER BY score LIMIT 9) x WHERE id > 3 ORDER BY id
SELECT * FROM PREDICT(MODEL risk, (SELECT * FROM flights ORDER BY id DESC LIMIT 3)) ORDER BY id
SELECT * FROM PREDICT(MODEL risk, (SELECT f.id, f.distance, p.seats AS delay FROM flights f JOIN planes p USING (tail))) ORDER BY id
SELECT * FROM PREDICT(MODEL risk, (SELECT 1 AS distance, 2.5 AS delay))
SELECT * FROM PREDICT(MODEL risk, (VALUES (1, 2), (3, NULL)), DESCRIPTOR(col0, col1))
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights, DESCRIPTOR(month, id)) ORDER BY id
SELECT * FROM PREDICT(MODEL echo, TABLE flights) ORDER BY id
SELECT delay, echo_delay FROM PREDICT(MODEL echo, (SELECT id, delay FROM flights)) ORDER BY id
SELECT id, label, chance FROM PREDICT(MODEL kind, TABLE flights) ORDER BY id
SELECT id, label FROM PREDICT(MODEL kind, TABLE flights) WHERE label LIKE 'A%' ORDER BY chance DESC NULLS FIRST, id LIMIT 3 OFFSET 1
SELECT id, score, chance FROM PREDICT(MODEL kind, (SELECT * FROM PREDICT(MODEL risk, TABLE flights) WHERE score > 300)) WHERE month > 1 ORDER BY id
SELECT id, score, echo_delay FROM PREDICT(MODEL echo, (SELECT * FROM PREDICT(MODEL risk, TABLE flights))) ORDER BY id
SELECT id, PREDICT(MODEL risk, distance, delay) AS r FROM flights ORDER BY id
SELECT id, PREDICT(MODEL risk, delay => delay, distance => id + 1) AS r FROM flights ORDER BY id
SELECT id, PREDICT(MODEL risk) AS r FROM flights ORDER BY r DESC LIMIT 3
SELECT id, PREDICT(MODEL risk, distance, delay) AS r FROM flights WHERE month = 3 LIMIT 1
SELECT id, PREDICT(MODEL kind, carrier, distance).label AS l, PREDICT(MODEL kind, carrier, distance).chance * 2 AS c FROM flights ORDER BY id
SELECT id, PREDICT(MODEL kind, carrier, distance) AS s FROM flights ORDER BY id
SELECT id, PREDICT(MODEL kind, carrier, distance) IS NULL AS none FROM flights ORDER BY id
SELECT id, PREDICT(MODEL risk, distance, PREDICT(MODEL echo, delay)) AS r FROM flights ORDER BY id
SELECT id, CASE WHEN month > 6 THEN PREDICT(MODEL risk, distance, delay) ELSE 0 END AS r FROM flights ORDER BY id
SELECT id FROM flights WHERE PREDICT(MODEL risk, distance, delay) > 1000 AND month > 2 ORDER BY id
SELECT id FROM flights WHERE PREDICT(MODEL risk) > 1000 OR PREDICT(MODEL kind).chance < 0.5 ORDER BY id
SELECT month, avg(PREDICT(MODEL risk, distance, delay)) AS mean FROM flights GROUP BY month ORDER BY 1
SELECT PREDICT(MODEL kind, carrier, distance).label AS l, count(*) FROM flights GROUP BY l ORDER BY l
SELECT month, PREDICT(MODEL risk, max(distance), avg(delay)) AS r FROM flights GROUP BY month ORDER BY month
SELECT month FROM flights GROUP BY month HAVING PREDICT(MODEL risk, max(distance), avg(delay)) > 2000 ORDER BY month
SELECT id, rank() OVER (ORDER BY PREDICT(MODEL risk, distance, delay)) AS r FROM flights ORDER BY id
SELECT id FROM flights ORDER BY PREDICT(MODEL risk, distance, delay) DESC LIMIT 4
SELECT f.id, PREDICT(MODEL risk, f.distance, p.seats) AS r FROM flights f JOIN planes p ON f.tail = p.tail ORDER BY f.id
SELECT f.id FROM flights f JOIN planes p ON f.tail = p.tail AND PREDICT(MODEL risk, f.distance, p.seats) > 500 ORDER BY f.id
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE id IN (SELECT id FROM flights WHERE month = 2) ORDER BY id
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE id NOT IN (SELECT seats FROM planes) ORDER BY id
SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE EXISTS (SELECT 1 FROM planes) AND NOT EXISTS (SELECT 1 FROM planes WHERE seats > 1000) ORDER BY id
SELECT id, (SELECT max(seats) FROM planes) AS m FROM PREDICT(MODEL risk, TABLE flights) WHERE score > (SELECT min(distance) FROM flights) ORDER BY id
SELECT id, floor(score), id % 3 AS k, id / 2, CASE carrier WHEN 'AA' THEN 1 WHEN 'UA' THEN 2 END FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id
SELECT id, CASE WHEN score > 100 THEN 'high' ELSE 'Low' END AS c, score::INTEGER AS s, coalesce(carrier, 'none'), nullif(id, 3) FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id
SELECT id, score BETWEEN 1 AND 500, carrier IN ('AA', 'UA'), -id, carrier IS NULL, delay::VARCHAR || 'x' FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id
SELECT id, substring(tail FROM 1 FOR 1), 1.50, -1, 1e3, DATE '2020-01-01', TRUE, 'it''s "é" ?' FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id
SELECT id, strftime(day, '%Y'), dayofweek(day), list_value(id, month), regexp_replace(tail, 'P', 'Q'), tail || '?' FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id
SELECT 'a' || tail AS x, 'A' || tail AS y, count(*) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY 'a' || tail, 'A' || tail ORDER BY 1
SELECT id, CAST(score AS DECIMAL(10, 2)), CAST(id AS HUGEINT), TRY_CAST(tail AS INTEGER), round(score, 1) FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id
SELECT "sel ect", "Größe" * 2 FROM PREDICT(MODEL risk, TABLE "odd names") ORDER BY 1
SELECT * FROM (SELECT id, score FROM PREDICT(MODEL risk, TABLE flights)) a JOIN (SELECT id, label FROM PREDICT(MODEL kind, TABLE flights)) b ON a.id = b.id ORDER BY a.id
SELECT label, avg(score) AS mean FROM PREDICT(MODEL kind, (SELECT * FROM PREDICT(MODEL risk, TABLE flights))) WHERE label IS NOT NULL GROUP BY label HAVING avg(score) > 10 ORDER BY mean DESC, label
SELECT date_trunc('month', f.day) AS m, count(*), avg(score) FROM PREDICT(MODEL risk, TABLE flights) f GROUP BY m ORDER BY m
SELECT date_trunc('week', f.day + INTERVAL '3' DAY) AS w, max(score) FROM PREDICT(MODEL risk, TABLE flights) f WHERE day < DATE '2013-01-15' + INTERVAL 2 DAYS GROUP BY 1 ORDER BY 1
SELECT EXTRACT(YEAR FROM day) AS y, extract(month from day) AS m, EXTRACT(DAY FROM day + INTERVAL '1' MONTH) AS d, score FROM PREDICT(MODEL risk, TABLE flights) WHERE EXTRACT(DAY FROM day) > 5 ORDER BY id
SELECT id, EXTRACT(WEEK FROM day), EXTRACT(QUARTER FROM day), EXTRACT(HOUR FROM day), day - INTERVAL '2' YEAR, day + INTERVAL 90 MINUTE, INTERVAL '1' SECOND FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id
SELECT PREDICT(MODEL risk, EXTRACT(DAY FROM day), delay) AS r FROM flights WHERE date_trunc('month', flights.day) = DATE '2013-01-01' ORDER BY id
SELECT month, string_agg(carrier, '+'), count(DISTINCT carrier) FROM (SELECT month, carrier, score FROM PREDICT(MODEL risk, TABLE flights)) p WHERE score > 100 GROUP BY month ORDER BY month
SELECT string_agg(DISTINCT carrier, ',') FROM PREDICT(MODEL kind, TABLE flights) WHERE label = 'AA!'
SELECT early, count(*) FILTER (WHERE score > 500), array_agg(month) FILTER (WHERE id = 3) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY early ORDER BY early
SELECT score * 2 AS score FROM PREDICT(MODEL risk, TABLE flights) WHERE score > 1
SELECT score AS s, s * 2 FROM PREDICT(MODEL risk, TABLE flights)
SELECT 1 AS one, count(*) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY one
SELECT id FROM PREDICT(MODEL risk, TABLE flights) QUALIFY rank() OVER (ORDER BY id) = 1
SELECT * FROM PREDICT(MODEL risk, TABLE flights) JOIN planes USING (tail)
SELECT * FROM PREDICT(MODEL risk, TABLE flights) NATURAL JOIN planes
SELECT carrier, sum(score) FROM PREDICT(MODEL risk, TABLE flights) GROUP BY ROLLUP (carrier)
SELECT f.id, (SELECT max(seats) FROM planes p WHERE p.tail = f.tail) FROM PREDICT(MODEL risk, TABLE flights) f
SELECT id FROM flights WHERE id IN (SELECT id FROM PREDICT(MODEL risk, TABLE flights))
WITH p AS (SELECT * FROM PREDICT(MODEL risk, TABLE flights)) SELECT a.id FROM p a JOIN p b ON a.id = b.id
SELECT a."A", b.a FROM PREDICT(MODEL risk, TABLE flights) f JOIN (SELECT 1 AS "A") a ON TRUE JOIN (SELECT 2 AS a) b ON TRUE
SELECT q.tail_1 FROM (SELECT * FROM PREDICT(MODEL risk, TABLE flights) f JOIN (SELECT *, 1 AS tail_1 FROM planes) p ON f.tail = p.tail) q
SELECT id FROM PREDICT(MODEL risk, TABLE flights), LATERAL (SELECT id + 1)
FROM PREDICT(MODEL risk, TABLE flights)
SELECT string_agg(carrier, ',' ORDER BY id) FROM PREDICT(MODEL risk, TABLE flights)
SELECT day + INTERVAL '1 day' FROM PREDICT(MODEL risk, TABLE flights)
SELECT day + INTERVAL (id) DAY FROM PREDICT(MODEL risk, TABLE flights)
SELECT date_trunc('month', day) FROM PREDICT(MODEL risk, TABLE flights)
SELECT EXTRACT(EPOCH FROM day) FROM PREDICT(MODEL risk, TABLE flights)
# An alias of another column's name, a window over a LIMIT, names in lambdas and inner queries
SELECT -id AS id, score FROM PREDICT(MODEL risk, TABLE flights) p ORDER BY p.id
SELECT -id AS id FROM (SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE score > 0 ORDER BY id LIMIT 4)
SELECT min(month) AS early, early AS k FROM PREDICT(MODEL risk, TABLE flights) WHERE score > 0 GROUP BY early ORDER BY k
SELECT -max(id) AS month, p.month AS k FROM PREDICT(MODEL risk, TABLE flights) p GROUP BY p.month ORDER BY k
WITH q AS (SELECT * FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id LIMIT 5) SELECT -id AS id, score FROM q ORDER BY q.id
SELECT id, count(*) OVER () AS n FROM (SELECT id, score FROM PREDICT(MODEL risk, TABLE flights) WHERE score > 0 ORDER BY id LIMIT 5) ORDER BY id
SELECT id, sum(n) AS s FROM (SELECT id + 1 AS id, count(*) OVER () AS n FROM (SELECT * FROM PREDICT(MODEL risk, TABLE flights) ORDER BY id LIMIT 7)) GROUP BY id ORDER BY id
SELECT max(n + 1) AS m FROM (SELECT row_number() OVER (ORDER BY id) AS n FROM PREDICT(MODEL risk, TABLE flights))
SELECT list_transform([1], lambda id: id + p.id) AS l FROM PREDICT(MODEL risk, TABLE flights) p ORDER BY p.id
SELECT list_transform([{'id': 100}], lambda p: p.id) AS l FROM PREDICT(MODEL risk, TABLE flights) p ORDER BY p.id
SELECT (SELECT seats FROM planes ORDER BY ALL DESC LIMIT 1) AS q FROM (SELECT score FROM PREDICT(MODEL risk, TABLE flights)) z
SELECT (SELECT sum(COLUMNS('seats')) FROM planes) AS q FROM (SELECT id AS seats, score FROM PREDICT(MODEL risk, TABLE flights)) z
SELECT month, score.max() AS m FROM PREDICT(MODEL risk, TABLE flights) GROUP BY month ORDER BY month
WITH q AS (SELECT id, random() AS r FROM flights), z AS (SELECT * FROM q) SELECT count(*) AS n FROM z a JOIN z b USING (id) JOIN PREDICT(MODEL risk, TABLE flights) p USING (id) WHERE a.r = b.r
SELECT id, (((SELECT count(*) FROM planes))) AS n FROM PREDICT(MODEL risk, TABLE flights) WHERE id IN ((SELECT max(id) FROM flights), 3) ORDER BY id
SELECT DISTINCT month AS id, id % 3 AS month FROM PREDICT(MODEL risk, TABLE flights) ORDER BY month, id
# What only looks the same, or hides what it is
SELECT (SELECT max(score) FROM PREDICT(MODEL risk, (SELECT 1 AS distance, 20.0 AS delay))) AS a, (SELECT max(score) FROM PREDICT(MODEL risk, (SELECT 1 AS delay, 20.0 AS distance))) AS b
SELECT early, list_transform([10, 20], lambda early: early + 1) AS l, max(PREDICT(MODEL risk, distance, delay)) AS m FROM flights GROUP BY early ORDER BY early
SELECT * FROM (SELECT id, place_of(id) AS r FROM PREDICT(MODEL risk, TABLE flights)) WHERE id > 3 ORDER BY id
SELECT p.id, r.month FROM PREDICT(MODEL risk, TABLE flights) p JOIN LATERAL (SELECT p.id AS id, 5 AS month) r USING (month) ORDER BY p.id
SELECT * FROM ((SELECT DISTINCT ON (x) x, y FROM (SELECT id AS x, month AS y, score FROM PREDICT(MODEL risk, TABLE flights)) ORDER BY x, y) UNION ALL (SELECT DISTINCT ON (x) x, y FROM (SELECT id AS y, month AS x, score FROM PREDICT(MODEL risk, TABLE flights)) ORDER BY x, y)) ORDER BY x, y
WITH flights AS (SELECT * FROM PREDICT(MODEL risk, TABLE flights)) SELECT a.id FROM flights a JOIN flights b USING (id) ORDER BY a.id
SELECT id AS "Ä", -id AS "ä" FROM PREDICT(MODEL risk, TABLE flights) ORDER BY "ä"
