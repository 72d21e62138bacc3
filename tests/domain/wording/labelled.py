"""Labelled action items, and how well a check of their wording does on them.

The rules are tuned on one set; the other is held back for evaluation.
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
    """An action item, and the aspects that a careful reader found missing."""

    lacks: frozenset[MissingDetail]
    title: str
    criterion: str
    owner: PersonId | None
    due: date | None

    def found(self) -> frozenset[MissingDetail]:
        """Return the aspects that the check finds missing."""
        wording = check_wording(self.title, self.owner, self.due, self.criterion, on=ON)
        return frozenset(each.aspect for each in wording.findings)


class Score(Struct, frozen=True, kw_only=True):
    """Counts of right and wrong findings."""

    hits: int
    false_alarms: int
    misses: int
    count: int
    """The number of all items."""

    @property
    def precision(self) -> float:
        """The share of findings that are right."""
        return self.hits / (self.hits + self.false_alarms)

    @property
    def share(self) -> float:
        """The share of items with this aspect: the precision of finding it in every item."""
        return (self.hits + self.misses) / self.count

    @property
    def recall(self) -> float:
        """The share of right findings among all that there are."""
        return self.hits / (self.hits + self.misses)


def labelled(name: str) -> tuple[Labelled, ...]:
    """Return the items of one of the SETS."""
    lines = (_HERE / SETS[name]).read_text(encoding="utf-8").splitlines()
    return tuple(_item(line) for line in lines if line and not line.startswith("#"))


def scores(items: Iterable[Labelled]) -> dict[str, Score]:
    """Return the score of each aspect, and of `any` for whether an item is vague at all."""
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
