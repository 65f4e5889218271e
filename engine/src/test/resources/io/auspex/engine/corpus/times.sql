# Dates, times, intervals
SELECT DATE '2024-01-31' + INTERVAL 1 MONTH AS a, DATE '2024-03-01' - INTERVAL '1 day' AS b, DATE '2024-01-01' + 5 AS c
SELECT INTERVAL '1 year 2 months' AS a, INTERVAL 3 DAYS AS b, INTERVAL (1 + 1) HOURS AS c, INTERVAL '90' MINUTE AS d
SELECT INTERVAL 1 DAY + INTERVAL 2 HOURS AS s, INTERVAL 1 DAY * 3 AS m, -INTERVAL 1 WEEK AS n
SELECT DATE '2024-03-01' - DATE '2024-02-01' AS days, TIMESTAMP '2024-01-02 00:00:00' - TIMESTAMP '2024-01-01 12:00:00' AS span
SELECT date_trunc('month', DATE '2024-02-15') AS m, date_part('year', DATE '2024-02-15') AS y, extract(DOW FROM DATE '2024-02-15') AS d, extract('epoch' FROM TIMESTAMP '1970-01-02 00:00:00') AS e
SELECT date_diff('day', DATE '2024-01-01', DATE '2024-03-01') AS d, datediff('month', DATE '2024-01-31', DATE '2024-02-01') AS m, date_sub('month', DATE '2024-01-31', DATE '2024-02-28') AS s
SELECT year(seen) AS y, month(seen) AS m, day(seen) AS d, dayname(seen) AS n, weekofyear(seen) AS w, last_day(seen) AS l FROM birds ORDER BY id
SELECT strftime(seen, '%d/%m/%Y') AS f, strptime('03/04/2024', '%d/%m/%Y') AS p, try_strptime('nope', '%Y') AS t FROM birds WHERE id < 3 ORDER BY id
SELECT seen.strftime('%A') AS d, age(TIMESTAMP '2024-03-01 00:00:00', TIMESTAMP '2024-01-01 00:00:00') AS a FROM birds WHERE id = 1
SELECT TIME '10:00:00' + INTERVAL 90 MINUTES AS t, make_date(2024, 2, 29) AS d, make_timestamp(2024, 1, 1, 0, 0, 0.5) AS ts, make_time(1, 2, 3.5) AS mt
SELECT time_bucket(INTERVAL 1 WEEK, seen) AS w, count(*) AS n FROM birds GROUP BY w ORDER BY w
SELECT id FROM birds WHERE seen BETWEEN DATE '2024-02-01' AND DATE '2024-02-29' ORDER BY id
SELECT id FROM birds WHERE seen > '2024-04-01' AND woke < '2024-01-02 10:00:00' ORDER BY id
SELECT id FROM birds WHERE seen + INTERVAL 1 MONTH > DATE '2024-06-15' ORDER BY id
SELECT epoch(TIMESTAMP '2024-01-01 00:00:00') AS e, epoch_ms(1000) AS m, to_timestamp(0) = TIMESTAMPTZ '1970-01-01 00:00:00+00' AS z
SELECT TIMESTAMPTZ '2024-07-01 12:00:00+02' AT TIME ZONE 'UTC' AS u, TIMESTAMP '2024-07-01 12:00:00' AT TIME ZONE 'Europe/Berlin' = TIMESTAMPTZ '2024-07-01 10:00:00+00' AS b
SELECT to_days(3) AS d, to_months(2) AS m, datepart('month', INTERVAL 14 MONTHS) AS p, extract(HOUR FROM INTERVAL '25 hours') AS h
SELECT range(DATE '2024-01-01', DATE '2024-01-04', INTERVAL 1 DAY) AS r
SELECT d FROM generate_series(DATE '2024-01-01', DATE '2024-03-01', INTERVAL 1 MONTH) t(d) ORDER BY d
SELECT 'infinity'::DATE AS i, '-infinity'::TIMESTAMP AS n, isfinite(DATE '2024-01-01') AS f, 'epoch'::TIMESTAMP AS e
SELECT TIMESTAMP_NS '2024-01-01 00:00:00.123456789' AS ns, '2024-01-01'::TIMESTAMP_S AS s, '2024-01-01 00:00:00.5'::TIMESTAMP_MS AS ms
SELECT max(seen) - min(seen) AS d, min(woke) AS w FROM birds
SELECT datetrunc('hour', woke) AS h, greatest(seen, DATE '2024-02-01') AS g, least(woke, now()::TIMESTAMP) = woke AS l FROM birds ORDER BY id
SELECT id, seen + INTERVAL 1 MONTH AS s, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, seen - DATE '2024-01-01' AS d, woke - TIMESTAMP '2024-01-01 00:00:00' AS w FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE seen >= DATE '2024-03-01' - INTERVAL '10' DAY AND y > 100 ORDER BY id
SELECT id FROM PREDICT(MODEL value, TABLE birds) WHERE seen BETWEEN '2024-02-01' AND '2024-03-15' ORDER BY id
SELECT date_trunc('month', seen) AS m, max(y) AS y FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 GROUP BY m ORDER BY m
SELECT extract(MONTH FROM seen) AS m, count(*) AS n FROM PREDICT(MODEL value, TABLE birds) WHERE y > 500 GROUP BY m ORDER BY m
SELECT id, date_part(['year', 'month'], seen) AS p, dayname(seen) AS n FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, seen + (y % 10)::INTEGER AS s FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 ORDER BY id
SELECT id, woke + to_minutes(y::BIGINT) AS w FROM PREDICT(MODEL value, TABLE birds) WHERE tens >= 0 ORDER BY id
SELECT id, INTERVAL (id) DAYS AS i, INTERVAL '1' HOUR * id AS h, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT time_bucket(INTERVAL '1 month', seen) AS b, count(y) AS n FROM PREDICT(MODEL value, TABLE birds) GROUP BY b ORDER BY b
SELECT id, strftime(woke, '%H:%M') AS t, y FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, woke AT TIME ZONE 'UTC' = woke::TIMESTAMPTZ IS NOT NULL AS z FROM PREDICT(MODEL value, TABLE birds) ORDER BY id
SELECT id, PREDICT(MODEL value, day(seen), month(seen), 0, 0) AS v FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value, date_diff('day', DATE '2024-01-01', seen), 0, 0, 0) AS v FROM birds ORDER BY id
SELECT id, PREDICT(MODEL value, seen - DATE '2024-01-01', extract(HOUR FROM woke), 0, 0) AS v FROM birds ORDER BY id
SELECT id FROM birds WHERE seen + INTERVAL (id) DAY > DATE '2024-04-01' AND PREDICT(MODEL value) > 100 ORDER BY id
SELECT date_trunc('month', seen) AS m, sum(PREDICT(MODEL lean, ones, 1, 1)) AS s FROM birds GROUP BY m ORDER BY m
