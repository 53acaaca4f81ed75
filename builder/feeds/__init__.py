"""Open formats: feeds, data for programs, tables, what search engines read."""
