"""Dates as the regulation counts them: birthdays, full months and years."""

from calendar import monthrange
from datetime import date, datetime
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def anniversary(day: date, years: int) -> date:
    """Return the day ``years`` later; for 29 February in a common year, 1 March.

    A person born on 29 February has completed the year only when that February has ended.
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months_after(day: date, months: int) -> date:
    """Return the same day ``months`` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def local_day(moment: datetime) -> date:
    """Return the calendar day of a moment where the Union works; every deadline means this day."""
    return moment.astimezone(TIME_ZONE).date()
