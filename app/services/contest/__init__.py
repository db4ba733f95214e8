"""Writing the contest: seasons, entries, sheets, quiz and results."""
