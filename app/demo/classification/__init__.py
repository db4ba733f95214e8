"""The yearly classification of the demo district: last year closed, this year under way."""
