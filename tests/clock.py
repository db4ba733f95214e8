"""The moment at which tests act; the day is the one that pages show."""

from datetime import UTC, datetime

from workflows.calendar import local_day

NOW = datetime.now(UTC)
TODAY = local_day(NOW)
