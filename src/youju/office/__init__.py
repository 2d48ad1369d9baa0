"""The centre's own work: the year's tasks, contracts and what they deliver."""
