"""The study cycle: what to study next Tuesday and how, from the cases and the minutes so far."""
