"""Dues: the sheet of a unit, and the figures above it."""
