"""Rules and flows of orders (交易登记)."""
