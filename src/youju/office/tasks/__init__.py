"""Tasks: the year's work plan, requests and disputes of enterprises, from planning to acceptance."""
