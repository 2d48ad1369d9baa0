"""The money of the centre: projects and their budgets, payments, subsidies."""
