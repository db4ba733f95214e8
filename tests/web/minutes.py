"""Filling in the form of a meeting, and reading its page."""

from app.extensions import db
from tests.journeys import HELD

COUNTS = ("in_favour", "against", "blank", "spoiled")
MINUTES = {"place": "Nhà văn hóa ấp", "chair": "Trần Văn Chủ", "minute_taker": "Lê Thị Ghi"}


def address(world, unit="ap_a1", on=HELD):
    return f"/meetings/new?unit={world.units[unit].id}&on={on:%d/%m/%Y}"


def counts(ref, *numbers):
    return {f"{name}_{ref}": str(number) for name, number in zip(COUNTS, numbers, strict=True)}


def present(world, number=9, unit="ap_a1"):
    return [str(person.id) for person in world.members[unit][:number]]


def hold(browser, world, votes, *, number=9, **changed):
    """Record a meeting of ap_a1 with these votes and so many of nine members present."""
    fields = {**MINUTES, "present": present(world, number), **changed}
    for ref, numbers in votes.items():
        fields |= counts(ref, *numbers)
    return browser.send(address(world), **fields)


def verdicts(page):
    """The verdicts as the page of a meeting shows them, from top to bottom."""
    return [each.get("data-verdict") for each in page.all("strong") if each.get("data-verdict")]


def rows(model):
    db.session.expire_all()
    return db.session.query(model).count()
