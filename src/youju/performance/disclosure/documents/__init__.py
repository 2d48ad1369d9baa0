"""What the public gets: the site, its data and forms as files."""
