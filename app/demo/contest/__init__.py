"""The contest of the demo district: last year's season, and the one that is under way."""
