"""Statistics: modes of trade, what the watch over operations looks at."""
