# Subqueries: scalar, IN, EXISTS, ANY, ALL, correlated in every place
SELECT id FROM birds WHERE city IN (SELECT city FROM owners) ORDER BY id
SELECT id FROM birds WHERE city NOT IN (SELECT city FROM owners WHERE city IS NOT NULL) ORDER BY id
SELECT k FROM gaps WHERE s NOT IN (SELECT s FROM gaps) ORDER BY k
SELECT id FROM birds WHERE (city, id) IN (SELECT city, number FROM owners) ORDER BY id
SELECT owner FROM owners o WHERE EXISTS (SELECT 1 FROM birds b WHERE b.city = o.city) ORDER BY owner
SELECT owner FROM owners o WHERE NOT EXISTS (FROM birds b WHERE b.city = o.city AND b.id > o.number) ORDER BY owner
SELECT owner, (SELECT count(*) FROM birds b WHERE b.city = o.city) AS n FROM owners o ORDER BY owner
SELECT owner, (SELECT max(id) FROM birds b WHERE b.city = o.city AND b.id < o.number * 10) AS m FROM owners o ORDER BY owner
SELECT id FROM birds WHERE id > (SELECT avg(id) FROM birds) ORDER BY id
SELECT id FROM birds b WHERE id = (SELECT max(id) FROM birds c WHERE c.city = b.city) ORDER BY id
SELECT id FROM birds WHERE id > ALL (SELECT number FROM owners) ORDER BY id
SELECT id FROM birds WHERE id < ANY (SELECT number FROM owners) ORDER BY id
SELECT id FROM birds WHERE id <> ALL (SELECT number FROM owners) ORDER BY id
SELECT (SELECT owner FROM owners WHERE number = 1) AS o, (SELECT owner FROM owners WHERE false) AS none
SELECT ARRAY(SELECT id FROM birds WHERE city = 'Roma' ORDER BY id) AS ids
SELECT owner, ARRAY(SELECT id FROM birds b WHERE b.city = o.city ORDER BY id) AS ids FROM owners o ORDER BY owner
SELECT city, count(*) AS n FROM birds GROUP BY city HAVING count(*) > (SELECT count(*) FROM owners) ORDER BY city
SELECT id, EXISTS (SELECT 1 FROM owners o WHERE o.number = b.id) AS e FROM birds b ORDER BY id
SELECT id, id IN (SELECT number FROM owners) AS i FROM birds ORDER BY id
SELECT id FROM birds ORDER BY (SELECT count(*) FROM owners o WHERE o.city = birds.city), id
SELECT id FROM birds b WHERE (SELECT count(*) FROM owners o WHERE o.city = b.city AND EXISTS (SELECT 1 FROM quotes q WHERE q.price > o.number * 9 AND q.price > b.id)) > 0 ORDER BY id
SELECT owner, CASE WHEN EXISTS (FROM birds b WHERE b.city = o.city) THEN 'yes' ELSE 'no' END AS a FROM owners o ORDER BY owner
SELECT owner FROM owners o WHERE number * 3 > (SELECT min(id) FROM birds b WHERE b.city = o.city) OR number = 4 ORDER BY owner
SELECT b.id, (SELECT o.owner FROM owners o WHERE o.city = b.city ORDER BY o.number DESC LIMIT 1) AS o FROM birds b ORDER BY id
SELECT s.region, (SELECT sum(amount) FROM sales x WHERE x.region IS NOT DISTINCT FROM s.region AND x.year <= s.year) AS running FROM sales s ORDER BY ALL
SELECT (SELECT struct_pack(a := min(id), b := max(id)) FROM birds) AS s
SELECT sum((SELECT count(*) FROM owners o WHERE o.city = b.city)) AS s FROM birds b
SELECT b.id FROM birds b JOIN owners o ON o.number = (SELECT min(number) FROM owners x WHERE x.city = b.city) ORDER BY b.id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE city IN (SELECT city FROM owners) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE city NOT IN (SELECT city FROM owners) AND y > 100 ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) p WHERE EXISTS (SELECT 1 FROM owners o WHERE o.city = p.city AND p.y > o.number * 100) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) p WHERE NOT EXISTS (SELECT 1 FROM owners o WHERE o.city = p.city) ORDER BY id
SELECT id, (SELECT count(*) FROM owners o WHERE o.city = p.city) AS n, y FROM PREDICT(MODEL value, TABLE birds) p ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) p WHERE y > (SELECT avg(id) * 50 FROM birds b WHERE b.city = p.city) ORDER BY id
SELECT id FROM birds b WHERE id IN (SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE y > 1000) ORDER BY id
SELECT owner FROM owners o WHERE EXISTS (SELECT 1 FROM PREDICT(MODEL value, TABLE birds) p WHERE p.city = o.city AND p.y > 1000) ORDER BY owner
SELECT owner, (SELECT max(y) FROM PREDICT(MODEL value, TABLE birds) p WHERE p.city = o.city AND p.tens >= 0) AS m FROM owners o ORDER BY owner
SELECT owner, (SELECT count(*) FROM PREDICT(MODEL value, TABLE birds) p WHERE p.y > o.number * 500) AS n FROM owners o ORDER BY owner
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE y > ALL (SELECT number * 500 FROM owners) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE y < ANY (SELECT number * 100 FROM owners) ORDER BY id
SELECT id, y > ANY (SELECT price * 100 FROM quotes) AS q FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT ARRAY(SELECT y FROM PREDICT(MODEL value, TABLE birds) WHERE id < 4 ORDER BY id) AS l
SELECT owner, ARRAY(SELECT y FROM PREDICT(MODEL value, TABLE birds) p WHERE p.city = o.city ORDER BY id) AS l FROM owners o ORDER BY owner
SELECT (SELECT max(y) FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0) - (SELECT min(y) FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0) AS d
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) p WHERE y = (SELECT max(y) FROM PREDICT(MODEL value, TABLE birds) q WHERE q.city = p.city AND q.tens >= 0) ORDER BY id
SELECT city, max(y) AS m FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 GROUP BY city HAVING max(y) > (SELECT avg(y) FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0) ORDER BY city
SELECT id, EXISTS (SELECT 1 FROM owners o WHERE o.number = p.hundreds AND p.y > 0) AS e FROM PREDICT(MODEL value, TABLE birds) p ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) p ORDER BY (SELECT count(*) FROM owners o WHERE o.city = p.city) DESC, y, id
SELECT id FROM birds b WHERE PREDICT(MODEL value) > (SELECT avg(id) * 50 FROM birds) ORDER BY id
SELECT id FROM birds b WHERE PREDICT(MODEL value) IN (SELECT number * 1000 + 1 FROM owners) OR id = 3 ORDER BY id
SELECT id, (SELECT max(PREDICT(MODEL value, o.number, b.id, 0, 0)) FROM owners o WHERE o.city = b.city) AS m FROM birds b ORDER BY id
SELECT owner FROM owners o WHERE EXISTS (SELECT 1 FROM birds b WHERE b.city = o.city AND PREDICT(MODEL value, b.ones, b.tens, 0, o.number) > 1000) ORDER BY owner
SELECT id FROM birds WHERE PREDICT(MODEL echo, city) IN (SELECT city FROM owners) ORDER BY id
SELECT PREDICT(MODEL value, (SELECT max(number) FROM owners), 1, 2, 3) AS v
SELECT id, PREDICT(MODEL value, ones, (SELECT count(*) FROM owners o WHERE o.city = b.city), 0, 0) AS v FROM birds b ORDER BY id
SELECT (SELECT sum(v) FROM (SELECT PREDICT(MODEL value, ones, 1, 1, 1) AS v FROM birds)) AS s
SELECT id, y FROM PREDICT(MODEL value, (SELECT * FROM birds b WHERE EXISTS (SELECT 1 FROM owners o WHERE o.city = b.city))) ORDER BY id
