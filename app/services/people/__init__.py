"""People: their member book, what they hold, and how they stand."""
