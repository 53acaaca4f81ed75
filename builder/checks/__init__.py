"""Privacy, references, law in force, plausibility; and clearance, the one door to every output."""
