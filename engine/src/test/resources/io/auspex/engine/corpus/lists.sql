# Functions of lists, lambdas and comprehensions
SELECT list_transform([1, 2, 3], lambda x: x + 1) AS l
SELECT list_filter([1, 2, 3, 4], lambda x: x % 2 = 0) AS l, list_reduce([1, 2, 3], lambda a, b: a + b) AS s
SELECT list_transform([10, 20], lambda x, i: x + i) AS l, apply([1, 2], lambda x: [x, x]) AS p
SELECT [x * 2 FOR x IN [1, 2, 3]] AS doubled, [x FOR x IN [1, 2, 3, 4] IF x > 2] AS big
SELECT [upper(s) || n FOR s, n IN ['a', 'b']] AS numbered
SELECT list_sort([3, 1, NULL, 2]) AS s, list_reverse_sort([3, 1, 2]) AS r, list_sort([3, 1, NULL], 'DESC', 'NULLS FIRST') AS d
SELECT list_distinct([1, 1, 2]) IS NOT NULL AS d, list_unique([1, 1, 2, NULL]) AS u, list_contains([1, 2], 2) AS c, list_position(['a', 'b'], 'b') AS p
SELECT list_concat([1], [2, 3]) AS c, [1] || [2] AS d, list_append([1], 2) AS a, list_prepend(0, [1]) AS b
SELECT list_sum([1, 2, 3]) AS s, list_avg([1, 2]) AS a, list_min([3, 1]) AS lo, list_max([3, 1]) AS hi, list_count([1, NULL]) AS n
SELECT list_aggregate(['x', 'y'], 'string_agg', '-') AS s, list_zip([1, 2], ['a', 'b']) AS z, flatten([[1], [2, 3]]) AS f
SELECT range(5) AS r, range(2, 10, 3) AS s, generate_series(1, 3) AS g, list_slice([1, 2, 3], 2, 3) AS sl
SELECT list_has_any([1, 2], [2, 3]) AS any, list_has_all([1, 2], [2]) AS all, [1, 2] && [2] AS o, [1, 2] @> [1] AS c, [1] <@ [1, 2] AS i
SELECT list_where([1, 2, 3], [true, false, true]) AS w, list_select(['a', 'b', 'c'], [3, 1]) AS s, list_grade_up([30, 10, 20]) AS g
SELECT list_resize([1, 2], 4, 0) AS r, list_reverse([1, 2, 3]) AS v, array_to_string(['a', 'b'], ',') AS s, string_split('a,b', ',') AS p
SELECT list_cosine_similarity([1.0, 0.0], [1.0, 0.0]) AS c, list_dot_product([1.0, 2.0], [3.0, 4.0]) AS d, array_distance([1.0, 2.0]::DOUBLE[2], [1.0, 2.0]::DOUBLE[2]) AS n
SELECT id, list_transform(tags, lambda t: t || '!') AS l FROM birds ORDER BY id
SELECT id, [t FOR t IN tags IF t LIKE 'u%'] AS u FROM birds ORDER BY id
SELECT id, list_transform(range(3), lambda x: x * id) AS l FROM birds WHERE id < 4 ORDER BY id
SELECT id, list_transform([1, 2], lambda x: list_transform([10, 20], lambda y: x * y + id)) AS l FROM birds WHERE id < 3 ORDER BY id
SELECT struct_extract({'a': 1}, 'a') AS a, struct_insert({'a': 1}, b := 2) AS b, struct_keys({'a': 1}) AS k
SELECT id, list_transform([y, ones], lambda v: v + 1) AS l FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, list_filter([y, ones, 5], lambda v: v > 4) AS l FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, [v * 2 FOR v IN [y, 1]] AS l FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, [v FOR v IN [y, ones] IF v > 100] AS l FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, list_reduce([ones, y], lambda a, b: a + b) AS s FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT list_sort(list(y)) AS l FROM PREDICT(MODEL value, TABLE birds) WHERE id < 9
SELECT city, list(id ORDER BY y DESC, id) AS l FROM PREDICT(MODEL value, TABLE birds) GROUP BY city ORDER BY city
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE list_has_any(tags, ['t0', 'zz']) AND len(tags) = 2 ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE tags @> ['t1'] OR [y] && [4321.0] ORDER BY id
SELECT id, list_transform(tags, lambda t: t || y::VARCHAR) AS l FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, list_transform([1, 2], lambda x: x + PREDICT(MODEL value)) AS l FROM birds ORDER BY id
SELECT id, list_sum([PREDICT(MODEL value), PREDICT(MODEL lean, ones, 1, hundreds)]) AS s FROM birds ORDER BY id
SELECT id FROM birds WHERE list_contains([PREDICT(MODEL value)], 4321.0) OR id = 2 ORDER BY id
SELECT id, tags || [PREDICT(MODEL echo, city)] AS l FROM birds ORDER BY id
SELECT id, struct_pack(v := y, c := city) AS s, struct_insert(place, y := y) AS t FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, struct_pack(v := PREDICT(MODEL value)) AS s FROM birds ORDER BY id
SELECT id, place.* FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT map_keys(keys) AS k, map_values(keys) AS v, element_at(keys, 'k') AS e, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
