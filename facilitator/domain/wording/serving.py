"""Whether an open promise or question speaks of the same things as the focus.

Two texts speak of the same things where they share a product, a KPI, a marketplace, or a word that
carries a meaning. Chinese is compared by pieces of two characters, as it has no blanks; other
words by their first letters, so that “launch” and “launching” are one. A likeness of words is a
hint for the order of a list, and never decides.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from facilitator.domain.action import ActionItem
from facilitator.domain.asin import asins_in
from facilitator.domain.decision import Decision
from facilitator.domain.focus import has_focus_changed
from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.kpi import KpiId
from facilitator.domain.meeting import Meeting
from facilitator.domain.wording.serving_words import (
    EMPTY_PIECES,
    EMPTY_WORDS,
    JOINING,
    PLACE_WORDS,
    PLACES,
)

STEM = 5
"""Letters by which words are told apart; “conversion” and “convert” are one."""
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_PARTING = re.compile(f"[{JOINING}]")
_WORD = re.compile(r"[a-zà-öø-ÿ][a-zà-öø-ÿ0-9]+")
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{2}(?![A-Za-z])")


class Bearing(IntEnum):
    """What an open promise or question has to do with the focus, in the order of a list."""

    BEFORE = 0
    """It speaks of what mattered last time, and not of what matters now."""
    NEITHER = 1
    NOW = 2
    """It serves the focus of today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStake:
    """Something open, with its bearing on the focus."""

    entry: ActionItem | Decision
    bearing: Bearing


def at_stake(meeting: Meeting) -> tuple[ActionItem | Decision, ...]:
    """What a new focus can put in question: promises of earlier meetings, and open questions."""
    carried = (each for each in meeting.open_actions if each.id in meeting.carried_actions)
    return (*carried, *meeting.open_decisions)


def has_unserved(meeting: Meeting) -> bool:
    """Whether the focus changed and nobody has looked at what is open since."""
    is_looked_at = any(each.focus == meeting.focus for each in meeting.focus_reviews)
    is_new = has_focus_changed(meeting.past_focus, meeting.focus)
    return is_new and not is_looked_at and bool(at_stake(meeting))


def weighed(meeting: Meeting) -> tuple[AtStake, ...]:
    """What is at stake, first what served only the old focus."""
    definitions = meeting.scorecard.definitions if meeting.scorecard else ()
    called = {each.id: f"{each.name} {each.name_zh}" for each in definitions}
    found = (
        AtStake(
            entry=each,
            bearing=bearing(_told(each, called), now=meeting.focus, before=meeting.past_focus),
        )
        for each in at_stake(meeting)
    )
    return tuple(sorted(found, key=lambda each: each.bearing))


def bearing(text: str, *, now: str, before: str) -> Bearing:
    """What a text has to do with this week's answer and with last week's."""
    said = subjects(text)
    if said & subjects(now):
        return Bearing.NOW
    return Bearing.BEFORE if said & subjects(before) else Bearing.NEITHER


def subjects(text: str) -> frozenset[str]:
    """What a text speaks of: products, marketplaces, words cut to their stem, Chinese pieces."""
    text = unicodedata.normalize("NFKC", text)
    return frozenset((*asins_in(text), *_places(text), *_words(text), *_pieces(text)))


def _told(entry: ActionItem | Decision, called: Mapping[KpiId, str]) -> str:
    """All that an entry says of what it is about."""
    if isinstance(entry, ActionItem):
        words = [entry.title, entry.criterion]
    else:
        words = [entry.question, entry.background, *(each.title for each in entry.options)]
    if entry.kpi is not None:
        words.append(called.get(entry.kpi, entry.kpi))
    if entry.marketplace != ALL:
        words.append(entry.marketplace.upper())
    return "\n".join(words)


def _places(text: str) -> Iterator[str]:
    codes, folded = set(_CODE.findall(text)), text.casefold()
    for code, names in PLACES.items():
        if code in codes or any(_is_in(name, folded) for name in names):
            yield code


def _is_in(name: str, text: str) -> bool:
    if name.isascii():
        return re.search(rf"\b{name}\b", text) is not None
    return name in text


def _words(text: str) -> Iterator[str]:
    """The words that carry a meaning; places and products are told apart."""
    for word in _WORD.findall(text.casefold()):
        if word not in EMPTY_WORDS and word not in PLACE_WORDS and not asins_in(word):
            yield (word.removesuffix("s") if not word.endswith("ss") else word)[:STEM]


def _pieces(text: str) -> Iterator[str]:
    """Two characters at a time; a run is parted where a word only joins others."""
    for run in _HAN_RUN.findall(text):
        for part in _PARTING.split(run):
            for place in range(len(part) - 1):
                piece = part[place : place + 2]
                if piece not in EMPTY_PIECES:
                    yield piece
