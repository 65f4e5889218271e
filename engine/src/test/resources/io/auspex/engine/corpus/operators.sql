# Operators and their precedence, casts, CASE, numbers
SELECT 2 ** 3 AS a, 2 ^ 3 AS b, 7 // 2 AS c, 7 / 2 AS d, 7 % 3 AS e, -7 // 2 AS f, -7 % 3 AS g
SELECT 2 ** 3 ** 2 AS a, -2 ** 2 AS b, 2 + 3 * 4 AS c, (2 + 3) * 4 AS d, 10 - 5 - 2 AS e, 2 * 3 // 4 AS f
SELECT 5 & 3 AS a, 5 | 3 AS o, xor(5, 3) AS x, ~5 AS n, 1 << 4 AS l, 16 >> 2 AS r, 4 ! AS f, @ -5 AS abs
SELECT 1 + 2::DOUBLE AS a, -1::INTEGER AS b, '5'::INTEGER + 1 AS c, 1 + '2'::INTEGER AS d, 3.7::INTEGER AS e, CAST('1.5' AS DECIMAL(4, 2)) AS f
SELECT TRY_CAST('x' AS INTEGER) AS a, TRY_CAST('5' AS INTEGER) AS b, TRY(1 / 0) AS c, try_cast('2024-13-01' AS DATE) AS d
SELECT NOT true OR true AS a, NOT (true OR true) AS b, true AND NULL AS c, false AND NULL AS d, NULL OR true AS e, NOT NULL AS f
SELECT 1 = 1 AND 2 > 1 OR false AS a, (1 < 2) = true AS b, 1 <> 2 AS c, 1 != 2 AS d, 1 == 1 AS e
SELECT 5 BETWEEN 1 AND 10 AS a, 5 NOT BETWEEN 1 AND 10 AS b, 5 IN (1, 5) AS c, 5 NOT IN (1, 2) AS d, NULL IN (1, NULL) AS e, 3 IN [1, 3] AS f
SELECT NULL IS NULL AS a, 1 IS NOT NULL AS b, 1 ISNULL AS c, 1 NOTNULL AS d, true IS TRUE AS e, NULL IS NOT FALSE AS f, NULL IS UNKNOWN AS g
SELECT 1 IS DISTINCT FROM NULL AS a, NULL IS NOT DISTINCT FROM NULL AS b, 'NaN'::DOUBLE = 'NaN'::DOUBLE AS c, 'NaN'::DOUBLE > 'Infinity'::DOUBLE AS d
SELECT CASE 3 WHEN 1 THEN 'a' WHEN 3 THEN 'c' END AS a, CASE WHEN false THEN 1 ELSE 2.5 END AS b, CASE WHEN NULL THEN 1 END AS c, if(true, 1, 2) AS d
SELECT CASE WHEN id > 20 THEN 'high' WHEN id > 10 THEN 'mid' ELSE 'low' END AS k, count(*) AS n FROM birds GROUP BY k ORDER BY k
SELECT greatest(1, 5, 3) AS g, least('b', 'a') AS l, coalesce(NULL, NULL, 3) AS c, nullif(1, 1) AS n, ifnull(NULL, 2) AS i
SELECT round(2.567, 2) AS r, floor(-1.5) AS f, ceil(1.2) AS c, trunc(1.9) AS t, sign(-3) AS s, abs(-7) AS a, mod(7, 4) AS m, even(1.5) AS e
SELECT sqrt(16.0) AS s, power(2, 10) AS p, gcd(12, 18) AS g, lcm(4, 6) AS l, factorial(5) AS f, pi() > 3 AS pi, ln(1.0) AS n, bit_count(7) AS b
SELECT isnan(d) AS n, isinf(d) AS i, isfinite(d) AS f FROM gaps ORDER BY ALL
SELECT 10 / 4 AS d, 10.0 / 4 AS e, 10::DECIMAL(5, 2) / 4 AS f, 1::FLOAT / 3 = 1 / 3 AS g, 5 / 0 AS z
SELECT 1::TINYINT + 1::TINYINT AS t, 100::UTINYINT::VARCHAR AS u, 9223372036854775807::HUGEINT + 1 AS h, 1.1 + 2.2 AS x, 0.1::DOUBLE + 0.2::DOUBLE AS y
SELECT [1, 2, 3]::VARCHAR AS a, '[1, 2]'::INTEGER[] AS b, '{"a": 1}'::STRUCT(a INTEGER) AS c, [1, 2]::DOUBLE[] AS d, {'a': 1}::STRUCT(a VARCHAR) AS e
SELECT 'calm'::mood AS m, 'wild'::mood > 'calm'::mood AS c, enum_range(NULL::mood) AS r, enum_code('proud'::mood) AS k
SELECT i, u, union_tag(u) AS t, u.num AS n, u.str AS s FROM shapes ORDER BY i
SELECT 7::UNION(a INTEGER, b VARCHAR) AS u, union_extract(union_value(k := 5), 'k') AS k
SELECT typeof(1) AS a, typeof(1.5) AS b, typeof('x') AS c, typeof([1]) AS d, typeof(NULL) AS e, typeof(DATE '2024-01-01') AS f
SELECT id, ones + tens * hundreds - thousands AS a, (ones + tens) * hundreds AS b, ones // 2 AS c, ones ** 2 AS d FROM birds ORDER BY id
SELECT id, -ones AS n, +ones AS p, ones::DOUBLE / 4 AS q, ones % 3 = 1 AS m, NOT ones > 3 AS x FROM birds ORDER BY id
SELECT id FROM birds WHERE ones > 3 AND tens < 5 OR NOT hundreds = 1 AND id < 10 ORDER BY id
SELECT id FROM birds WHERE (ones > 3 OR tens < 5) AND (hundreds = 1 OR id < 10) ORDER BY id
SELECT id FROM birds WHERE (tens > 4) IS NOT TRUE ORDER BY id
SELECT id, y ** 2 AS a, y // 100 AS b, y / 4 AS c, y % 7 AS d, -y AS e FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, ones + y * 2 - 1 AS a, (ones + y) * 2 AS b, y - ones - tens AS c FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, y::INTEGER AS i, CAST(y AS DECIMAL(10, 2)) AS d, y::VARCHAR AS s, TRY_CAST(name AS INTEGER) AS t FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 ORDER BY id
SELECT id, 1 + y::DOUBLE AS a, -y::DOUBLE AS b, id::VARCHAR || 'x' AS c FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE y > 1000 AND id > 3 OR NOT y > 100 AND tens IS NULL ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE y BETWEEN 100 AND 1000 AND id NOT BETWEEN 5 AND 7 ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE (y > 1000) IS NOT TRUE ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE (tens > 4) IS UNKNOWN OR y = 'NaN' ORDER BY id
SELECT id, CASE WHEN y > 2000 THEN 'high' WHEN y > 1000 THEN 'mid' ELSE city END AS k FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, CASE hundreds WHEN 0 THEN y WHEN 1 THEN -y ELSE NULL END AS k, if(y > 1000, 'a', 'b') AS i FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, greatest(y, 1000) AS g, least(y, ones, 5) AS l, coalesce(tens, y) AS c, nullif(y, 4321) AS n FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, round(y / 7, 2) AS r, floor(y / 100) AS f, sqrt(abs(y)) AS s, y IN (4321, 605) AS i FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, mood, mood = 'wild' AS w, mood > 'calm' AS g, mood::VARCHAR || y AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, hundreds & 1 AS a, hundreds | 4 AS o, hundreds << 2 AS l, ~hundreds AS n, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, weight * 2 AS w, weight + 0.25 AS v, big + 1 AS b, weight / 3 AS d FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT i, u.num AS n, union_tag(u) AS t, PREDICT(MODEL value, u.num, 0, 0, 0) AS v FROM shapes ORDER BY i
SELECT id, PREDICT(MODEL value, ones ** 2, tens // 2, -hundreds, thousands % 2) AS v FROM birds ORDER BY id
SELECT id, 2 * PREDICT(MODEL value) + 1 AS a, -PREDICT(MODEL value) ** 2 AS b, PREDICT(MODEL value)::INTEGER // 10 AS c FROM birds WHERE tens >= 0 ORDER BY id
SELECT id, PREDICT(MODEL value, CASE WHEN tens IS NULL THEN 0 ELSE tens END, 0, 0, 0) AS v FROM birds ORDER BY id
SELECT id, CASE WHEN PREDICT(MODEL value) > 1000 THEN 'a' WHEN PREDICT(MODEL lean) > 20 THEN 'b' END AS k FROM birds ORDER BY id
SELECT id FROM birds WHERE PREDICT(MODEL value) > 1000 AND NOT PREDICT(MODEL lean) < 20 OR id = 1 ORDER BY id
SELECT id FROM birds WHERE PREDICT(MODEL value) BETWEEN 1000 AND PREDICT(MODEL lean) * 100 ORDER BY id
SELECT id, coalesce(PREDICT(MODEL echo, city), 'none') AS e, PREDICT(MODEL echo, city) IS NULL AS n FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value, TRY_CAST(name AS INTEGER), tens::DOUBLE, hundreds::VARCHAR::INTEGER, true) AS v FROM birds ORDER BY id
SELECT typeof(y) AS t, typeof(PREDICT(MODEL echo, city)) AS e FROM PREDICT(MODEL value, TABLE birds) LIMIT 1
