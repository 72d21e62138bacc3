"""Searching what past meetings left: ids, people, ASINs, words of any language."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from facilitator.domain.past import Past, PastAction, PastDecision, PastMeeting

_ID = re.compile(r"[adpn]\d+\Z")


class Found(StrEnum):
    """What kind of thing was found."""

    DECISION = "decision"
    ACTION = "action"
    TOPIC = "topic"
    KPI = "kpi"
    NOTE = "note"
    FOCUS = "focus"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that holds all the words searched for."""

    kind: Found
    id: str
    """Of the decision, action, topic, KPI or note; of the meeting otherwise."""
    text: str
    meeting: PastMeeting
    """The last one that had it."""


Entry = tuple[Found, str, str, PastMeeting, str]
"""What would make a hit, and after it all the text that it is found by."""


def find(past: Past, words: str) -> tuple[Hit, ...]:
    """Whatever holds all of these words, the newest meeting first.

    A word is found within others, as Chinese needs it; an id such as `D3` only as a whole.
    Case and the width of letters do not matter.
    """
    tests = [_test(word) for word in _folded(words).split()]
    if not tests:
        return ()
    hits = (
        Hit(kind=kind, id=name, text=text, meeting=meeting)
        for kind, name, text, meeting, words in _entries(past)
        if _holds(words, tests)
    )
    return tuple(sorted(hits, key=lambda hit: hit.meeting.opened_at, reverse=True))


def meeting_hits(past: Past) -> tuple[Hit, ...]:
    """Every meeting, the newest first: what there is before a word is searched for."""
    return tuple(
        Hit(kind=Found.MEETING, id=each.id, text=each.title, meeting=each) for each in past.meetings
    )


def _holds(text: str, tests: list[Callable[[str], object]]) -> bool:
    folded = _folded(text)
    return all(test(folded) for test in tests)


def _test(word: str) -> Callable[[str], object]:
    if _ID.match(word):
        return re.compile(rf"(?<![a-z0-9]){word}(?![a-z0-9])").search
    return lambda text: word in text


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _entries(past: Past) -> Iterator[Entry]:
    for decision in past.decisions:
        yield _decision(decision)
    for action in past.actions:
        yield _action(action)
    for topic in past.topics:
        yield Found.TOPIC, topic.id, topic.text, topic.meeting, f"{topic.id}\n{topic.text}"
    for meeting in past.meetings:
        yield from _said_in(meeting)


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
        decision.kpi or "",
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
        action.review_note,
        found.owner_name,
        action.decision or "",
        action.kpi or "",
    ]
    return Found.ACTION, action.id, action.title, found.meeting, "\n".join(words)


def _said_in(meeting: PastMeeting) -> Iterator[Entry]:
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
        name = meeting.kpis.get(answer.kpi, "")
        yield Found.KPI, answer.kpi, text, meeting, f"{answer.kpi}\n{name}\n{text}"
