"""Rules of funds: projects, payments, subsidies."""
