"""Chains: a KPI or an entry with all that is linked to it, and what each meeting made of it.

Each link is stored where it was made: a decision names its KPI, an action item its decision or
its KPI, a note what it became, a risk the decision that it became. The causes are in what past
meetings answered for the KPI. What belongs to an incident names it in its text.
"""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from facilitator.domain.action import ActionItem
from facilitator.domain.decision import Decision
from facilitator.domain.entry import Entry, EntryT
from facilitator.domain.incident import Incident
from facilitator.domain.kpi_answer import KpiAnswer
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.past.meetings import Past, PastEntry, PastMeeting, entries_of_kind


class PastAnswer(Struct, frozen=True, kw_only=True):
    """What a meeting answered for the KPI."""

    meeting: PastMeeting
    answer: KpiAnswer


class StateChange(Struct, frozen=True, kw_only=True):
    """An entry that a meeting made or changed."""

    now: PastEntry[Entry]
    """As the meeting left it."""
    before: Entry | None
    """As the meeting left it that changed it last; None where it is new."""


class ChainMeeting(Struct, frozen=True, kw_only=True):
    """What one meeting made of a chain."""

    meeting: PastMeeting
    answers: tuple[KpiAnswer, ...]
    changes: tuple[StateChange, ...]


class Chain(Struct, frozen=True, kw_only=True):
    """Everything of one series that is linked to an id."""

    series: str
    kpi: KpiId | None = None
    kpi_name: str = ""
    kpi_name_zh: str = ""
    """The same in Chinese, where it has such a name."""
    marketplace: Marketplace = ALL
    answers: tuple[PastAnswer, ...] = ()
    """From the oldest to the newest."""
    entries: tuple[PastEntry[Entry], ...] = ()
    """As the last meeting that had them left them, by kind and number."""
    incidents: tuple[Incident, ...] = ()
    meetings: tuple[ChainMeeting, ...] = ()
    """Those that answered for the KPI, or made or changed one of the entries; the oldest first."""
    closed_since: tuple[StateChange, ...] = ()
    """What was closed after the last of these meetings."""

    def latest(self, kind: type[EntryT]) -> tuple[PastEntry[EntryT], ...]:
        """Return the entries of one kind."""
        return entries_of_kind(self.entries, kind)

    def actions_of(self, decision: Decision | None) -> tuple[PastEntry[ActionItem], ...]:
        """Return the action items of a decision; with None those of no decision in the chain."""
        ids = {each.entry.id for each in self.latest(Decision)}
        return tuple(
            each
            for each in self.latest(ActionItem)
            if (each.entry.decision == decision.id if decision else each.entry.decision not in ids)
        )


def find_chains(past: Past, wanted: str) -> tuple[Chain, ...]:
    """Return all that is linked to an id or to a KPI, one chain for each series that has it.

    `wanted` is the id of an entry, or the id or the name of a KPI, which a marketplace may
    follow: `D3`, `acos`, `ACoS DE`. Each meeting numbers its notes anew, so a note has a chain
    for each meeting that has a note of this number.
    """
    name = " ".join(wanted.split()).casefold()
    series = {each.series for each in past.meetings} | {each.series for each in past.incidents}
    return tuple(chain for each in sorted(series) for chain in _chains_of_series(past, each, name))


def _chains_of_series(past: Past, series: str, name: str) -> Iterator[Chain]:
    known = [each for each in past.entries if each.meeting.series == series]
    starts = [each for each in known if each.entry.id.casefold() == name]
    for start in sorted(starts, key=lambda each: each.meeting.opened_at):
        entries = _linked_entries(known, [start])
        about = next((each.entry for each in entries if each.entry.kpi), start.entry)
        yield _chain(past, series, entries, about.kpi, about.marketplace)
    found = None if starts else _find_kpi(past, series, name)
    if found is not None:
        kpi, marketplace = found
        about_kpi = [
            each
            for each in known
            if each.entry.kpi == kpi and marketplace in (None, each.entry.marketplace)
        ]
        yield _chain(past, series, _linked_entries(known, about_kpi), kpi, marketplace)
    for incident in past.incidents:
        if incident.series == series and incident.id.casefold() == name:
            naming = _linked_entries(known, _naming_entries(known, name))
            yield _chain(past, series, naming, incident=incident)


def _chain(
    past: Past,
    series: str,
    entries: list[PastEntry[Entry]],
    kpi: KpiId | None = None,
    marketplace: Marketplace | None = ALL,
    incident: Incident | None = None,
) -> Chain:
    answers = tuple(_answers(past, series, kpi, marketplace))
    kpi_name, kpi_name_zh = _kpi_names(past, series, kpi)
    incidents = (incident,) if incident else ()
    keys = {each.key for each in entries} | {(series, each.id) for each in incidents}
    changes = tuple(_changes(past.history, keys))
    last_states = {each.now.key: each.now.entry for each in changes}
    return Chain(
        series=series,
        kpi=kpi,
        kpi_name=kpi_name,
        kpi_name_zh=kpi_name_zh,
        marketplace=marketplace or ALL,
        answers=answers,
        entries=tuple(entries),
        incidents=incidents,
        meetings=tuple(_chain_meetings(past, answers, changes)),
        closed_since=tuple(
            StateChange(now=each, before=before)
            for each in entries
            if (before := last_states.get(each.key)) and before.is_open and not each.entry.is_open
        ),
    )


def _linked_entries(
    known: list[PastEntry[Entry]], start: list[PastEntry[Entry]]
) -> list[PastEntry[Entry]]:
    """Return the entries to start with and all that is linked to them, however far away."""
    keys = {each.key for each in start}
    ids: set[str] = set()
    while True:
        found = [each for each in known if each.key in keys]
        ids |= {link for each in found for link in each.entry.links}
        ids |= {each.entry.id for each in found if not each.entry.is_numbered_by_meeting}
        more = {
            each.key
            for each in known
            if not ids.isdisjoint(each.entry.links)
            or (each.entry.id in ids and not each.entry.is_numbered_by_meeting)
        }
        if more <= keys:
            return found
        keys |= more


def _naming_entries(known: list[PastEntry[Entry]], name: str) -> list[PastEntry[Entry]]:
    """Return the entries whose words name an incident."""
    names = re.compile(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", re.IGNORECASE)
    return [each for each in known if names.search("\n".join((each.entry.text, *each.entry.words)))]


def _changes(
    history: Iterable[PastEntry[Entry]], keys: set[tuple[str, ...]]
) -> Iterator[StateChange]:
    before: dict[tuple[str, ...], Entry] = {}
    for each in history:
        if each.key in keys:
            yield StateChange(now=each, before=before.get(each.key))
            before[each.key] = each.entry


def _chain_meetings(
    past: Past, answers: tuple[PastAnswer, ...], changes: tuple[StateChange, ...]
) -> Iterator[ChainMeeting]:
    for meeting in past.meetings[::-1]:
        answered = tuple(each.answer for each in answers if each.meeting is meeting)
        changed = tuple(each for each in changes if each.now.meeting is meeting)
        if answered or changed:
            yield ChainMeeting(meeting=meeting, answers=answered, changes=changed)


def _find_kpi(past: Past, series: str, name: str) -> tuple[KpiId, Marketplace | None] | None:
    """Return the KPI that a name means, and its marketplace where the name ends with one."""
    names = {
        known.casefold(): kpi
        for meeting in past.meetings
        if meeting.series == series
        for kpi in meeting.kpis
        for known in (meeting.kpis_zh.get(kpi, kpi), meeting.kpis[kpi], kpi)
    }
    if name in names:
        return names[name], None
    first, _blank, last = name.rpartition(" ")
    kpi = names.get(first)
    answered = {each.answer.marketplace for each in _answers(past, series, kpi, None)}
    answered |= {each.entry.marketplace for each in past.entries if kpi and each.entry.kpi == kpi}
    marketplace = next((each for each in answered if each.casefold() == last), None)
    return (kpi, marketplace) if kpi and marketplace else None


def _kpi_names(past: Past, series: str, kpi: KpiId | None) -> tuple[str, str]:
    """Return what the newest meeting calls a KPI, and its name in Chinese."""
    if kpi is None:
        return "", ""
    knows = next((e for e in past.meetings if e.series == series and kpi in e.kpis), None)
    return (knows.kpis[kpi], knows.kpis_zh.get(kpi, "")) if knows else (kpi, "")


def _answers(
    past: Past, series: str, kpi: KpiId | None, marketplace: Marketplace | None
) -> Iterator[PastAnswer]:
    """Yield what was answered for a KPI; in every marketplace where none is named."""
    for meeting in past.meetings[::-1]:
        for answer in meeting.answers if meeting.series == series else ():
            if answer.kpi == kpi and marketplace in (None, answer.marketplace):
                yield PastAnswer(meeting=meeting, answer=answer)
