# Stars: EXCLUDE, REPLACE, RENAME, COLUMNS, LIKE, struct.*
SELECT * EXCLUDE (big, place, keys, tags) FROM birds ORDER BY id
SELECT * EXCLUDE id FROM owners, (SELECT 1 AS id) ORDER BY owner
SELECT o.* EXCLUDE (city) FROM owners o ORDER BY number
SELECT * REPLACE (upper(owner) AS owner, number * 2 AS number) FROM owners ORDER BY number
SELECT * EXCLUDE (city) REPLACE (lower(owner) AS owner) FROM owners ORDER BY number
SELECT * RENAME (owner AS who) FROM owners ORDER BY number
SELECT COLUMNS('n.*') FROM owners ORDER BY number
SELECT COLUMNS(lambda c: c LIKE 'o%') FROM owners ORDER BY 1
SELECT min(COLUMNS(*)) FROM owners
SELECT max(COLUMNS(* EXCLUDE (city, since))) FROM owners
SELECT COLUMNS(['ones', 'tens']) + 1 FROM birds ORDER BY 1, 2
SELECT coalesce(*COLUMNS(['tens', 'ones'])) AS c FROM birds ORDER BY c
SELECT sum(COLUMNS('^(ones|hundreds)$')) FROM birds
SELECT * LIKE '%ne%' FROM owners ORDER BY 1
SELECT * SIMILAR TO 'o.*|c.*' FROM owners ORDER BY 1
SELECT owner FROM owners WHERE COLUMNS(['number', 'number']) > 1 ORDER BY owner
SELECT place.* FROM birds ORDER BY ALL
SELECT unnest(place) FROM birds ORDER BY ALL
SELECT s.* FROM (SELECT {'a': 1, 'b': 2} AS s)
SELECT COLUMNS('(o)(.*)') AS '\2_\1' FROM owners ORDER BY 1
SELECT owners.*, b.id FROM owners JOIN birds b ON b.id = owners.number ORDER BY b.id
SELECT a.*, b.* FROM owners a JOIN owners b ON a.number = b.number + 1 ORDER BY ALL
SELECT * EXCLUDE (big, place, keys) FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT * EXCLUDE y FROM PREDICT(MODEL value, TABLE delphians) ORDER BY id
SELECT * REPLACE (-y AS y) FROM PREDICT(MODEL value, TABLE delphians) ORDER BY id
SELECT * EXCLUDE (name) REPLACE (y + id AS y) RENAME (ones AS o) FROM PREDICT(MODEL value, TABLE delphians) ORDER BY id
SELECT COLUMNS('^[hy]') FROM PREDICT(MODEL value, TABLE birds) ORDER BY ALL
SELECT COLUMNS(lambda c: len(c) = 4) FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT max(COLUMNS(['id', 'y', 'ones'])) FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0
SELECT COLUMNS(['y', 'ones']) * 2 FROM PREDICT(MODEL value, TABLE birds) ORDER BY ALL
SELECT * FROM PREDICT(MODEL value, (SELECT * EXCLUDE (tens), id AS tens FROM birds)) ORDER BY id
SELECT * EXCLUDE (age, income, big, keys, place, tags) FROM PREDICT(MODEL offer, TABLE birds) p SEMI JOIN owners o ON o.city = p.city ORDER BY id
SELECT y, p.* EXCLUDE (y) FROM PREDICT(MODEL value, TABLE delphians) p ORDER BY id
SELECT place.*, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT place.x, p.place.z, y FROM PREDICT(MODEL value, TABLE birds) p ORDER BY id
SELECT *, PREDICT(MODEL value) AS v FROM delphians ORDER BY id
SELECT d.* EXCLUDE (name), PREDICT(MODEL value) AS v FROM delphians d ORDER BY v, id
SELECT * REPLACE (PREDICT(MODEL value) AS ones) FROM delphians ORDER BY id
SELECT coalesce(*COLUMNS(['tens', 'ones'])) AS c, PREDICT(MODEL lean) AS l FROM birds ORDER BY id
SELECT COLUMNS('^(id|ones)$'), PREDICT(MODEL value) AS v FROM birds ORDER BY id
SELECT p.* FROM PREDICT(MODEL value, TABLE delphians) p JOIN owners o ON o.number = p.id ORDER BY id
