"""People: the roster, what they hold, and how they stand on a day."""
