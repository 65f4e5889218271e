# Lists, structs, maps, and numbers and strings in all their spellings
SELECT [1, 2, 3] AS l
SELECT [1, NULL, 3][2] AS n, [1, 2, 3][1] AS first, [1, 2, 3][-1] AS last, [1, 2][9] AS outside
SELECT [1, 2, 3, 4, 5][2:4] AS middle, [1, 2, 3][:2] AS head, [1, 2, 3][2:] AS tail, [1, 2, 3][:] AS whole
SELECT [1, 2, 3, 4, 5, 6][1:6:2] AS odd, [1, 2, 3][-2:] AS two, [1, 2, 3, 4][:-:2] AS stepped
SELECT 'hello'[1] AS h, 'hello'[2:3] AS el, 'hello'[-2:] AS lo
SELECT [] AS none, [[1, 2], [], NULL] AS nested, len([[1], [2, 3]][2]) AS n
SELECT array_value(1, 2, 3) AS a, [1, 2, 3]::INTEGER[3] AS b, array_value(1.5, 2.5)[2] AS c
SELECT {'a': 1, 'b': 'x'} AS s, {a: 1, b: {c: [1, 2]}} AS t
SELECT {'a': 1, 'b c': 2}.a AS a, {'a': 1, 'b c': 2}['b c'] AS b, struct_pack(x := 1, y := 'z') AS p
SELECT {'a': {'b': {'c': 42}}}.a.b.c AS deep, row(1, 'x', NULL) AS r
SELECT (1, 2) AS pair, (1, 'a') = (1, 'a') AS same, (1, 2) < (1, 3) AS less
SELECT MAP {'a': 1, 'b': 2} AS m, MAP {'a': 1}['a'] AS found, MAP {'a': 1}['z'] AS missing
SELECT MAP([1, 2], ['x', 'y']) AS m, map_keys(MAP {1: 'x'}) AS k, map_values(MAP {1: 'x'}) AS v, cardinality(MAP {1: 2, 3: 4}) AS n
SELECT MAP {} AS empty, map_from_entries([('a', 1), ('b', 2)]) AS e, map_concat(MAP {'a': 1}, MAP {'b': 2}) AS c
SELECT 1_000_000 AS million, 1e3 AS thousand, 1E-2 AS hundredth, .5 AS half, 1.50 AS exact
SELECT 'it''s' AS quoted, E'tab\there' AS escaped, $$dollar 'quoted'$$ AS dollar, $tag$with $$ inside$tag$ AS tagged
SELECT '' AS empty, 'naïve 🦆' AS wide, 'line\nbreak'[1:4] AS line
SELECT true AS t, false AS f, NULL AS n, NULL::INTEGER AS i, DATE '2024-02-29' AS d, TIME '12:30:00' AS tm
SELECT '\xAA\x01'::BLOB AS b, '1010'::BIT AS bits, 'c0ffee00-0000-4000-8000-000000000001'::UUID AS u
SELECT 170141183460469231731687303715884105727 AS huge, 1e400::VARCHAR IS NULL AS n, -0.0::DOUBLE AS z, 'nan'::DOUBLE AS nan
SELECT x'ff' AS hex_string
SELECT [id, ones] AS l, {'i': id, 'v': y} AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT MAP {city: y} AS m FROM PREDICT(MODEL value, TABLE birds) WHERE city IS NOT NULL ORDER BY id
SELECT tags[1] AS t, tags[1:1] AS s, place.x AS x, place['z'] AS z, keys['k'] AS k FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT {'a': {'y': y}}.a.y AS v, [[y]][1][1] AS w FROM PREDICT(MODEL value, TABLE birds) WHERE id < 5 ORDER BY id
SELECT (id, y) AS pair, row(city, y) AS r FROM PREDICT(MODEL value, TABLE birds) ORDER BY id LIMIT 4
SELECT id, [PREDICT(MODEL value), PREDICT(MODEL lean)][2] AS v FROM birds ORDER BY id
SELECT id, {'v': PREDICT(MODEL value), 'city': city}.v AS v FROM birds ORDER BY id
SELECT PREDICT(MODEL value, 1_000, 1e1, .5, 1e2) AS v
SELECT name[1:4] AS n, name[-2:] AS t, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, (ones, tens) = (y, tens) AS same FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, $$it's $$ || city AS c FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
