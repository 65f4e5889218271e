# Window functions: every frame, named windows, EXCLUDE, QUALIFY
SELECT id, row_number() OVER (ORDER BY id DESC) AS r FROM birds ORDER BY id
SELECT id, rank() OVER (PARTITION BY city ORDER BY ones) AS r, dense_rank() OVER (PARTITION BY city ORDER BY ones) AS d FROM birds ORDER BY id
SELECT id, sum(ones) OVER (ORDER BY id) AS s, count(*) OVER () AS n FROM birds ORDER BY id
SELECT id, lag(ones) OVER (ORDER BY id) AS p, lead(ones, 2, -1) OVER (ORDER BY id) AS q FROM birds ORDER BY id
SELECT id, first_value(name) OVER w AS f, last_value(name) OVER w AS l, nth_value(name, 2) OVER w AS n FROM birds WINDOW w AS (PARTITION BY city ORDER BY id) ORDER BY id
SELECT id, ntile(4) OVER (ORDER BY id) AS t, percent_rank() OVER (ORDER BY id) AS p, cume_dist() OVER (ORDER BY id) AS c FROM birds ORDER BY id
SELECT id, sum(ones) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS s FROM birds ORDER BY id
SELECT id, sum(ones) OVER (ORDER BY id ROWS 2 PRECEDING) AS s FROM birds ORDER BY id
SELECT id, sum(ones) OVER (ORDER BY id RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) AS s FROM birds ORDER BY id
SELECT id, count(*) OVER (ORDER BY hundreds GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS n FROM birds ORDER BY id
SELECT id, count(*) OVER (ORDER BY seen RANGE BETWEEN INTERVAL 7 DAYS PRECEDING AND CURRENT ROW) AS n FROM birds ORDER BY id
SELECT id, sum(ones) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS s FROM birds ORDER BY id
SELECT id, sum(ones) OVER (ORDER BY hundreds ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP) AS s FROM birds ORDER BY id
SELECT id, sum(ones) OVER (ORDER BY hundreds ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES) AS s FROM birds ORDER BY id
SELECT id, last_value(tens IGNORE NULLS) OVER (ORDER BY id) AS t FROM birds ORDER BY id
SELECT id, count(*) FILTER (WHERE ones > 4) OVER (ORDER BY id) AS n FROM birds ORDER BY id
SELECT id, count(DISTINCT city) OVER (ORDER BY id) AS n FROM birds ORDER BY id
SELECT id, list(id) OVER (ORDER BY id ROWS 1 PRECEDING) AS l FROM birds ORDER BY id
SELECT city, id FROM birds QUALIFY row_number() OVER (PARTITION BY city ORDER BY id) = 1 ORDER BY city
SELECT city, id, rank() OVER (PARTITION BY city ORDER BY ones DESC, id) AS r FROM birds QUALIFY r <= 2 ORDER BY ALL
SELECT id, sum(ones) OVER w AS s, avg(ones) OVER (w ROWS 1 PRECEDING) AS a FROM birds WINDOW w AS (ORDER BY id) ORDER BY id
SELECT id, row_number() OVER () > 0 AS r FROM birds ORDER BY id
SELECT id, sum(ones) OVER (PARTITION BY city, plan ORDER BY id DESC NULLS LAST) AS s FROM birds ORDER BY id
SELECT city, count(*) AS n, rank() OVER (ORDER BY count(*) DESC, city) AS r FROM birds GROUP BY city ORDER BY city
SELECT k, d, rank() OVER (ORDER BY d) AS r, rank() OVER (ORDER BY d DESC NULLS LAST) AS q FROM gaps ORDER BY ALL
SELECT id, fill(tens) OVER (ORDER BY id) AS f FROM birds ORDER BY id
SELECT id, rank(ORDER BY ones DESC) OVER (ORDER BY id) AS r FROM birds ORDER BY id
SELECT id, row_number() OVER (ORDER BY y, id) AS r FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, rank() OVER (PARTITION BY city ORDER BY y DESC) AS r FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, lag(y) OVER (ORDER BY id) AS p, lead(y, 2, 0) OVER (ORDER BY id) AS n FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, count(y) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING) AS n FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, max(y) OVER (PARTITION BY city) AS m FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 ORDER BY id
SELECT id, count(*) OVER (ORDER BY y RANGE BETWEEN 500 PRECEDING AND 500 FOLLOWING) AS n FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 ORDER BY id
SELECT id, count(*) OVER (ORDER BY hundreds GROUPS 1 PRECEDING) AS n, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, sum(y) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) AS s FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 ORDER BY id
SELECT id, first_value(y) OVER w AS f, last_value(y) OVER w AS l FROM PREDICT(MODEL value, TABLE birds) WINDOW w AS (PARTITION BY plan ORDER BY id) ORDER BY id
SELECT id, nth_value(y, 3) OVER (ORDER BY id) AS t, ntile(3) OVER (ORDER BY id) AS n FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT city, id, y FROM PREDICT(MODEL value, TABLE birds) QUALIFY row_number() OVER (PARTITION BY city ORDER BY y DESC, id) <= 2 ORDER BY ALL
SELECT id, rank() OVER (ORDER BY y) AS r FROM PREDICT(MODEL value, TABLE birds) QUALIFY r < 5 ORDER BY r, id
SELECT id, count(*) FILTER (WHERE y > 1000) OVER (ORDER BY id) AS n FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, count(DISTINCT y) OVER (PARTITION BY city) AS n FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, last_value(tens IGNORE NULLS) OVER (ORDER BY y, id) AS t FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT city, max(y) AS m, rank() OVER (ORDER BY max(y) DESC) AS r FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 GROUP BY city ORDER BY r, city
SELECT id, sum(s) OVER (ORDER BY id) AS t FROM (SELECT id, sum(y) OVER (PARTITION BY city) AS s FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0) ORDER BY id
SELECT id, sum(y) OVER w AS s, count(*) OVER (w ROWS 1 PRECEDING) AS n FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 WINDOW w AS (ORDER BY id) ORDER BY id
SELECT id, rank() OVER (ORDER BY PREDICT(MODEL value) DESC, id) AS r FROM birds ORDER BY id
SELECT id, sum(PREDICT(MODEL lean)) OVER (PARTITION BY city ORDER BY id) AS s FROM birds WHERE tens >= 0 ORDER BY id
SELECT id, count(*) OVER (PARTITION BY PREDICT(MODEL value, hundreds, 0, 0, 0)) AS n FROM birds ORDER BY id
SELECT id FROM birds QUALIFY row_number() OVER (PARTITION BY city ORDER BY PREDICT(MODEL value) DESC, id) = 1 ORDER BY id
SELECT id, PREDICT(MODEL value) AS v, lag(v) OVER (ORDER BY id) AS p FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value, row_number() OVER (ORDER BY id), 0, 0, 0) AS v FROM birds ORDER BY id
SELECT id, lag(PREDICT(MODEL echo, city), 2, 'none') OVER w AS l FROM birds WINDOW w AS (ORDER BY id DESC) ORDER BY id
