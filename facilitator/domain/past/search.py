"""Searching past meetings by ids, people, ASINs and words of any language."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from facilitator.domain.entry import Entry, EntryKind
from facilitator.domain.entry_kinds import ENTRY_TYPES
from facilitator.domain.errors import N_, Translate
from facilitator.domain.incident import Incident
from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.past.meetings import Past, PastMeeting

_LETTERS = "".join(kind.letter.casefold() for kind in ENTRY_TYPES)
_ID_PATTERN = re.compile(rf"[{_LETTERS}]\d+\Z")


class HitKind(StrEnum):
    """What can be found besides entries."""

    KPI = "kpi"
    FOCUS = "focus"
    MEETING = "meeting"


class Hit(Struct, frozen=True, kw_only=True):
    """Something that holds all the words searched for."""

    kind: EntryKind | HitKind
    id: str
    """Of the entry or the KPI; of the meeting otherwise."""
    text: str
    at: datetime
    """When the last meeting that had it was opened, or the incident was found."""
    series: str
    meeting: PastMeeting | None = None
    """The last one that had it; None for an incident."""
    incident: Incident | None = None

    @property
    def meeting_id(self) -> str:
        """The name of its folder; empty for an incident."""
        return self.meeting.id if self.meeting else ""

    @property
    def on(self) -> date:
        """The day of it."""
        return self.meeting.date if self.meeting else self.at.astimezone().date()


UNEXPLAINED_VERDICTS = {
    Verdict.NORMAL: N_("accepted as normal"),
    Verdict.UNKNOWN: N_("not known yet"),
    Verdict.PASSED: N_("passed without an answer"),
}
Candidate = tuple[EntryKind | HitKind, str, str, PastMeeting, str]
"""Kind, id, text and meeting of what may become a hit, and all the text that it is found by."""


def search_past(past: Past, words: str, translate: Translate = str) -> tuple[Hit, ...]:
    """Return whatever holds all of these words, the newest first; `translate` is for its labels.

    A word is found within others, as Chinese needs it; an id such as `D3` only as a whole.
    Case and the width of letters do not matter.
    """
    tests = [_word_test(word) for word in _normalize(words).split()]
    if not tests:
        return ()
    hits = [
        _hit(kind, name, text, meeting)
        for kind, name, text, meeting, words in _candidates(past, translate)
        if _matches_all(words, tests)
    ]
    hits += [
        _incident_hit(each)
        for each in past.incidents
        if _matches_all(_entry_text(each, translate), tests)
    ]
    return tuple(sorted(hits, key=lambda hit: hit.at, reverse=True))


def meeting_hits(past: Past) -> tuple[Hit, ...]:
    """Return every meeting, the newest first: the hits before a word is searched for."""
    return tuple(_hit(HitKind.MEETING, each.id, each.title, each) for each in past.meetings)


def _hit(kind: EntryKind | HitKind, name: str, text: str, meeting: PastMeeting) -> Hit:
    return Hit(
        kind=kind,
        id=name,
        text=text,
        at=meeting.opened_at,
        series=meeting.series,
        meeting=meeting,
    )


def _incident_hit(incident: Incident) -> Hit:
    return Hit(
        kind=incident.entry_kind,
        id=incident.id,
        text=incident.text,
        at=incident.detected_at,
        series=incident.series,
        incident=incident,
    )


def _entry_text(entry: Entry, translate: Translate) -> str:
    """All that an entry is found by, besides people and the names of its KPI."""
    text = "\n".join((entry.id, entry.text, *entry.words))
    return "\n".join((text, *map(translate, entry.labels))) if entry.labels else text


def _matches_all(text: str, tests: list[Callable[[str], object]]) -> bool:
    folded = _normalize(text)
    return all(test(folded) for test in tests)


def _word_test(word: str) -> Callable[[str], object]:
    if _ID_PATTERN.match(word):
        return re.compile(rf"(?<![a-z0-9]){word}(?![a-z0-9])").search
    return lambda text: word in text


def _normalize(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _candidates(past: Past, translate: Translate) -> Iterator[Candidate]:
    for found in past.entries:
        entry, meeting = found.entry, found.meeting
        text = _entry_text(entry, translate)
        if entry.people:
            text = "\n".join((text, *map(meeting.name_of, entry.people)))
        if entry.kpi:
            text = "\n".join((text, *_kpi_names(meeting, entry.kpi)))
        yield entry.entry_kind, entry.id, entry.text, meeting, text
    for meeting in past.meetings:
        yield from _meeting_candidates(meeting, translate)


def _meeting_candidates(meeting: PastMeeting, translate: Translate) -> Iterator[Candidate]:
    titles = (each.title for each in meeting.items)
    words = "\n".join((meeting.id, meeting.title, *titles, *meeting.people.values()))
    yield HitKind.MEETING, meeting.id, meeting.title, meeting, words
    if meeting.focus:
        yield HitKind.FOCUS, meeting.id, meeting.focus, meeting, meeting.focus
    for answer in meeting.answers:
        parts = (*answer.causes, answer.proposal, answer.evidence, answer.reason)
        text = " · ".join(each for each in parts if each)
        if answer.verdict in UNEXPLAINED_VERDICTS:
            text = " · ".join(
                each for each in (translate(UNEXPLAINED_VERDICTS[answer.verdict]), text) if each
            )
        names = "\n".join(_kpi_names(meeting, answer.kpi))
        yield HitKind.KPI, answer.kpi, text, meeting, f"{names}\n{text}"


def _kpi_names(meeting: PastMeeting, kpi: KpiId | None) -> tuple[str, ...]:
    """Return the id of a KPI and its names in every language."""
    if kpi is None:
        return ()
    return kpi, meeting.kpis.get(kpi, ""), meeting.kpis_zh.get(kpi, "")
