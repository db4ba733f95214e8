"""Reading results: the ranking of a round, what was published, what the hall may see."""
