# Views, macros and parameters
SELECT * FROM delphians ORDER BY id
SELECT a, b FROM renamed ORDER BY a LIMIT 4
SELECT city, n, top FROM per_city WHERE n > 5 ORDER BY city
SELECT plus_one(id) AS p, between_them(id) AS m, between_them(id, b := 2) AS n FROM birds ORDER BY id LIMIT 4
SELECT plus_one(plus_one(ones)) AS p FROM birds WHERE plus_one(ones) > 5 ORDER BY p
SELECT id FROM old_birds(40) ORDER BY id
SELECT count(*) AS n FROM old_birds(least := 30)
SELECT d.id, p.n FROM delphians d JOIN per_city p ON p.city = 'Delphi' ORDER BY d.id
SELECT id FROM birds WHERE id > ? ORDER BY id -- 25
SELECT id, ? AS p FROM birds WHERE city = ? ORDER BY id -- 1.5, 'Roma'
SELECT $2 AS b, $1 AS a FROM birds WHERE id < $1 ORDER BY id -- 3, 'x'
SELECT id FROM birds WHERE id IN (?, ?, ?) ORDER BY id LIMIT ? -- 1, 5, 7, 2
SELECT ?::INTEGER + 1 AS n, ? || 'x' AS s -- 4, 'a'
SELECT id FROM birds WHERE seen > ? ORDER BY id -- DATE '2024-05-01'
SELECT count(*) AS n FROM birds WHERE ones BETWEEN $least AND $most -- 2, 5
SELECT region, sum(amount) AS s FROM sales WHERE year = ? GROUP BY region HAVING sum(amount) > ? ORDER BY region -- 2024, 10
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) WHERE id > ? AND y > ? ORDER BY id -- 3, 500
SELECT id, y + ? AS s FROM PREDICT(MODEL value, TABLE birds) WHERE city = ? ORDER BY id -- 1.5, 'Roma'
SELECT $2 AS b, id, y FROM PREDICT(MODEL value, TABLE birds) WHERE id < $1 ORDER BY id -- 6, 'x'
SELECT id, y FROM PREDICT(MODEL value, (SELECT * FROM birds WHERE id > $1)) WHERE id < $2 ORDER BY id -- 3, 12
SELECT id, PREDICT(MODEL value, ones, ?, hundreds, ?) AS v FROM birds ORDER BY id -- 4, 2.5
SELECT id FROM birds WHERE PREDICT(MODEL value) > ? ORDER BY id LIMIT ? -- 1000, 3
SELECT city, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) WHERE y > ? GROUP BY city HAVING count(*) > ? ORDER BY city -- 100, 1
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) WHERE seen > ? ORDER BY id OFFSET ? -- DATE '2024-03-01', 2
SELECT PREDICT(MODEL value, ?, ?, ?, ?) AS v -- 1, 2, 3, 4
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) WHERE id IN (SELECT number FROM owners WHERE number > ?) ORDER BY id -- 2
WITH b AS (SELECT * FROM birds WHERE id > ?) SELECT id, y FROM PREDICT(MODEL value, TABLE b) WHERE y < ? ORDER BY id -- 5, 2000
SELECT id, y FROM PREDICT(MODEL value, TABLE delphians) WHERE y > 100 ORDER BY id
SELECT p.id, c.n FROM PREDICT(MODEL value, TABLE birds) p JOIN per_city c USING (city) ORDER BY p.id
SELECT id, plus_one(y) AS p, between_them(y) AS m FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE plus_one(ones) > 5 AND plus_one(y) > 100 ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (SELECT * FROM old_birds(40))) ORDER BY id
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p JOIN old_birds(40) o ON o.id = p.id ORDER BY p.id
SELECT id, plus_one(PREDICT(MODEL value)) AS v, PREDICT(MODEL value, plus_one(ones), 0, 0, 0) AS w FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value) AS v FROM delphians ORDER BY id
SELECT id, PREDICT(MODEL value) AS v FROM old_birds(50) ORDER BY id
SELECT a, PREDICT(MODEL echo, b) AS e FROM renamed ORDER BY a
SELECT city, PREDICT(MODEL value, n, 0, 0, 0) AS v FROM per_city ORDER BY city
SELECT id, y FROM seers WHERE y > 1000 ORDER BY id
SELECT s.id, o.owner FROM seers s JOIN owners o USING (city) ORDER BY ALL
SELECT city, max(y) AS m FROM seers GROUP BY city ORDER BY city
SELECT a.id FROM seers a JOIN seers b ON a.id = b.id AND a.y > 500 ORDER BY a.id
SELECT id FROM birds WHERE id IN (SELECT id FROM seers WHERE y > 2000) ORDER BY id
SELECT id, lean FROM PREDICT(MODEL lean, (SELECT id, y AS ones, 1 AS tens, 2 AS hundreds FROM seers)) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) p WHERE p.city = (SELECT city FROM per_city WHERE n = (SELECT max(n) FROM per_city WHERE city IS NOT NULL) ORDER BY city LIMIT 1) ORDER BY id
