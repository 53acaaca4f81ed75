"""Finding precedents: the query language, search, same-type lookup."""
