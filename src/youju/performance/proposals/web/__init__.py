"""Pages of proposals and audits."""
