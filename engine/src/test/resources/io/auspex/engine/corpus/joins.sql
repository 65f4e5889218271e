# Joins of every kind
SELECT b.id, o.owner FROM birds b JOIN owners o ON b.city = o.city ORDER BY ALL
SELECT b.id, o.owner FROM birds b LEFT JOIN owners o ON b.city = o.city AND o.number > 1 ORDER BY ALL
SELECT b.id, o.owner FROM birds b RIGHT JOIN owners o ON b.city = o.city ORDER BY ALL
SELECT b.id, o.owner FROM birds b FULL OUTER JOIN owners o ON b.id = o.number ORDER BY ALL
SELECT city, count(*) AS n FROM birds JOIN owners USING (city) GROUP BY city ORDER BY city
SELECT city, id, owner FROM birds FULL JOIN owners USING (city) ORDER BY ALL
SELECT * FROM owners NATURAL JOIN (SELECT 'Roma' AS city, 2 AS number) ORDER BY ALL
SELECT owner, id FROM owners NATURAL LEFT JOIN (SELECT id, city FROM birds WHERE id < 5) ORDER BY ALL
SELECT count(*) AS n FROM birds CROSS JOIN owners
SELECT count(*) AS n FROM birds a, birds b, owners o WHERE a.id = b.id + 1 AND o.number = a.id
SELECT id FROM birds SEMI JOIN owners USING (city) ORDER BY id
SELECT id FROM birds ANTI JOIN owners USING (city) ORDER BY id
SELECT id FROM birds b ANTI JOIN owners o ON b.city = o.city AND b.id > o.number ORDER BY id
SELECT a.id, b.id AS next FROM birds a JOIN birds b ON b.id BETWEEN a.id + 1 AND a.id + 2 ORDER BY ALL
SELECT a.id FROM birds a JOIN birds b ON a.tens IS NOT DISTINCT FROM b.tens AND a.id = b.id ORDER BY a.id
SELECT t.trade, q.price FROM trades t ASOF JOIN quotes q ON t.symbol = q.symbol AND t.stamp >= q.stamp ORDER BY t.trade
SELECT t.trade, q.price FROM trades t ASOF LEFT JOIN quotes q USING (symbol, stamp) ORDER BY t.trade
SELECT t.trade, q.price FROM trades t ASOF LEFT JOIN quotes q ON t.symbol = q.symbol AND t.stamp <= q.stamp ORDER BY t.trade
SELECT * FROM owners POSITIONAL JOIN (SELECT id FROM birds WHERE id < 4 ORDER BY id)
SELECT a.x, b.y FROM (VALUES (1), (2), (3)) a(x) POSITIONAL JOIN (VALUES ('p'), ('q')) b(y)
SELECT o.owner, l.id FROM owners o, LATERAL (SELECT id FROM birds b WHERE b.city = o.city ORDER BY id LIMIT 2) l ORDER BY ALL
SELECT o.owner, l.n FROM owners o LEFT JOIN LATERAL (SELECT count(*) AS n FROM birds b WHERE b.city = o.city) l ON true ORDER BY ALL
SELECT o.owner, g FROM owners o, generate_series(1, o.number) s(g) ORDER BY ALL
SELECT a.owner, b.owner AS other FROM owners a JOIN owners b ON a.city = b.city AND a.owner < b.owner
SELECT b.id FROM birds b JOIN (owners o JOIN quotes q ON o.number * 10 = q.price) ON b.city = o.city ORDER BY ALL
SELECT x.k, y.k AS other FROM gaps x LEFT JOIN gaps y ON x.s = y.s AND x.k <> y.k ORDER BY ALL
SELECT count(*) AS n FROM gaps a JOIN gaps b ON a.d = b.d
SELECT l.id, r.owner FROM birds l INNER JOIN owners r ON (l.city = r.city) WHERE r.since > l.seen ORDER BY ALL
SELECT p.id, o.owner FROM PREDICT(MODEL value, TABLE birds) p JOIN owners o ON p.city = o.city ORDER BY ALL
SELECT p.id, o.owner, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN owners o ON p.city = o.city AND y > 1000 ORDER BY ALL
SELECT p.id, o.owner, y FROM owners o LEFT JOIN PREDICT(MODEL value, TABLE birds) p ON o.number = p.id AND p.y > 100 ORDER BY ALL
SELECT p.id, o.owner FROM PREDICT(MODEL value, TABLE birds) p FULL JOIN owners o ON p.id = o.number + 28 ORDER BY ALL
SELECT city, y, owner FROM PREDICT(MODEL value, TABLE birds) JOIN owners USING (city) ORDER BY ALL
SELECT city, y, owner FROM PREDICT(MODEL value, TABLE birds) FULL JOIN owners USING (city) ORDER BY ALL
SELECT id, owner, y FROM PREDICT(MODEL value, (SELECT id, city, ones, tens, hundreds, thousands FROM birds)) NATURAL JOIN owners ORDER BY ALL
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) SEMI JOIN owners USING (city) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) p ANTI JOIN owners o ON p.city = o.city AND p.y > 1000 ORDER BY id
SELECT o.owner FROM owners o SEMI JOIN PREDICT(MODEL value, TABLE birds) p ON p.id = o.number AND y > 1000 ORDER BY owner
SELECT o.owner FROM owners o ANTI JOIN PREDICT(MODEL value, TABLE birds) p ON p.city = o.city ORDER BY owner
SELECT p.id, q.price FROM PREDICT(MODEL value, TABLE birds) p ASOF JOIN quotes q ON p.woke >= q.stamp ORDER BY ALL
SELECT p.id, q.price FROM PREDICT(MODEL value, TABLE birds) p ASOF LEFT JOIN quotes q ON p.woke >= q.stamp AND q.symbol = 'A' ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, (FROM birds ORDER BY id)) p POSITIONAL JOIN (VALUES (1), (2)) v(n) ORDER BY ALL
SELECT o.owner, l.id, l.y FROM owners o, LATERAL (SELECT p.id, p.y FROM PREDICT(MODEL value, TABLE birds) p WHERE p.city = o.city ORDER BY y DESC, id LIMIT 2) l ORDER BY ALL
SELECT p.id, l.owner FROM PREDICT(MODEL value, TABLE birds) p, LATERAL (SELECT o.owner FROM owners o WHERE o.city = p.city AND p.y > 500 ORDER BY number LIMIT 1) l ORDER BY ALL
SELECT p.id, g FROM PREDICT(MODEL value, TABLE birds) p, generate_series(1, p.hundreds) s(g) ORDER BY ALL
SELECT a.id, b.lean FROM PREDICT(MODEL value, TABLE birds) a JOIN PREDICT(MODEL lean, TABLE birds) b USING (id) ORDER BY id
SELECT a.id, b.id AS other FROM PREDICT(MODEL value, TABLE birds) a JOIN PREDICT(MODEL value, TABLE birds) b ON a.y = b.y AND a.id < b.id ORDER BY ALL
SELECT a.id FROM PREDICT(MODEL value, TABLE birds) a, owners o, attic.old x WHERE a.id = x.id AND o.city = a.city AND a.y > 100 ORDER BY ALL
SELECT b.id, o.owner FROM birds b JOIN owners o ON b.city = o.city AND PREDICT(MODEL value, b.ones, b.tens, b.hundreds, o.number) > 1000 ORDER BY ALL
SELECT b.id, o.owner FROM birds b LEFT JOIN owners o ON PREDICT(MODEL lean, b.ones, b.tens, b.hundreds) > 20 AND b.city = o.city ORDER BY ALL
SELECT b.id, o.owner FROM birds b FULL JOIN owners o ON PREDICT(MODEL echo, b.city) = o.city ORDER BY ALL
SELECT a.id, b.id AS other FROM birds a JOIN birds b ON PREDICT(MODEL value, a.ones, 0, 0, 0) = PREDICT(MODEL value, b.tens, 0, 0, 0) AND a.id < b.id ORDER BY ALL
SELECT b.id, PREDICT(MODEL value, b.ones, o.number, 0, 0) AS v FROM birds b JOIN owners o USING (city) ORDER BY ALL
SELECT b.id, PREDICT(MODEL value, b.ones, o.number, 0, 0) AS v FROM birds b LEFT JOIN owners o USING (city) ORDER BY ALL
SELECT t.trade, q.price, PREDICT(MODEL value, t.amount, q.price, 0, 0) AS v FROM trades t ASOF LEFT JOIN quotes q ON t.symbol = q.symbol AND t.stamp >= q.stamp ORDER BY ALL
SELECT id FROM birds b SEMI JOIN owners o ON PREDICT(MODEL echo, b.city) = o.city ORDER BY id
SELECT p.id, o.owner FROM PREDICT(MODEL value, TABLE birds) p RIGHT JOIN owners o ON p.city = o.city AND p.y < 100 ORDER BY ALL
