"""Another database: the rows of a PostgreSQL into DuckDB, and back."""
