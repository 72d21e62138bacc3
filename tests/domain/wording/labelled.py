"""Labelled action items, and how well a check of their wording does on them.

The rules are tuned on one set; the other is held back, and only ever counted.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct

from facilitator.domain.people import PersonId
from facilitator.domain.wording.action_check import MissingDetail, check_wording

ON = date(2026, 11, 23)
"""The day of the meeting."""
SETS = {"tuned": "tuned.txt", "held back": "held_back.txt"}
_HERE = Path(__file__).parent
_SOUND = ("", "Screenshot in the folder", "lin", (ON + timedelta(days=4)).isoformat())
_EMPTY = "none"


class Labelled(Struct, frozen=True, kw_only=True):
    """An action item, and what a careful reader finds wanting in it."""

    lacks: frozenset[MissingDetail]
    title: str
    criterion: str
    owner: PersonId | None
    due: date | None

    def found(self) -> frozenset[MissingDetail]:
        """What the check finds wanting."""
        wording = check_wording(self.title, self.owner, self.due, self.criterion, on=ON)
        return frozenset(each.aspect for each in wording.findings)


class Score(Struct, frozen=True, kw_only=True):
    """How often the check was right."""

    hits: int
    false_alarms: int
    misses: int
    count: int
    """Of all items."""

    @property
    def precision(self) -> float:
        """Of what it finds, the share that is so."""
        return self.hits / (self.hits + self.false_alarms)

    @property
    def share(self) -> float:
        """Of all items, those of which it is so: the precision of calling every one vague."""
        return (self.hits + self.misses) / self.count

    @property
    def recall(self) -> float:
        """Of what is so, the share that it finds."""
        return self.hits / (self.hits + self.misses)


def labelled(name: str) -> tuple[Labelled, ...]:
    """The items of one of the SETS."""
    lines = (_HERE / SETS[name]).read_text(encoding="utf-8").splitlines()
    return tuple(_item(line) for line in lines if line and not line.startswith("#"))


def scores(items: Iterable[Labelled]) -> dict[str, Score]:
    """For every aspect, and for `any`: whether the item is vague at all."""
    results = [(item.lacks, item.found()) for item in items]
    of_aspects = {
        aspect.value: _score((aspect in lacks, aspect in found) for lacks, found in results)
        for aspect in MissingDetail
    }
    return {"any": _score((bool(lacks), bool(found)) for lacks, found in results), **of_aspects}


def _score(pairs: Iterable[tuple[bool, bool]]) -> Score:
    counted = list(pairs)
    return Score(
        hits=counted.count((True, True)),
        false_alarms=counted.count((False, True)),
        misses=counted.count((True, False)),
        count=len(counted),
    )


def _item(line: str) -> Labelled:
    labels, *given = (part.strip() for part in line.split("|"))
    title, criterion, owner, due = (
        "" if part == _EMPTY else part for part in (*given, *_SOUND[len(given) :])
    )
    return Labelled(
        lacks=frozenset(MissingDetail(label) for label in labels.split() if label != "sound"),
        title=title,
        criterion=criterion,
        owner=PersonId(owner) if owner else None,
        due=date.fromisoformat(due) if due else None,
    )
