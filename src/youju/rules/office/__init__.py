"""Rules of the office: the year's tasks, contracts."""
