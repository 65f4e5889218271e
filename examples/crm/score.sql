-- Who is about to leave, told to those who can still keep them: customers from PostgreSQL, what they use and pay from
-- Parquet, scores into MariaDB. From the project's root:  examples/crm/run
-- starts both servers, puts the passwords into the environment, and runs this script. It can be run again and again.

CREATE OR REPLACE SOURCE crm URL 'jdbc:postgresql://localhost:15432/crm' USER 'analyst'
    PASSWORD FROM ENV 'CRM_PW';

CREATE OR REPLACE SOURCE desk URL 'jdbc:mariadb://localhost:13306/desk' USER 'scorer'
    PASSWORD FROM ENV 'DESK_PW';

SHOW SOURCES;

CREATE OR REPLACE MODEL churn FROM 'examples/churn/models/churn.onnx'
    OUTPUTS (output_label AS verdict, output_probability AS chances)
    COMMENT 'scikit-learn pipeline, gradient boosting: will this customer leave? Yes or No';

-- One row for each customer who is still there; columns have the names of the model's inputs.
CREATE OR REPLACE VIEW subscribers AS
SELECT c.*, u.* EXCLUDE (customer_id)
FROM crm.public.customers c
JOIN read_parquet('examples/crm/data/usage.parquet') u ON u.customer_id = c.customer_id
WHERE NOT c.has_left;

SELECT contract, count(*) AS customers, round(avg(tenure), 1) AS months, round(avg(monthly_charges), 2) AS monthly
FROM subscribers
GROUP BY contract
ORDER BY contract;

-- What each source is sent: PostgreSQL filters before a row leaves it, by a condition above the prediction too, and
-- counts by itself.
EXPLAIN SELECT customer_id, verdict, chances['Yes'] AS risk
FROM PREDICT(MODEL churn, TABLE subscribers)
WHERE contract = 'Two year';

EXPLAIN SELECT contract, count(*) AS customers FROM crm.public.customers GROUP BY contract;

-- The table is made once, without rows. MariaDB has its primary key, which an upsert needs.
CREATE TABLE IF NOT EXISTS desk.churn_scores (PRIMARY KEY (customer_id)) AS
SELECT 0 AS customer_id, '' AS verdict, 0::DOUBLE AS risk, now() AS scored_at
LIMIT 0;

-- New customers come in, known ones get their new risk: all of them, or none where something fails.
INSERT INTO desk.churn_scores
SELECT customer_id, verdict, chances['Yes']::DOUBLE AS risk, now() AS scored_at
FROM PREDICT(MODEL churn, TABLE subscribers)
ON CONFLICT (customer_id) DO UPDATE
    SET verdict = EXCLUDED.verdict, risk = EXCLUDED.risk, scored_at = EXCLUDED.scored_at;

-- Whom to call first: MariaDB's scores beside PostgreSQL's customers.
SELECT s.customer_id, c.contract, c.payment_method, round(s.risk, 3) AS risk
FROM desk.churn_scores s
JOIN crm.public.customers c ON c.customer_id = s.customer_id
ORDER BY s.risk DESC, s.customer_id
LIMIT 10;
