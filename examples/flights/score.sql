-- Will it be late? Three models over New York's flights of October to December 2013.
-- From the project's root:  ./auspex -f examples/flights/score.sql   (as often as you like)

CREATE OR REPLACE MODEL arrival_delay FROM 'examples/flights/models/arrival_delay.onnx'
    FEATURES (from_jfk, from_lga, departs_at, arrives_at, weekday, distance, dest_lat, dest_lon,
              temp, dewp, humid, wind_dir, wind_speed, wind_gust, precip, pressure, visib,
              plane_year, seats, engines)
    OUTPUTS (variable AS predicted_delay)
    COMMENT 'LightGBM: minutes late at arrival, as known before departure';

CREATE OR REPLACE MODEL late FROM 'examples/flights/models/late.onnx'
    OUTPUTS (output_label AS verdict, output_probability AS chances)
    COMMENT 'scikit-learn pipeline, gradient boosting: on_time, or late by 15 minutes or more';

CREATE OR REPLACE MODEL late_logistic FROM 'examples/flights/models/late_logistic.onnx'
    FEATURES (from_jfk, from_lga, departs_at, arrives_at, weekday, distance, dest_lat, dest_lon,
              temp, dewp, humid, wind_dir, wind_speed, wind_gust, precip, pressure, visib,
              plane_year, seats, engines)
    OUTPUTS (probabilities AS logistic)
    COMMENT 'logistic regression, for comparison: [on time, late]';

-- What is known before departure. train.py reads this very statement, so that training and scoring cannot differ.
-- A gap in a number stays NULL: the models get NaN, which is what they learned to read as missing.
-- A gap in a string becomes 'unknown': no tensor of strings has a missing value, so a NULL there
-- would make the whole prediction NULL.
CREATE OR REPLACE VIEW flight_features AS
SELECT f.time_hour, f.month, f.flight, f.carrier, f.origin, f.dest, f.arr_delay,
       f.origin = 'JFK' AS from_jfk,
       f.origin = 'LGA' AS from_lga,
       f.hour * 60 + f.minute AS departs_at,
       60 * floor(f.sched_arr_time / 100) + f.sched_arr_time % 100 AS arrives_at,
       isodow(make_date(f.year, f.month, f.day)) AS weekday,
       f.distance,
       d.lat AS dest_lat, d.lon AS dest_lon,
       w.temp, w.dewp, w.humid, w.wind_dir, w.wind_speed, w.wind_gust, w.precip, w.pressure, w.visib,
       p.year AS plane_year, p.seats, p.engines,
       coalesce(p.type, 'unknown') AS plane_type
FROM 'examples/flights/data/flights.parquet' f
LEFT JOIN 'examples/flights/data/weather.parquet' w ON w.origin = f.origin AND w.time_hour = f.time_hour
LEFT JOIN 'examples/flights/data/planes.parquet' p ON p.tailnum = f.tailnum
LEFT JOIN 'examples/flights/data/airports.parquet' d ON d.faa = f.dest;

-- Three models, one pass: each PREDICT appends its outputs to the rows of the one inside it.
CREATE OR REPLACE TABLE flight_scores AS
SELECT time_hour, month, carrier, flight, origin, dest, arr_delay,
       predicted_delay,
       verdict,
       chances['late'] AS late_chance,
       logistic[2] AS logistic_chance
FROM PREDICT(MODEL late_logistic, (
    SELECT * FROM PREDICT(MODEL late, (
        SELECT * FROM PREDICT(MODEL arrival_delay, (
            SELECT * FROM flight_features WHERE month >= 10 AND arr_delay IS NOT NULL))))));

-- How far off were the minutes?
SELECT month,
       count(*) AS flights,
       round(avg(abs(arr_delay - predicted_delay)), 4) AS mae,
       round(sqrt(avg((arr_delay - predicted_delay) * (arr_delay - predicted_delay))), 4) AS rmse
FROM flight_scores
GROUP BY month
ORDER BY month;

-- How good were the chances? ROC AUC is the share of pairs (a late flight, a punctual one) in which the late one
-- was given the higher chance: a sum of ranks, where equal chances share the mean of their ranks.
WITH guesses AS (
    SELECT 'late' AS model, month, arr_delay >= 15 AS was_late, verdict = 'late' AS said_late,
           CAST(late_chance AS DOUBLE) AS chance
    FROM flight_scores
    UNION ALL
    SELECT 'late_logistic', month, arr_delay >= 15, logistic_chance > 0.5, CAST(logistic_chance AS DOUBLE)
    FROM flight_scores
),
ranked AS (
    SELECT model, month, was_late, said_late, chance,
           rank() OVER (PARTITION BY model, month ORDER BY chance)
               + (count(*) OVER (PARTITION BY model, month, chance) - 1) / 2.0 AS place
    FROM guesses
),
summed AS (
    SELECT model, month,
           count(*) AS flights,
           count(*) FILTER (WHERE was_late) AS late_flights,
           sum(place) FILTER (WHERE was_late) AS late_places,
           avg(CASE WHEN said_late = was_late THEN 1.0 ELSE 0.0 END) AS accuracy,
           -avg(ln(CASE WHEN was_late THEN chance ELSE 1 - chance END)) AS log_loss
    FROM ranked
    GROUP BY model, month
)
SELECT model, month, flights,
       round(log_loss, 4) AS log_loss,
       round(accuracy, 4) AS accuracy,
       round((late_places - late_flights * (late_flights + 1) / 2.0)
             / (late_flights * (flights - late_flights)), 4) AS roc_auc
FROM summed
ORDER BY model, month;

-- The ten riskiest routes of at least 50 flights.
SELECT s.origin, s.dest, a.name AS airport,
       count(*) AS flights,
       round(avg(s.late_chance), 3) AS late_chance,
       round(avg(CASE WHEN s.arr_delay >= 15 THEN 1.0 ELSE 0.0 END), 3) AS were_late,
       round(avg(s.predicted_delay), 1) AS predicted_delay,
       round(avg(s.arr_delay), 1) AS mean_delay
FROM flight_scores s
LEFT JOIN 'examples/flights/data/airports.parquet' a ON a.faa = s.dest
GROUP BY s.origin, s.dest, a.name
HAVING count(*) >= 50
ORDER BY avg(s.late_chance) DESC, s.origin, s.dest
LIMIT 10;
