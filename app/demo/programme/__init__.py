"""The training programme of the demo district: last year concluded, this year under way."""
