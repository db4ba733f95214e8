"""Admissions: the dossiers, classes, meetings and group acts."""
