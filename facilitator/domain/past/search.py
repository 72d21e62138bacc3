"""Searching what past meetings left: ids, people, ASINs, words of any language."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from facilitator.domain.errors import N_
from facilitator.domain.incident import INCIDENT_KIND_NAMES, Incident
from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.past.meetings import Past, PastAction, PastDecision, PastMeeting, PastRisk

_ID = re.compile(r"[adpnri]\d+\Z")


class Found(StrEnum):
    """What kind of thing was found."""

    DECISION = "decision"
    ACTION = "action"
    TOPIC = "topic"
    RISK = "risk"
    INCIDENT = "incident"
    KPI = "kpi"
    NOTE = "note"
    FOCUS = "focus"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that holds all the words searched for."""

    kind: Found
    id: str
    """Of the decision, action, topic, risk, KPI, note or incident; of the meeting otherwise."""
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


Say = Callable[[str], str]
"""Translates what we call things."""

UNEXPLAINED = {Verdict.NORMAL: N_("passed as normal"), Verdict.UNKNOWN: N_("not known yet")}
Entry = tuple[Found, str, str, PastMeeting, str]
"""What would make a hit, and after it all the text that it is found by."""


def find(past: Past, words: str, say: Say = str) -> tuple[Hit, ...]:
    """Whatever holds all of these words, the newest first; `say` translates what we call things.

    A word is found within others, as Chinese needs it; an id such as `D3` only as a whole.
    Case and the width of letters do not matter.
    """
    tests = [_test(word) for word in _folded(words).split()]
    if not tests:
        return ()
    hits = [
        _hit(kind, name, text, meeting)
        for kind, name, text, meeting, words in _entries(past, say)
        if _holds(words, tests)
    ]
    hits += [_incident(each) for each in past.incidents if _holds(_told(each, say), tests)]
    return tuple(sorted(hits, key=lambda hit: hit.at, reverse=True))


def meeting_hits(past: Past) -> tuple[Hit, ...]:
    """Every meeting, the newest first: what there is before a word is searched for."""
    return tuple(_hit(Found.MEETING, each.id, each.title, each) for each in past.meetings)


def _hit(kind: Found, name: str, text: str, meeting: PastMeeting) -> Hit:
    return Hit(
        kind=kind,
        id=name,
        text=text,
        at=meeting.opened_at,
        series=meeting.series,
        meeting=meeting,
    )


def _incident(incident: Incident) -> Hit:
    return Hit(
        kind=Found.INCIDENT,
        id=incident.id,
        text=incident.phenomenon,
        at=incident.detected_at,
        series=incident.series,
        incident=incident,
    )


def _told(incident: Incident, say: Say) -> str:
    """All that its notice and its review say."""
    review = incident.review
    learnt = (review.cause, review.loss, review.lesson) if review else ()
    told = (incident.phenomenon, incident.scope, incident.measures, *learnt)
    return "\n".join((incident.id, say(INCIDENT_KIND_NAMES[incident.kind]), *told))


def _holds(text: str, tests: list[Callable[[str], object]]) -> bool:
    folded = _folded(text)
    return all(test(folded) for test in tests)


def _test(word: str) -> Callable[[str], object]:
    if _ID.match(word):
        return re.compile(rf"(?<![a-z0-9]){word}(?![a-z0-9])").search
    return lambda text: word in text


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _entries(past: Past, say: Say) -> Iterator[Entry]:
    for decision in past.decisions:
        yield _decision(decision)
    for action in past.actions:
        yield _action(action)
    for topic in past.topics:
        yield Found.TOPIC, topic.id, topic.text, topic.meeting, f"{topic.id}\n{topic.text}"
    for risk in past.risks:
        yield _risk(risk)
    for meeting in past.meetings:
        yield from _said_in(meeting, say)


def _decision(found: PastDecision) -> Entry:
    decision, meeting = found.decision, found.meeting
    ruling = decision.ruling
    words = [
        decision.id,
        decision.question,
        decision.background,
        decision.why,
        *(each.title for each in decision.options),
        meeting.name_of(decision.proposer),
        meeting.name_of(ruling.decider if ruling else decision.decider),
        ruling.rationale if ruling else "",
        ruling.amendment if ruling else "",
        *_kpi_names(meeting, decision.kpi),
        *(each.rationale for each in decision.past),
        *(each.words for each in decision.stances),
    ]
    return Found.DECISION, decision.id, decision.question, meeting, "\n".join(words)


def _action(found: PastAction) -> Entry:
    action = found.action
    words = [
        action.id,
        action.title,
        action.criterion,
        action.evidence,
        action.blocked_by,
        action.review_note,
        found.owner_name,
        action.decision or "",
        *_kpi_names(found.meeting, action.kpi),
    ]
    return Found.ACTION, action.id, action.title, found.meeting, "\n".join(words)


def _risk(found: PastRisk) -> Entry:
    risk, meeting = found.risk, found.meeting
    words = [
        risk.id,
        risk.text,
        risk.solution,
        risk.ended_by,
        found.raised_by,
        meeting.name_of(risk.owner),
        risk.decision or "",
        *_kpi_names(meeting, risk.kpi),
    ]
    return Found.RISK, risk.id, risk.text, meeting, "\n".join(words)


def _said_in(meeting: PastMeeting, say: Say) -> Iterator[Entry]:
    titles = (each.title for each in meeting.items)
    words = "\n".join((meeting.id, meeting.title, *titles, *meeting.people.values()))
    yield Found.MEETING, meeting.id, meeting.title, meeting, words
    if meeting.focus:
        yield Found.FOCUS, meeting.id, meeting.focus, meeting, meeting.focus
    for note in meeting.notes:
        yield Found.NOTE, note.id, note.text, meeting, f"{note.id}\n{note.text}"
    for answer in meeting.answers:
        told = (*answer.causes, answer.proposal, answer.evidence)
        text = " · ".join(each for each in told if each)
        if answer.verdict in UNEXPLAINED:
            text = " · ".join(each for each in (say(UNEXPLAINED[answer.verdict]), text) if each)
        names = "\n".join(_kpi_names(meeting, answer.kpi))
        yield Found.KPI, answer.kpi, text, meeting, f"{names}\n{text}"


def _kpi_names(meeting: PastMeeting, kpi: KpiId | None) -> tuple[str, ...]:
    """A KPI's id, and what it is called in every language."""
    if kpi is None:
        return ()
    return kpi, meeting.kpis.get(kpi, ""), meeting.kpis_zh.get(kpi, "")
