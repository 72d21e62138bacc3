"""Redaction of what is remembered of past meetings, for lists that others may see."""

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.agenda import ItemId
from facilitator.domain.entry import Entry
from facilitator.domain.past.meetings import Past, PastEntry, PastMeeting
from facilitator.domain.redaction import Redactor


class RedactedPast(Struct, frozen=True):
    """What may be shown of the past."""

    past: Past
    is_complete: bool
    """Whether nothing is left out."""


def redact_past(past: Past, placeholder: str) -> RedactedPast:
    """Return the past with `placeholder` in the place of sensitive words.

    An entry that is sensitive as it stands is redacted in every earlier state as well; one that
    is not any more, in the meetings in which it was.
    """
    found = _SensitiveParts(past)
    if not found.any():
        return RedactedPast(past, is_complete=True)
    redactors = {each.id: found.redactor(each, placeholder) for each in past.meetings}
    meetings = {each.id: _redact_meeting(each, redactors[each.id]) for each in past.meetings}

    def copy(each: PastEntry[Entry]) -> PastEntry[Entry]:
        meeting = each.meeting.id
        return PastEntry(meeting=meetings[meeting], entry=redactors[meeting].entry(each.entry))

    copies = replace(
        past,
        meetings=tuple(meetings.values()),
        entries=tuple(map(copy, past.entries)),
        history=tuple(map(copy, past.history)),
    )
    return RedactedPast(copies, is_complete=False)


class _SensitiveParts:
    """What is sensitive of the past: ids and quoted words by series and by meeting."""

    def __init__(self, past: Past) -> None:
        self._in_series: dict[str, set[str]] = {}
        self._in_meeting: dict[str, set[str]] = {}
        self._words: dict[str, set[str]] = {}
        for each in past.entries:
            if each.entry.is_sensitive and not each.entry.is_numbered_by_meeting:
                self._in_series.setdefault(each.meeting.series, set()).add(each.entry.id)
        for each in (*past.history, *past.entries):
            if each.entry.is_sensitive:
                self._in_meeting.setdefault(each.meeting.id, set()).add(each.entry.id)
                self._words.setdefault(each.meeting.series, set()).add(each.entry.text)
        for meeting in past.meetings:
            if titles := _sensitive_titles(meeting):
                self._words.setdefault(meeting.series, set()).update(titles)

    def any(self) -> bool:
        """Whether there is anything."""
        return bool(self._in_meeting or self._words)

    def redactor(self, meeting: PastMeeting, placeholder: str) -> Redactor:
        """Return what redacts the parts of a meeting."""
        ids = self._in_series.get(meeting.series, set()) | self._in_meeting.get(meeting.id, set())
        return Redactor(
            ids=frozenset(ids),
            items=frozenset(meeting.sensitive_items),
            words=frozenset(self._words.get(meeting.series, ())),
            placeholder=placeholder,
        )


def _sensitive_titles(meeting: PastMeeting) -> set[str]:
    hidden = set(meeting.sensitive_items)
    titles = {each.title for each in meeting.items if each.id in hidden}
    return titles | {title for item, title in meeting.titles.items() if item in hidden}


def _redact_meeting(meeting: PastMeeting, redactor: Redactor) -> PastMeeting:
    def title_of(item: ItemId, title: str) -> str:
        return redactor.placeholder if item in redactor.items else title

    return replace(
        meeting,
        items=tuple(replace(each, title=title_of(each.id, each.title)) for each in meeting.items),
        titles={item: title_of(item, title) for item, title in meeting.titles.items()},
        answers=tuple(map(redactor.answer, meeting.answers)),
        focus_reviews=tuple(map(redactor.focus_review, meeting.focus_reviews)),
        waste=tuple(map(redactor.lost_time, meeting.waste)),
    )
