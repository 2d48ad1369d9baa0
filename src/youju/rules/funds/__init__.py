"""Decisions about money: projects with a budget, payments, subsidies."""
