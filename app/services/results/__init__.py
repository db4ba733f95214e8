"""Results: ties settled, who goes on, what is published in which version, what the hall sees."""
