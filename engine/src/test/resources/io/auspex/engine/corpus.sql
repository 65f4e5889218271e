CREATE TABLE quotes AS FROM (VALUES ('A', TIMESTAMP '2024-01-01 09:00:00', 10.0::DECIMAL(9, 2)), ('A', TIMESTAMP '2024-01-01 10:00:00', 11.5), ('A', TIMESTAMP '2024-01-01 12:00:00', 9.25), ('B', TIMESTAMP '2024-01-01 09:30:00', 20.0), ('B', TIMESTAMP '2024-01-01 11:30:00', 21.0), ('C', TIMESTAMP '2024-01-01 23:00:00', 5.0)) q(symbol, stamp, price);
CREATE TABLE trades AS FROM (VALUES (1, 'A', TIMESTAMP '2024-01-01 09:05:00', 3), (2, 'A', TIMESTAMP '2024-01-01 11:00:00', 5), (3, 'B', TIMESTAMP '2024-01-01 09:00:00', 7), (4, 'B', TIMESTAMP '2024-01-01 12:00:00', NULL), (5, 'C', TIMESTAMP '2024-01-01 10:00:00', 2), (6, 'A', TIMESTAMP '2024-01-01 12:00:00', 1)) t(trade, symbol, stamp, amount);
CREATE TABLE sales AS FROM (VALUES ('north', 2023, 1, 10), ('north', 2023, 2, 20), ('north', 2024, 1, 30), ('south', 2023, 1, 5), ('south', 2024, 1, 15), ('south', 2024, 2, NULL), ('west', 2024, 2, 40), (NULL, 2024, 1, 1)) s(region, year, quarter, amount);
CREATE TABLE wide AS SELECT 1 AS key, 10 AS jan, 20 AS feb, 30 AS mar UNION ALL SELECT 2, NULL, 25, 35;
CREATE TABLE tree AS FROM (VALUES (1, NULL, 'root'), (2, 1, 'left'), (3, 1, 'right'), (4, 2, 'leaf'), (5, 4, 'deep')) t(node, parent, label);
CREATE TABLE gaps AS FROM (VALUES (1, NULL, NULL), (2, 'x', 1.5::DOUBLE), (3, NULL, 'NaN'::DOUBLE), (4, 'y', 'Infinity'::DOUBLE), (4, 'y', -0.0::DOUBLE), (NULL, 'x', 2.5)) g(k, s, d);
CREATE TABLE texts AS FROM (VALUES (1, 'The quick brown fox'), (2, 'jumps over the lazy dog'), (3, 'Ünïcödé 🦆 duck'), (4, ''), (5, NULL), (6, 'a,b,,c'), (7, '2024-02-29'), (8, '  pad  ')) t(i, s);
CREATE TABLE shapes AS SELECT 1 AS i, union_value(num := 7)::UNION(num INTEGER, str VARCHAR) AS u UNION ALL SELECT 2, union_value(str := 'seven')::UNION(num INTEGER, str VARCHAR) UNION ALL SELECT 3, NULL;
CREATE MACRO plus_one(a) AS a + 1;
CREATE MACRO between_them(a, b := 10) AS (a + b) / 2;
CREATE MACRO old_birds(least) AS TABLE SELECT * FROM birds WHERE age >= least;
CREATE VIEW delphians AS SELECT id, name, ones, tens, hundreds, thousands FROM birds WHERE city = 'Delphi';
CREATE VIEW renamed(a, b) AS SELECT id, city FROM birds;
CREATE VIEW per_city AS SELECT city, count(*) AS n, max(income) AS top FROM birds GROUP BY city;
CREATE SCHEMA IF NOT EXISTS attic;
CREATE TABLE attic.old AS SELECT id, ones, tens, hundreds, thousands FROM birds WHERE id % 3 = 0
