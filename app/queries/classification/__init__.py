"""The yearly classification as it is read: sheets, figures, ratings, grades that stand."""
