"""Dues: paid month by month, passed up, exempted from."""
