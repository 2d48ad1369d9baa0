"""Decisions about the centre's money: projects, payments, subsidies."""
