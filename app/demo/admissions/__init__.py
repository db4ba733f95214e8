"""A year of admissions in the demo district: plots, who plays them, and when."""
