# What stands in FROM: files, functions, VALUES, FROM first
FROM birds SELECT id, name ORDER BY id
FROM owners
FROM owners ORDER BY owner LIMIT 2
FROM birds SELECT count(*) AS n WHERE id > 3
SELECT id, city FROM '$folder/birds_1.parquet' ORDER BY id
SELECT count(*) AS n FROM '$folder/birds_*.parquet'
SELECT * FROM '$folder/birds.csv' ORDER BY id
SELECT id, tags FROM '$folder/birds.json' ORDER BY id
FROM '$folder/birds_2.parquet' SELECT max(id) AS m
FROM read_csv('$folder/birds.csv', header = true, all_varchar = true) SELECT id, city ORDER BY id
SELECT count(*) AS n FROM read_parquet(['$folder/birds_1.parquet', '$folder/birds_2.parquet'], union_by_name = true)
SELECT * FROM range(5)
SELECT range AS r FROM range(2, 8, 2) ORDER BY r DESC
SELECT * FROM generate_series(1, 3) g(i)
SELECT x, y FROM range(3) a(x), range(2) b(y) ORDER BY x, y
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(n, s) ORDER BY n
VALUES (1, 'x'), (2, NULL)
SELECT * FROM (FROM owners SELECT owner, number) ORDER BY number
SELECT * FROM unnest([1, 2, 3]) u(n)
SELECT b.id, x FROM birds b, unnest([b.ones, b.tens]) u(x) WHERE b.id < 4 ORDER BY ALL
SELECT * FROM memory.main.owners ORDER BY owner
SELECT o.owner, attic.old.id FROM attic.old JOIN owners o ON o.number = attic.old.id ORDER BY ALL
SELECT count(*) AS n FROM "odd names" WHERE "Ones" > 3
SELECT column_name FROM (DESCRIBE owners)
TABLE owners
SELECT * FROM (TABLE owners) o ORDER BY o.number
SELECT * FROM query_table('owners') ORDER BY number
SELECT * FROM repeat_row(1, 'x', num_rows = 3)
SELECT sum(n) AS s FROM (SELECT unnest(range(10)) AS n)
FROM PREDICT(MODEL value, TABLE birds)
FROM PREDICT(MODEL value, TABLE birds) SELECT id, y WHERE y > 1000 ORDER BY id
FROM PREDICT(MODEL value, (FROM birds WHERE id < 10)) ORDER BY id LIMIT 3
SELECT id, y FROM PREDICT(MODEL value, (SELECT * FROM '$folder/birds_1.parquet')) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (FROM '$folder/birds_*.parquet')) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (FROM '$folder/birds.csv')) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (SELECT * FROM read_json('$folder/birds.json'))) ORDER BY id
SELECT p.id, y, n FROM PREDICT(MODEL value, TABLE birds) p, range(2) r(n) WHERE p.id < 4 ORDER BY ALL
SELECT y FROM PREDICT(MODEL value, (SELECT 1 AS ones, 2 AS tens, 3 AS hundreds, 4 AS thousands UNION ALL SELECT 5, 6, 7, NULL)) ORDER BY y
SELECT * FROM PREDICT(MODEL value, (VALUES (1, 2, 3, 4), (5, 6, 7, 8)), DESCRIPTOR(col0, col1, col2, col3)) ORDER BY ALL
SELECT * FROM PREDICT(MODEL value, (SELECT * FROM (VALUES (1, 2, 3, 4)) v(ones, tens, hundreds, thousands)))
SELECT y FROM PREDICT(MODEL value, (SELECT i AS ones, i + 1 AS tens, 0 AS hundreds, 0 AS thousands FROM range(5) t(i))) ORDER BY y
SELECT id, y FROM PREDICT(MODEL value, TABLE attic.old) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, TABLE memory.attic.old) ORDER BY id
SELECT "sel ect", y FROM PREDICT(MODEL value, TABLE "odd names") ORDER BY "sel ect"
SELECT p.id, PREDICT(MODEL value, x, 1, 1, 1) AS v FROM birds p, unnest([p.ones, 3]) u(x) WHERE p.id < 5 ORDER BY ALL
SELECT PREDICT(MODEL value, n, n, n, n) AS v FROM range(4) r(n) ORDER BY v
SELECT PREDICT(MODEL value, a, b, 0, 0) AS v FROM (VALUES (1, 2), (3, NULL)) t(a, b) ORDER BY v
FROM birds SELECT id, PREDICT(MODEL value) AS v ORDER BY id
FROM '$folder/birds.csv' SELECT id, PREDICT(MODEL value) AS v ORDER BY id
SELECT lean FROM PREDICT(MODEL lean, (FROM PREDICT(MODEL value, TABLE birds))) ORDER BY lean
SELECT id, y FROM PREDICT(MODEL value, TABLE delphians) ORDER BY id
SELECT id, y FROM PREDICT(MODEL value, (FROM old_birds(30))) ORDER BY id
