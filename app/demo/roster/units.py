"""Units that are no longer what they were: one has merged, one bears another name."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from app.demo.days import Turn, moment
from app.demo.people import Casting
from app.demo.places import COMPANY, MERGED, MERGED_INTO, Place
from app.services.events import By
from app.services.units.merging import Merger, merge_units
from app.services.units.register import Decision
from app.services.units.single import rename_unit
from workflows.calendar import local_day

MERGER = 500  # days ago
RENAMING = 200
TOO_SMALL = "Hai ấp sáp nhập; chi đoàn còn 4 đoàn viên."
NEW_NAME = "Chi đoàn cơ sở Công ty May Bình Tân"


def turns_of_units(district: Place, casting: Casting) -> Iterator[Turn]:
    """Yield the merger of two hamlets' branches, and the new name of a factory's."""
    merged = district.find(MERGED)
    if commune := merged.above:
        into = district.find(MERGED_INTO)
        yield Turn(
            moment(casting.today - timedelta(days=MERGER)), partial(_merge, commune, merged, into)
        )
    day = casting.today - timedelta(days=RENAMING)
    yield Turn(moment(day), partial(_rename, district, district.find(COMPANY)))


def _merge(commune: Place, merged: Place, into: Place, now: datetime) -> None:
    paper = Decision(local_day(now), "05-QĐ/ĐTN", TOO_SMALL)
    units = [into.unit.id, merged.unit.id]
    merger = Merger(unit_ids=units, into_id=into.unit.id, decision=paper)
    merge_units(merger, by=By(commune.officers[0], now))
    into.members += merged.members


def _rename(district: Place, place: Place, now: datetime) -> None:
    paper = Decision(local_day(now), "21-QĐ/ĐTN", "Theo tên mới của doanh nghiệp.")
    rename_unit(place.unit.id, NEW_NAME, paper, by=By(district.officers[0], now))
    place.unit.name = NEW_NAME
