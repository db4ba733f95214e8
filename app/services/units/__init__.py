"""Units: founded, described, merged, split, renamed and closed."""
