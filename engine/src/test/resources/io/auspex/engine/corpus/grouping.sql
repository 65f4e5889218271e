# GROUP BY and aggregates: ALL, sets, FILTER, DISTINCT, ordered ones
SELECT city, count(*) AS n FROM birds GROUP BY city ORDER BY city
SELECT city, plan, count(*) AS n FROM birds GROUP BY ALL ORDER BY ALL
SELECT city, count(*) AS n FROM birds GROUP BY 1 ORDER BY 2 DESC, 1
SELECT upper(city) AS c, sum(ones) AS s FROM birds GROUP BY c ORDER BY c
SELECT id % 3 AS r, sum(ones) AS s FROM birds GROUP BY r HAVING s > 40 ORDER BY r
SELECT city, max(income) AS top FROM birds GROUP BY city HAVING count(*) > 5 ORDER BY top DESC NULLS LAST, city
SELECT region, year, sum(amount) AS s FROM sales GROUP BY ROLLUP (region, year) ORDER BY ALL
SELECT region, year, sum(amount) AS s, grouping(region, year) AS g FROM sales GROUP BY CUBE (region, year) ORDER BY ALL
SELECT region, quarter, count(*) AS n FROM sales GROUP BY GROUPING SETS ((region, quarter), (region), ()) ORDER BY ALL
SELECT region, year, count(*) AS n FROM sales GROUP BY region, ROLLUP (year) ORDER BY ALL
SELECT grouping_id(region) AS g, region, sum(amount) AS s FROM sales GROUP BY GROUPING SETS ((region), ()) ORDER BY ALL
SELECT count(*) AS n, count(tens) AS c, count(DISTINCT city) AS d FROM birds
SELECT count() AS n, sum(ones) FILTER (WHERE city = 'Roma') AS s, count(*) FILTER (tens > 3) AS f FROM birds
SELECT sum(DISTINCT ones) AS s, avg(DISTINCT ones) AS a, count(DISTINCT (city, plan)) AS pairs FROM birds
SELECT string_agg(name, ', ' ORDER BY id DESC) AS names FROM birds WHERE id < 4
SELECT city, list(id ORDER BY id) AS ids, first(name ORDER BY id) AS f, last(name ORDER BY id) AS l FROM birds GROUP BY city ORDER BY city
SELECT array_agg(DISTINCT ones ORDER BY ones DESC) AS a FROM birds
SELECT arg_max(name, id) AS m, arg_min(name, id) AS n, max_by(name, id, 2) AS two, min(id, 3) AS three FROM birds
SELECT any_value(city ORDER BY id) AS v, bool_and(id > 0) AS a, bool_or(id > 29) AS o, bit_xor(id) AS x FROM birds
SELECT quantile_cont(id, 0.5) AS q, quantile_disc(id, [0.25, 0.75]) AS qs, median(id) AS m, mode(ones ORDER BY ones) AS o FROM birds
SELECT stddev_pop(ones) > 0 AS s, var_samp(ones) > 0 AS v, corr(id, thousands) IS NOT NULL AS c, approx_count_distinct(city) > 2 AS a FROM birds
SELECT histogram(plan) AS h, count_if(ones > 5) AS n, product(2) FILTER (WHERE id < 4) AS p FROM birds
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY id) AS p, percentile_disc(0.9) WITHIN GROUP (ORDER BY id DESC) AS d FROM birds
SELECT map_from_entries(list((city, id) ORDER BY id)) IS NOT NULL AS m FROM birds WHERE id IN (1, 2)
SELECT sum(amount) AS s, avg(amount) AS a, min(region) AS lo, max(region) AS hi FROM sales WHERE false
SELECT year FROM sales GROUP BY year ORDER BY sum(amount) DESC
SELECT city, sum(sum(ones)) OVER () AS total FROM birds GROUP BY city ORDER BY city
SELECT city, n FROM (SELECT city, count(*) AS n FROM birds GROUP BY city) WHERE n > 5 ORDER BY city
SELECT k, s, count(*) AS n, max(d) AS m FROM gaps GROUP BY ALL ORDER BY ALL
SELECT d, count(*) AS n FROM gaps GROUP BY d ORDER BY d
SELECT DISTINCT city FROM birds ORDER BY city
SELECT DISTINCT ON (city) city, id FROM birds ORDER BY city, id DESC
SELECT DISTINCT ON (city, plan) id FROM birds ORDER BY city, plan, id
SELECT city, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY city ORDER BY city
SELECT city, plan, max(y) AS m FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 GROUP BY ALL ORDER BY ALL
SELECT y > 1000 AS high, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY high ORDER BY high
SELECT city, plan, sum(y) AS s FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 GROUP BY ROLLUP (city, plan) ORDER BY ALL
SELECT city, hundreds, count(y) AS n, grouping(city) AS g FROM PREDICT(MODEL value, TABLE birds) GROUP BY CUBE (city, hundreds) ORDER BY ALL
SELECT plan, verdict, count(*) AS n FROM PREDICT(MODEL offer, TABLE birds) GROUP BY GROUPING SETS ((plan, verdict), (verdict), ()) ORDER BY ALL
SELECT sum(y) FILTER (WHERE tens >= 0) AS s, count(*) FILTER (WHERE y > 1000) AS n FROM PREDICT(MODEL value, TABLE birds)
SELECT count(DISTINCT y) AS d, sum(DISTINCT hundreds) AS s FROM PREDICT(MODEL value, TABLE birds)
SELECT string_agg(id::VARCHAR, '>' ORDER BY y DESC, id) AS s FROM PREDICT(MODEL value, TABLE birds)
SELECT city, first(id ORDER BY y, id) AS f, arg_max(id, y) IS NOT NULL AS a FROM PREDICT(MODEL value, TABLE birds) GROUP BY city ORDER BY city
SELECT city, list(y ORDER BY id) FILTER (WHERE id < 12) AS l FROM PREDICT(MODEL value, TABLE birds) GROUP BY city ORDER BY city
SELECT quantile_disc(y, 0.5) AS q, median(ones) AS m FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0
SELECT city, avg(y) AS a FROM PREDICT(MODEL value, TABLE birds) WHERE tens IS NOT NULL GROUP BY city HAVING avg(y) > 1000 ORDER BY a DESC
SELECT DISTINCT ON (city) city, id, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY city, y DESC, id
SELECT DISTINCT verdict FROM PREDICT(MODEL offer, TABLE birds) ORDER BY verdict
SELECT DISTINCT hundreds, y > 1000 AS h FROM PREDICT(MODEL value, TABLE birds) ORDER BY ALL
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY y) AS p FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0
SELECT PREDICT(MODEL echo, city) AS e, count(*) AS n FROM birds GROUP BY e ORDER BY e
SELECT PREDICT(MODEL value) > 1000 AS h, count(*) AS n FROM birds GROUP BY PREDICT(MODEL value) > 1000 ORDER BY h
SELECT PREDICT(MODEL echo, city) AS e, plan, count(*) AS n FROM birds GROUP BY ALL ORDER BY ALL
SELECT city, sum(PREDICT(MODEL lean)) AS s FROM birds WHERE tens >= 0 GROUP BY city ORDER BY city
SELECT sum(PREDICT(MODEL lean)) FILTER (WHERE tens >= 0) AS s, count(DISTINCT PREDICT(MODEL value, ones, 0, 0, 0)) AS d FROM birds
SELECT city FROM birds GROUP BY city HAVING max(PREDICT(MODEL value, ones, 1, hundreds, 0)) > 300 ORDER BY city
SELECT city, PREDICT(MODEL value, max(ones), count(*), min(hundreds), 0) AS v FROM birds GROUP BY city ORDER BY city
SELECT city, list(PREDICT(MODEL value, ones, 0, 0, 0) ORDER BY id) AS l FROM birds GROUP BY city ORDER BY city
SELECT PREDICT(MODEL value, hundreds, 0, 0, 0) AS v, sum(ones) AS s FROM birds GROUP BY ROLLUP (v) ORDER BY ALL
SELECT city FROM birds GROUP BY city ORDER BY max(PREDICT(MODEL value, id, 0, 0, 0)) DESC
SELECT DISTINCT PREDICT(MODEL value, hundreds, 0, 0, 0) AS v FROM birds ORDER BY v
SELECT DISTINCT ON (PREDICT(MODEL echo, city)) id FROM birds ORDER BY PREDICT(MODEL echo, city), id
