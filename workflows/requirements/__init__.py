"""The claims that steps make, a file a subject; each is a pure function of the facts."""
