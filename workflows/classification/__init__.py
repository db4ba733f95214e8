"""The yearly classification of members and of branches (domain §5.2, §5.3)."""

from workflows.classification.scales import Grade

__all__ = ["Grade"]
