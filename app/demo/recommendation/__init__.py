"""Exemplary members of the demo district: two years of choices, somebody at every station."""
