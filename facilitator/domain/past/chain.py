"""Chains: a KPI, the decisions about it, their action items, and the evidence for these.

Each link is stored where it was made: a decision names its KPI, an action item its decision or
its KPI, and the causes are in what past meetings answered for that KPI. A note names what it
became, a risk the question that it became. What was asked or assigned because of an incident
names it in its text.
"""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from facilitator.domain.incident import Incident
from facilitator.domain.kpi_answer import KpiAnswer
from facilitator.domain.kpis.facts import ALL, Marketplace
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.past.meetings import (
    NoteSummary,
    Past,
    PastAction,
    PastDecision,
    PastMeeting,
    PastRisk,
    PastTopic,
)


class PastAnswer(Struct, frozen=True, kw_only=True):
    """What a meeting answered for the KPI."""

    on: date
    answer: KpiAnswer


class PastNote(Struct, frozen=True, kw_only=True):
    """A note, and the meeting that it was made in."""

    meeting: PastMeeting
    note: NoteSummary


class DecisionLink(Struct, frozen=True, kw_only=True):
    """A decision with the action items that carry it out."""

    decision_entry: PastDecision
    actions: tuple[PastAction, ...]


class Chain(Struct, frozen=True, kw_only=True):
    """Everything of one series that hangs together with an id."""

    series: str
    kpi: KpiId | None = None
    kpi_name: str = ""
    kpi_name_zh: str = ""
    """The same in Chinese, where it has such a name."""
    marketplace: Marketplace = ALL
    answers: tuple[PastAnswer, ...] = ()
    """From the oldest to the newest."""
    decisions: tuple[DecisionLink, ...] = ()
    actions: tuple[PastAction, ...] = ()
    """Those that carry out no decision."""
    incidents: tuple[Incident, ...] = ()
    notes: tuple[PastNote, ...] = ()
    """Those that it began with, the oldest first."""
    topics: tuple[PastTopic, ...] = ()
    risks: tuple[PastRisk, ...] = ()


def find_chains(past: Past, wanted: str) -> tuple[Chain, ...]:
    """All that hangs together with an id, one chain for each series that has it.

    The numbers of notes begin anew in each meeting, so a note has one for each such meeting.
    """
    name = wanted.strip().casefold()
    found = [_chain(past, series, name) for series in _series_names(past)]
    found += [
        _chain_of_note(past, note) for note in _all_notes(past) if note.note.id.casefold() == name
    ]
    return tuple(_with_origins(past, chain) for chain in found if chain is not None)


def _series_names(past: Past) -> tuple[str, ...]:
    known = {each.series for each in past.meetings} | {each.series for each in past.incidents}
    return tuple(sorted(known))


def _all_notes(past: Past) -> Iterator[PastNote]:
    """Every note, the oldest first."""
    for meeting in past.meetings[::-1]:
        for note in meeting.notes:
            yield PastNote(meeting=meeting, note=note)


def _chain_of_note(past: Past, note: PastNote) -> Chain:
    """What a note became, with the note; or the note alone."""
    series, became = note.meeting.series, note.note.became.casefold()
    chain = _chain(past, series, became) if became else None
    return replace(chain or Chain(series=series), notes=(note,))


def _with_origins(past: Past, chain: Chain) -> Chain:
    """The chain with the risks and notes that its entries came from."""
    asked = {each.decision_entry.decision.id for each in chain.decisions}
    risks = [each for each in past.risks if each.meeting.series == chain.series]
    became = tuple(each for each in risks if each.risk.decision in asked)
    return _with_notes(past, replace(chain, risks=chain.risks or became))


def _with_notes(past: Past, chain: Chain) -> Chain:
    if chain.notes or not (chain.decisions or chain.actions or chain.topics):
        return chain
    ids: set[str] = {each.decision_entry.decision.id for each in chain.decisions}
    ids |= {each.id for each in chain.topics} | {each.action.id for each in chain.actions}
    ids |= {each.action.id for link in chain.decisions for each in link.actions}
    came = (
        e for e in _all_notes(past) if e.meeting.series == chain.series and e.note.became in ids
    )
    return replace(chain, notes=tuple(came))


def _chain(past: Past, series: str, name: str) -> Chain | None:
    decisions = [each for each in past.decisions if each.meeting.series == series]
    actions = [each for each in past.actions if each.meeting.series == series]
    action = next((each for each in actions if each.action.id.casefold() == name), None)
    root = action.action.decision.casefold() if action and action.action.decision else name
    decision = next((each for each in decisions if each.decision.id.casefold() == root), None)
    origin = decision.decision if decision else action.action if action else None
    if origin is None:
        return (
            _chain_of_kpi(past, series, name, decisions, actions)
            or _chain_of_topic(past, series, name)
            or _chain_of_risk(past, series, name)
            or _chain_of_incident(past, series, name, decisions, actions)
        )
    kpi_name, kpi_name_zh = _kpi_names(past, series, origin.kpi)
    return Chain(
        series=series,
        kpi=origin.kpi,
        kpi_name=kpi_name,
        kpi_name_zh=kpi_name_zh,
        marketplace=origin.marketplace,
        answers=_answers(past, series, origin.kpi, origin.marketplace),
        decisions=(_decision_link(decision, actions),) if decision else (),
        actions=(action,) if action and not decision else (),
    )


def _chain_of_kpi(
    past: Past, series: str, name: str, decisions: list[PastDecision], actions: list[PastAction]
) -> Chain | None:
    """All that was ever said of a KPI, in every marketplace."""
    known = {kpi for meeting in past.meetings if meeting.series == series for kpi in meeting.kpis}
    kpi = next((each for each in known if each.casefold() == name), None)
    if kpi is None:
        return None
    asked = [each for each in decisions if each.decision.kpi == kpi]
    carried_out = {each.decision.id for each in asked}
    kpi_name, kpi_name_zh = _kpi_names(past, series, kpi)
    return Chain(
        series=series,
        kpi=kpi,
        kpi_name=kpi_name,
        kpi_name_zh=kpi_name_zh,
        answers=_answers(past, series, kpi, None),
        decisions=tuple(_decision_link(each, actions) for each in asked),
        actions=tuple(
            each
            for each in actions
            if each.action.kpi == kpi and each.action.decision not in carried_out
        ),
    )


def _decision_link(found: PastDecision, actions: list[PastAction]) -> DecisionLink:
    wanted = found.decision.id
    return DecisionLink(
        decision_entry=found,
        actions=tuple(each for each in actions if each.action.decision == wanted),
    )


def _chain_of_topic(past: Past, series: str, name: str) -> Chain | None:
    topics = (each for each in past.topics if each.meeting.series == series)
    topic = next((each for each in topics if each.id.casefold() == name), None)
    return Chain(series=series, topics=(topic,)) if topic else None


def _chain_of_risk(past: Past, series: str, name: str) -> Chain | None:
    """A risk, and the question that it became with all that hangs together with that."""
    risks = (each for each in past.risks if each.meeting.series == series)
    found = next((each for each in risks if each.risk.id.casefold() == name), None)
    if found is None:
        return None
    asked = found.risk.decision
    chain = _chain(past, series, asked.casefold()) if asked else None
    return replace(chain or Chain(series=series), risks=(found,))


def _chain_of_incident(
    past: Past, series: str, name: str, decisions: list[PastDecision], actions: list[PastAction]
) -> Chain | None:
    """An incident, and what names it: by its words, as nothing else tells."""
    known = (each for each in past.incidents if each.series == series)
    incident = next((each for each in known if each.id.casefold() == name), None)
    if incident is None:
        return None
    is_named = re.compile(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", re.IGNORECASE).search
    asked = [e for e in decisions if is_named(f"{e.decision.question}\n{e.decision.background}")]
    carried_out = {each.decision.id for each in asked}
    return Chain(
        series=series,
        incidents=(incident,),
        decisions=tuple(_decision_link(each, actions) for each in asked),
        actions=tuple(
            each
            for each in actions
            if is_named(f"{each.action.title}\n{each.action.criterion}")
            and each.action.decision not in carried_out
        ),
    )


def _kpi_names(past: Past, series: str, kpi: KpiId | None) -> tuple[str, str]:
    """What the newest meeting calls a KPI, and what it is in Chinese."""
    if kpi is None:
        return "", ""
    knows = next((e for e in past.meetings if e.series == series and kpi in e.kpis), None)
    return (knows.kpis[kpi], knows.kpis_zh.get(kpi, "")) if knows else (kpi, "")


def _answers(
    past: Past, series: str, kpi: KpiId | None, marketplace: Marketplace | None
) -> tuple[PastAnswer, ...]:
    """What was answered for a KPI; in every marketplace where none is named."""
    return tuple(
        PastAnswer(on=meeting.date, answer=answer)
        for meeting in past.meetings[::-1]
        if meeting.series == series
        for answer in meeting.answers
        if answer.kpi == kpi and marketplace in (None, answer.marketplace)
    )
