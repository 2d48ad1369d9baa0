"""The demo year of the funds: invented payments of the twelve published projects."""
