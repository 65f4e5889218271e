-- Takes the churn example's table apart, as a company would have it: who its customers are in one place, what they
-- use and pay in another. From the project's root:  ./auspex -f examples/crm/data/make.sql

COPY (
    SELECT customer_id, female, senior_citizen, partner, dependents, contract, paperless_billing, payment_method,
           churn = 'Yes' AS has_left
    FROM 'examples/churn/data/customers.parquet'
    ORDER BY customer_id
) TO 'examples/crm/data/customers.csv.gz' (FORMAT csv, HEADER, COMPRESSION gzip);

COPY (
    SELECT customer_id, tenure, phone_service, multiple_lines, internet_service, online_security, online_backup,
           device_protection, tech_support, streaming_tv, streaming_movies, monthly_charges, total_charges
    FROM 'examples/churn/data/customers.parquet'
    ORDER BY customer_id
) TO 'examples/crm/data/usage.parquet' (FORMAT parquet, COMPRESSION zstd);
