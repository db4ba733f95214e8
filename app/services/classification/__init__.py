"""The yearly classification: a sheet written, voted on, handed up, confirmed; branches rated."""
