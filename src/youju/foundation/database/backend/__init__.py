"""Django's PostgreSQL backend that tells the database who may see which rows."""
