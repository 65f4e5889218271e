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

# PredictReuse
SELECT id, PREDICT(MODEL value) AS v FROM birds WHERE PREDICT(MODEL value) > 1000 ORDER BY PREDICT(MODEL value) DESC, id
SELECT id, PREDICT(MODEL lean, ones, tens + 1, id) AS v FROM birds WHERE PREDICT(MODEL lean, ones, tens + 1, id) > 10 AND city IS NOT NULL ORDER BY id
SELECT id, y, PREDICT(MODEL value, ones, tens, hundreds, thousands) + 1 AS v FROM PREDICT(MODEL value, TABLE birds) WHERE y > 100 ORDER BY id
SELECT id, PREDICT(MODEL value) AS v, PREDICT(MODEL lean, ones, tens, hundreds) AS l FROM birds WHERE PREDICT(MODEL lean, ones, tens, hundreds) > 5 AND PREDICT(MODEL value) > 500 ORDER BY id
SELECT id, y, y_1 FROM PREDICT(MODEL value, (SELECT id, ones, tens, hundreds, thousands, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id LIMIT 9)) p(id, o, t, h, th, y, y_1) ORDER BY id
SELECT id, row_number() OVER (ORDER BY id) AS r, PREDICT(MODEL value) AS v FROM birds WHERE PREDICT(MODEL value) > 700 ORDER BY id
SELECT * FROM (SELECT id, ones + 1 AS ones, tens, hundreds, thousands, PREDICT(MODEL value) AS v FROM birds) q WHERE PREDICT(MODEL value) > 700 AND v > 10 ORDER BY id
SELECT id, PREDICT(MODEL value, n, tens, hundreds, thousands) AS v FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM birds) b WHERE PREDICT(MODEL value, n, tens, hundreds, thousands) > 700 ORDER BY id
SELECT id, echo, PREDICT(MODEL echo, echo) AS e, PREDICT(MODEL echo, city) AS f FROM PREDICT(MODEL echo, TABLE birds) ORDER BY id

# PredictJoinTranspose
SELECT b.id, x.id AS other, PREDICT(MODEL value, b.ones, b.tens, b.hundreds, b.thousands) AS v FROM aviary.birds b JOIN birds x ON b.plan = x.plan ORDER BY ALL
SELECT b.id, x.id AS other, PREDICT(MODEL value, b.ones, b.tens, b.hundreds, b.thousands) AS v FROM birds x JOIN aviary.birds b ON b.plan = x.plan AND x.id > b.id WHERE PREDICT(MODEL value, b.ones, b.tens, b.hundreds, b.thousands) > 100 ORDER BY ALL
SELECT b.id, x.id AS other, PREDICT(MODEL value, b.ones, b.tens, b.hundreds, b.thousands) AS v FROM aviary.birds b LEFT JOIN birds x ON b.plan = x.plan AND x.id > 3 AND b.id <> 2 ORDER BY ALL
SELECT b.id, x.id AS other, PREDICT(MODEL value, b.ones, b.tens, b.hundreds, b.thousands) AS v FROM birds x RIGHT JOIN aviary.birds b ON b.plan = x.plan AND b.id <> 2 ORDER BY ALL
SELECT b.id, x.id AS other, PREDICT(MODEL value, x.ones, x.tens, x.hundreds, x.thousands) AS v FROM aviary.birds b LEFT JOIN birds x ON b.plan = x.plan AND b.id <> 2 ORDER BY ALL
SELECT b.id, x.id AS other, PREDICT(MODEL value, b.ones, b.tens, b.hundreds, b.thousands) AS v FROM aviary.birds b FULL JOIN birds x ON b.plan = x.plan AND b.id <> 2 ORDER BY ALL
SELECT b.id, x.id AS other, PREDICT(MODEL value, b.ones, x.tens, b.hundreds, b.thousands) AS v FROM aviary.birds b JOIN birds x ON b.plan = x.plan ORDER BY ALL
SELECT b.id, x.id AS other, PREDICT(MODEL value, b.ones, b.tens, b.hundreds, b.thousands) AS v FROM aviary.birds b, birds x ORDER BY ALL
SELECT id, y, lean, other FROM PREDICT(MODEL lean, (SELECT b.*, x.id AS other, x.y FROM aviary.birds b JOIN PREDICT(MODEL value, TABLE birds) x ON b.plan = x.plan)) WHERE y > 100 ORDER BY ALL

# JoinPredictTranspose
SELECT p.id, y, b.name FROM PREDICT(MODEL value, TABLE birds) p JOIN aviary.birds b ON p.id = b.id ORDER BY ALL
SELECT p.id, y, b.* FROM aviary.birds b JOIN PREDICT(MODEL value, TABLE birds) p ON p.id = b.id AND p.ones >= b.tens ORDER BY ALL
SELECT p.*, b.id AS b FROM PREDICT(MODEL value, TABLE birds) p JOIN aviary.birds b ON p.id = b.id WHERE y > 1000 AND p.city IS NOT NULL ORDER BY p.id
SELECT p.id, y, lean FROM PREDICT(MODEL value, TABLE birds) p JOIN PREDICT(MODEL lean, TABLE aviary.birds) b ON p.id = b.id WHERE y > lean ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p JOIN aviary.birds b ON p.id = b.id AND p.y > 1000 + b.id ORDER BY ALL
SELECT p.id, y, b.name FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN aviary.birds b ON p.id = b.id ORDER BY ALL
SELECT p.id, p.y, q.y AS z FROM PREDICT(MODEL value, TABLE birds) p JOIN PREDICT(MODEL value, TABLE aviary.birds) q USING (id) ORDER BY ALL
SELECT count(*) AS n, sum(y) AS s FROM PREDICT(MODEL value, TABLE birds) p JOIN aviary.birds b USING (id)

# JoinRemove
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN cities c ON p.city = c.city ORDER BY ALL
SELECT p.id, y FROM cities c RIGHT JOIN PREDICT(MODEL value, TABLE birds) p ON c.city = p.city AND c.country <> 'IT' ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN cities c USING (city) WHERE p.id > 3 ORDER BY ALL
SELECT count(*) AS n, sum(y) AS s FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN cities c ON p.city = c.city
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN (SELECT number, count(*) AS n FROM owners GROUP BY number) o ON o.number = p.id ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN (SELECT DISTINCT city FROM owners) o ON o.city = p.city ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN PREDICT(MODEL echo, TABLE cities) c ON c.city = p.city ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN pairs x ON x.a = p.id AND x.b = p.ones ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN pairs x ON x.a = p.id ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN owners o ON p.city = o.city ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN cities c ON p.city > c.city ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN cities c ON lower(p.city) = lower(c.city) ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN cities c ON p.city = c.city OR p.id = 3 ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN spelled s ON p.city = s.city ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN numerals n ON p.id = n.numeral ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p FULL JOIN cities c ON p.city = c.city ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p JOIN cities c ON p.city = c.city ORDER BY ALL
SELECT n, PREDICT(MODEL lean, n, n, n) AS l FROM visits v JOIN cities c ON v.city = c.city ORDER BY ALL
SELECT v.n, lean FROM cities c JOIN PREDICT(MODEL lean, (SELECT n, city, n AS ones, n AS tens, n AS hundreds FROM visits WHERE n > 1)) v ON c.city = v.city ORDER BY ALL
SELECT n, PREDICT(MODEL lean, n, n, n) AS l FROM visits v JOIN cities c ON v.city = c.city AND c.country <> 'IT' ORDER BY ALL
SELECT n, PREDICT(MODEL lean, n, n, n) AS l FROM visits v JOIN (SELECT * FROM cities WHERE country <> 'IT') c ON v.city = c.city ORDER BY ALL
SELECT n, PREDICT(MODEL lean, n, n, n) AS l FROM visits v JOIN cities c ON v.was = c.city ORDER BY ALL
SELECT c.country, PREDICT(MODEL lean, n, n, n) AS l FROM visits v JOIN cities c ON v.city = c.city ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN (SELECT DISTINCT number FROM owners) o ON o.number = p.id ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN (SELECT number, city FROM owners GROUP BY number, city) o ON o.number = p.id AND o.city = p.city ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN (SELECT number % 2 AS number, count(*) AS n FROM owners GROUP BY owners.number) o ON o.number = p.id ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN (SELECT a, unnest([b, b]) AS b FROM pairs GROUP BY a, b) o ON o.a = p.id ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN (SELECT a, min(b) AS b FROM pairs GROUP BY ROLLUP (a, b)) o ON o.a = p.id ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN (SELECT DISTINCT ON (b) a, b FROM pairs) o ON o.a = p.id ORDER BY ALL
SELECT p.id, y FROM PREDICT(MODEL value, TABLE birds) p LEFT JOIN (SELECT DISTINCT a, b FROM pairs) o ON o.a = p.id ORDER BY ALL

# PredictShareScan
SELECT id, PREDICT(MODEL value) AS v, PREDICT(MODEL lean, ones, tens, hundreds) AS l FROM birds ORDER BY id
SELECT id, y, lean FROM PREDICT(MODEL lean, (SELECT * FROM PREDICT(MODEL value, TABLE birds))) ORDER BY id
SELECT id, mood, place, keys, tags, PREDICT(MODEL value, ones + 1, tens, hundreds, 3) AS v, PREDICT(MODEL lean, id, tens + 1, hundreds) AS l, PREDICT(MODEL echo, city || name) AS e FROM birds ORDER BY id
SELECT id, PREDICT(MODEL lean, PREDICT(MODEL value), tens, hundreds) AS l FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value) AS v, PREDICT(MODEL lean, ones, tens, hundreds) AS l FROM birds ORDER BY id LIMIT 3
SELECT count(*) AS n, sum(y) AS s, min(echo) AS e FROM PREDICT(MODEL echo, (SELECT *, upper(city) AS upper FROM PREDICT(MODEL value, TABLE birds)))
