"""Entries of the contest: opened and written by branches, on the way into the rounds."""
