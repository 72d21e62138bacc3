"""Searching past meetings by ids, people, ASINs and words of any language."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from facilitator.domain.errors import N_, Translate
from facilitator.domain.incident import INCIDENT_KIND_NAMES, Incident
from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.past.meetings import Past, PastAction, PastDecision, PastMeeting, PastRisk

_ID_PATTERN = re.compile(r"[adpnri]\d+\Z")


class HitKind(StrEnum):
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


class Hit(Struct, frozen=True, kw_only=True):
    """One thing that holds all the words searched for."""

    kind: HitKind
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


UNEXPLAINED_VERDICTS = {
    Verdict.NORMAL: N_("passed as normal"),
    Verdict.UNKNOWN: N_("not known yet"),
}
Candidate = tuple[HitKind, str, str, PastMeeting, str]
"""What would make a hit, and after it all the text that it is found by."""


def search_past(past: Past, words: str, translate: Translate = str) -> tuple[Hit, ...]:
    """Find whatever holds all of these words, the newest first; `translate` is for kinds of things.

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
        if _matches_all(_incident_text(each, translate), tests)
    ]
    return tuple(sorted(hits, key=lambda hit: hit.at, reverse=True))


def meeting_hits(past: Past) -> tuple[Hit, ...]:
    """Every meeting, the newest first: what there is before a word is searched for."""
    return tuple(_hit(HitKind.MEETING, each.id, each.title, each) for each in past.meetings)


def _hit(kind: HitKind, name: str, text: str, meeting: PastMeeting) -> Hit:
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
        kind=HitKind.INCIDENT,
        id=incident.id,
        text=incident.phenomenon,
        at=incident.detected_at,
        series=incident.series,
        incident=incident,
    )


def _incident_text(incident: Incident, translate: Translate) -> str:
    """All that its notice and its review translate."""
    review = incident.review
    learnt = (review.cause, review.loss, review.lesson) if review else ()
    told = (incident.phenomenon, incident.scope, incident.measures, *learnt)
    return "\n".join((incident.id, translate(INCIDENT_KIND_NAMES[incident.kind]), *told))


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
    for decision in past.decisions:
        yield _decision_candidate(decision)
    for action in past.actions:
        yield _action_candidate(action)
    for topic in past.topics:
        yield HitKind.TOPIC, topic.id, topic.text, topic.meeting, f"{topic.id}\n{topic.text}"
    for risk in past.risks:
        yield _risk_candidate(risk)
    for meeting in past.meetings:
        yield from _meeting_candidates(meeting, translate)


def _decision_candidate(found: PastDecision) -> Candidate:
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
    return HitKind.DECISION, decision.id, decision.question, meeting, "\n".join(words)


def _action_candidate(found: PastAction) -> Candidate:
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
    return HitKind.ACTION, action.id, action.title, found.meeting, "\n".join(words)


def _risk_candidate(found: PastRisk) -> Candidate:
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
    return HitKind.RISK, risk.id, risk.text, meeting, "\n".join(words)


def _meeting_candidates(meeting: PastMeeting, translate: Translate) -> Iterator[Candidate]:
    titles = (each.title for each in meeting.items)
    words = "\n".join((meeting.id, meeting.title, *titles, *meeting.people.values()))
    yield HitKind.MEETING, meeting.id, meeting.title, meeting, words
    if meeting.focus:
        yield HitKind.FOCUS, meeting.id, meeting.focus, meeting, meeting.focus
    for note in meeting.notes:
        yield HitKind.NOTE, note.id, note.text, meeting, f"{note.id}\n{note.text}"
    for answer in meeting.answers:
        told = (*answer.causes, answer.proposal, answer.evidence)
        text = " · ".join(each for each in told if each)
        if answer.verdict in UNEXPLAINED_VERDICTS:
            text = " · ".join(
                each for each in (translate(UNEXPLAINED_VERDICTS[answer.verdict]), text) if each
            )
        names = "\n".join(_kpi_names(meeting, answer.kpi))
        yield HitKind.KPI, answer.kpi, text, meeting, f"{names}\n{text}"


def _kpi_names(meeting: PastMeeting, kpi: KpiId | None) -> tuple[str, ...]:
    """A KPI's id, and what it is called in every language."""
    if kpi is None:
        return ()
    return kpi, meeting.kpis.get(kpi, ""), meeting.kpis_zh.get(kpi, "")
