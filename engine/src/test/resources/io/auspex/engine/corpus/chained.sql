# Predictions of predictions, models with several outputs, DESCRIPTOR, TABLE(PREDICT)
SELECT id, verdict FROM PREDICT(MODEL offer, TABLE birds) WHERE chances['stay'] > 0.5 ORDER BY id
SELECT verdict, count(*) AS n FROM PREDICT(MODEL offer, TABLE birds) GROUP BY verdict ORDER BY verdict
SELECT id, map_keys(chances) AS k, verdict IN ('stay', 'leave') AS v FROM PREDICT(MODEL offer, TABLE birds) ORDER BY id
SELECT id, verdict || ' ' || city AS s FROM PREDICT(MODEL offer, TABLE birds) ORDER BY id
SELECT id, list_sort(map_keys(chances))[1] AS k FROM PREDICT(MODEL offer, TABLE birds) ORDER BY id
SELECT p.id, p.verdict, v.y FROM PREDICT(MODEL offer, TABLE birds) p JOIN PREDICT(MODEL value, TABLE birds) v ON p.id = v.id ORDER BY p.id
SELECT id, lean, y FROM PREDICT(MODEL lean, (SELECT id, y, y AS ones, tens, hundreds FROM PREDICT(MODEL value, TABLE birds))) ORDER BY id
SELECT lean, y, id FROM PREDICT(MODEL lean, (FROM PREDICT(MODEL value, TABLE birds)), DESCRIPTOR(y, ones, y)) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE birds, DESCRIPTOR(id, hundreds, tens, ones)) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (SELECT id, ones AS a, tens AS b FROM birds), DESCRIPTOR(a, b, b, a)) WHERE y > 100 ORDER BY id
SELECT * FROM TABLE(PREDICT(MODEL value, TABLE delphians)) p ORDER BY p.id
SELECT p.y FROM TABLE(PREDICT(MODEL value, (SELECT * FROM birds WHERE id < 5))) AS p ORDER BY 1
SELECT id, PREDICT(MODEL lean, PREDICT(MODEL value), ones, PREDICT(MODEL value, 1, 1, 1, 1)) AS v FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value, thousands => 1, hundreds => 2, tens => 3, ones => id) AS v FROM birds ORDER BY id
SELECT id, y, PREDICT(MODEL lean) AS l, y > l AS b FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, PREDICT(MODEL lean, y, y, y) AS l FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, PREDICT(MODEL value).y AS v FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value, ones, tens, hundreds, thousands).y + 1 AS v FROM birds WHERE PREDICT(MODEL value).y > 500 ORDER BY id
SELECT a.id, b.id AS other FROM PREDICT(MODEL value, TABLE birds) a, PREDICT(MODEL lean, TABLE birds) b WHERE a.y = b.lean * 100 OR a.id = b.id AND a.id < 4 ORDER BY ALL
SELECT id, (SELECT max(lean) FROM PREDICT(MODEL lean, TABLE birds) l WHERE l.city = p.city AND l.tens >= 0) AS m FROM PREDICT(MODEL value, TABLE birds) p ORDER BY id
SELECT id, echo FROM PREDICT(MODEL echo, (SELECT id, verdict AS city FROM PREDICT(MODEL offer, TABLE birds))) ORDER BY id
SELECT PREDICT(MODEL value, 1, NULL, 3, 4) AS n, PREDICT(MODEL echo, NULL) AS e, PREDICT(MODEL echo, '') AS f
SELECT count(*) AS n, count(y) AS c, sum(CASE WHEN isnan(y) THEN 1 END) AS nans FROM PREDICT(MODEL value, TABLE birds)
SELECT id, y FROM PREDICT(MODEL value, (SELECT * FROM birds WHERE false)) ORDER BY id
SELECT max(y) AS m FROM PREDICT(MODEL value, (SELECT * FROM birds LIMIT 0))
SELECT id, city, y FROM PREDICT(MODEL value VERSION 1, TABLE birds) ORDER BY id
SELECT id, PREDICT(MODEL value VERSION 1, ones, 0, 0, 0) AS v FROM birds ORDER BY id
SELECT predict.id FROM (SELECT 1 AS id) AS predict
SELECT model, version FROM (SELECT 1 AS model, 2 AS version)
SELECT a.y - b.y AS d FROM PREDICT(MODEL value, TABLE birds) a JOIN PREDICT(MODEL value, TABLE birds) b ON a.id = b.id WHERE a.tens >= 0 ORDER BY a.id
