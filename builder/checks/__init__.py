"""References, law in force, plausibility, privacy; and clearance, the one door to every output."""
