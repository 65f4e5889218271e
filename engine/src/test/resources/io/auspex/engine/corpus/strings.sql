# Strings, patterns, regular expressions, JSON
SELECT i, upper(s) AS u, lower(s) AS l, length(s) AS n, reverse(s) AS r FROM texts ORDER BY i
SELECT i, s || '!' AS a, concat(s, '-', i) AS b, concat_ws('/', s, NULL, i) AS c FROM texts ORDER BY i
SELECT i, substring(s, 2, 3) AS a, substring(s FROM 2 FOR 3) AS b, s[1:3] AS c, left(s, 2) AS d, right(s, 2) AS e FROM texts ORDER BY i
SELECT i, trim(s) AS a, ltrim(s) AS b, rtrim(s) AS c, trim(BOTH ' ' FROM s) AS d, trim(s, 'Tx') AS e FROM texts ORDER BY i
SELECT i, replace(s, 'o', '0') AS a, translate(s, 'ab', 'xy') AS b, lpad(s, 5, '*') AS c, rpad(s, 5, '*') AS d, repeat(s, 2) AS e FROM texts ORDER BY i
SELECT i FROM texts WHERE s LIKE '%o%' ORDER BY i
SELECT i FROM texts WHERE s NOT LIKE '_h%' ORDER BY i
SELECT i FROM texts WHERE s ILIKE 'the%' OR s NOT ILIKE '%DUCK%' ORDER BY i
SELECT i FROM texts WHERE s LIKE 'a,b%' ESCAPE '$' ORDER BY i
SELECT i FROM texts WHERE s GLOB '*fox' ORDER BY i
SELECT i FROM texts WHERE s SIMILAR TO '[0-9]+-[0-9]+-[0-9]+' ORDER BY i
SELECT i FROM texts WHERE s NOT SIMILAR TO '.*[aeiou].*' ORDER BY i
SELECT i FROM texts WHERE s ~ '^[A-Z].*' ORDER BY i
SELECT i FROM texts WHERE s !~ '.*dog' AND s ~~ '%u%' ORDER BY i
SELECT i FROM texts WHERE s ^@ 'The' ORDER BY i
SELECT i, regexp_matches(s, '\d{4}') AS m, regexp_extract(s, '(\w+) (\w+)', 2) AS e, regexp_replace(s, '[aeiou]', '_', 'g') AS r FROM texts ORDER BY i
SELECT i, regexp_extract_all(s, '\w+') AS a, regexp_split_to_array(s, '[ ,]') AS b FROM texts ORDER BY i
SELECT regexp_extract('2024-02-29', '(\d+)-(\d+)-(\d+)', ['y', 'm', 'd']) AS parts
SELECT i, split_part(s, ' ', 2) AS p, string_split(s, ',') AS l, s.upper().left(3) AS chained FROM texts ORDER BY i
SELECT i, position('o' IN s) AS p, strpos(s, 'q') AS q, instr(s, 'x') AS x, contains(s, 'fox') AS c, starts_with(s, 'j') AS w FROM texts ORDER BY i
SELECT i, ascii(s) AS a, chr(65 + i) AS c, unicode(s) AS u, md5(s) AS m, hash(s) IS NOT NULL AS h FROM texts ORDER BY i
SELECT levenshtein('duck', 'dock') AS l, jaccard('duck', 'luck') AS j, hamming('duck', 'luck') AS h, damerau_levenshtein('ab', 'ba') AS d
SELECT format('{} is {:.2f}', 'pi', 3.14159) AS f, printf('%05d|%s', 42, 'x') AS p, to_base(255, 16) AS b, bar(5, 0, 10, 4) AS g
SELECT s COLLATE NOCASE = 'THE QUICK BROWN FOX' AS same FROM texts WHERE i = 1
SELECT s FROM texts WHERE s IS NOT NULL ORDER BY s COLLATE NOCASE, i
SELECT strip_accents('Ünïcödé') AS a, nfc_normalize('ä') AS n, url_encode('a b') AS u, base64('abc'::BLOB) AS b, to_hex(255) AS h
SELECT '{"a": {"b": [1, 2]}}'::JSON -> 'a' -> 'b' -> 1 AS j, '{"a": "x"}'::JSON ->> 'a' AS t, json_extract('{"a": 5}', '$.a')::INTEGER AS n
SELECT json_object('k', 1, 'l', [1, 2]) AS o, to_json({'a': 1}) AS j, json_array_length('[1, 2, 3]') AS n, json_keys('{"a": 1}') AS k
SELECT '{"a": [1, 2]}'::JSON ->> '$.a[0]' AS a, json_valid('{') AS v, json_type('[1]') AS t, json_structure('{"a": 1}') AS s
SELECT i, CASE WHEN s = '' THEN 'empty' WHEN s IS NULL THEN 'null' ELSE s END AS c FROM texts ORDER BY i
SELECT i, coalesce(s, 'none') AS c, nullif(s, '') AS n, ifnull(s, '?') AS f, s IS DISTINCT FROM '' AS d FROM texts ORDER BY i
SELECT id, upper(name) AS u, name || ' ' || y AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE name LIKE '%1%' AND y::VARCHAR LIKE '%.0' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE name NOT LIKE 'bird 1%' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE city ILIKE 'd%' OR city GLOB 'R*' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE name SIMILAR TO 'bird (1|2).*' ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE regexp_matches(name, '[02468]$') ORDER BY id
SELECT id, regexp_replace(name, '(\w+) (\d+)', '\2 \1') AS r FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, split_part(name, ' ', 2)::INTEGER + y AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, name.upper().replace('BIRD', 'B') AS c, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, format('{}: {}', city, y) AS f FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, substring(name FROM 6 FOR 2) AS s, position('d' IN name) AS p, trim(LEADING 'b' FROM name) AS t FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) ORDER BY city COLLATE NOCASE NULLS FIRST, id
SELECT id, to_json({'y': y, 'c': city}) AS j FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 ORDER BY id
SELECT id, ('{"v": ' || id || '}')::JSON ->> 'v' AS v, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, PREDICT(MODEL echo, upper(city)) AS e FROM birds ORDER BY id
SELECT id, PREDICT(MODEL echo, city || '-' || plan) AS e FROM birds ORDER BY id
SELECT id, lower(PREDICT(MODEL echo, city)) LIKE 'd%' AS d FROM birds ORDER BY id
SELECT id FROM birds WHERE PREDICT(MODEL echo, name) SIMILAR TO '.*[13579]' ORDER BY id
SELECT id, regexp_extract(PREDICT(MODEL echo, name), '\d+')::INTEGER AS n FROM birds ORDER BY id
SELECT i, PREDICT(MODEL echo, s) AS e, PREDICT(MODEL echo, s) = s AS same FROM texts ORDER BY i
SELECT i, len(echo) AS n FROM PREDICT(MODEL echo, (SELECT i, s AS city FROM texts)) ORDER BY i
