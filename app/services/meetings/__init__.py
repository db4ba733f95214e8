"""Branch meetings: recorded once, corrected with a reason."""
