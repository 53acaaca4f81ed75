"""Synthetic libraries and side-by-side timings. Prints ratios; asserts nothing about time."""
