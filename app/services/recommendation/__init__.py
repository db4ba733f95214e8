"""Recommendations: chosen, written, decided, handed over, and moved along with the person."""
