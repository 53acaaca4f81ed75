"""What a case, a vocabulary, a study session and an audience are. No reading, no writing."""
