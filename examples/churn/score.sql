-- Who is about to leave? One scikit-learn pipeline over 7,043 telecom customers.
-- From the project's root:  ./auspex -f examples/churn/score.sql   (as often as you like)

CREATE OR REPLACE MODEL churn FROM 'examples/churn/models/churn.onnx'
    OUTPUTS (output_label AS verdict, output_probability AS chances)
    COMMENT 'scikit-learn pipeline, gradient boosting: will this customer leave? Yes or No';

CREATE OR REPLACE TABLE customers AS
SELECT * FROM 'examples/churn/data/customers.parquet';

-- The model's inputs have the names of the table's columns, so there is nothing to list. Booleans and integers become
-- floats; a NULL in total_charges becomes NaN, which the model's own imputer fills in.
CREATE OR REPLACE TABLE churn_scores AS
SELECT customer_id, contract, internet_service, tenure, monthly_charges,
       churn AS truth,
       verdict,
       chances['Yes'] AS chance
FROM PREDICT(MODEL churn, TABLE customers);

-- How good is it? The model never saw every fifth customer. ROC AUC is the share of pairs (one who left, one who
-- stayed) in which the one who left was given the higher chance: a sum of ranks, where equal chances share the mean
-- of their ranks.
WITH guesses AS (
    SELECT CASE WHEN customer_id % 5 = 0 THEN 'held_out' ELSE 'learnt' END AS part,
           truth = 'Yes' AS has_left, verdict = truth AS is_right, CAST(chance AS DOUBLE) AS chance
    FROM churn_scores
),
ranked AS (
    SELECT part, has_left, is_right, chance,
           rank() OVER (PARTITION BY part ORDER BY chance)
               + (count(*) OVER (PARTITION BY part, chance) - 1) / 2.0 AS place
    FROM guesses
),
summed AS (
    SELECT part,
           count(*) AS customers,
           count(*) FILTER (WHERE has_left) AS leavers,
           sum(place) FILTER (WHERE has_left) AS leavers_places,
           avg(CASE WHEN is_right THEN 1.0 ELSE 0.0 END) AS accuracy,
           -avg(ln(CASE WHEN has_left THEN chance ELSE 1 - chance END)) AS log_loss
    FROM ranked
    GROUP BY part
)
SELECT part, customers,
       round(log_loss, 4) AS log_loss,
       round(accuracy, 4) AS accuracy,
       round((leavers_places - leavers * (leavers + 1) / 2.0) / (leavers * (customers - leavers)), 4) AS roc_auc
FROM summed
ORDER BY part;

-- The most likely leavers among those who are still here.
SELECT customer_id, contract, internet_service, tenure, monthly_charges, round(chance, 3) AS chance
FROM churn_scores
WHERE truth = 'No'
ORDER BY chance DESC, customer_id
LIMIT 10;
