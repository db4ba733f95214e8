"""Recommendations: the files, who can be chosen, the roadmap and its figures."""
