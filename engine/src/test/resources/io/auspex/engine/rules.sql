# A query a line, for each rule of the planner some that it changes.

# FilterIntoJoin, FilterMerge, FilterProjectTranspose, FilterPredictTranspose
SELECT p.id, o.owner, y FROM PREDICT(MODEL value, TABLE birds) p JOIN owners o ON p.city = o.city WHERE p.id > 5 AND o.number < 3 AND y > 100 ORDER BY ALL
SELECT p.id, o.owner, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN owners o ON p.city = o.city WHERE p.id > 5 AND o.number IS NULL ORDER BY ALL
SELECT * FROM (SELECT id, y, ones + tens AS s FROM PREDICT(MODEL value, TABLE birds) WHERE y > 10) q WHERE id > 3 AND s > 2 ORDER BY id
SELECT id FROM (SELECT * FROM PREDICT(MODEL value, TABLE birds) WHERE id > 3) a WHERE id < 20 AND y > 1000 ORDER BY id
SELECT id, lean FROM PREDICT(MODEL lean, (SELECT * FROM PREDICT(MODEL value, TABLE birds) WHERE y > 500)) WHERE city = 'Roma' ORDER BY id
SELECT id FROM birds WHERE PREDICT(MODEL value) > 1000 AND city IS NOT NULL ORDER BY id

# SortProjectTranspose, SortPredictTranspose
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id DESC LIMIT 3
SELECT id, y + 1 AS more FROM PREDICT(MODEL value, TABLE birds) ORDER BY id LIMIT 4 OFFSET 2
SELECT id, PREDICT(MODEL value) AS v FROM birds ORDER BY id LIMIT 5

# FieldTrim, PredictRemove
SELECT id, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, verdict FROM PREDICT(MODEL offer, TABLE birds) ORDER BY id
SELECT id, city FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT count(*) FROM PREDICT(MODEL value, TABLE birds)
SELECT city, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY city ORDER BY ALL
SELECT id FROM PREDICT(MODEL value, TABLE birds) UNION ALL SELECT number FROM owners ORDER BY ALL
SELECT o.owner FROM owners o JOIN PREDICT(MODEL value, TABLE birds) p ON o.city = p.city ORDER BY ALL
