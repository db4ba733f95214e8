"""Admission at work: opened, written, taught, decided one by one or many at once."""
