"""The mediation casebook: typical cases in, a checked, indexed and searchable site out."""
