"""Transfers: opened, written, and carried out at reception."""
