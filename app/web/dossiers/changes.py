"""What was mended since a dossier came back: the fields that differ now, before and after."""

from collections.abc import Sequence

from app.queries.dossiers import HistoryLine
from app.services.people.member_book import HIDDEN

Span = tuple[object, object]


def spans_since_return(history: Sequence[HistoryLine]) -> dict[tuple[str, str], Span]:
    """Return what each field was and is, by section and name, since the last return if any.

    ``history`` has the newest first. What was put back is no change; of what an event keeps
    covered nobody can tell, so it stays.
    """
    since = []
    for line in history:
        if line.step == "send_back":
            break
        if line.step == "edit":
            since.append(line)
    else:
        return {}
    spans: dict[tuple[str, str], Span] = {}
    for line in reversed(since):
        for name, (before, after) in line.facts.get("changes", {}).items():
            place = (line.facts["section"], name)
            spans[place] = (spans.get(place, (before,))[0], after)
    return {place: span for place, span in spans.items() if span[0] != span[1] or HIDDEN in span}
