"""Indexes made from cleared cases: impacts, posting lists, choice of terms, ranking."""
