"""Projects with a budget: how their records move on."""
