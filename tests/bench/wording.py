"""The wording check: its precision and recall on labelled action items, and its time."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.bench.measurement import Figure, Scale, median
from tests.domain.wording.labelled import SETS, Labelled, labelled, scores


def wording(scale: Scale, _folder: Path) -> Iterator[Figure]:
    """Measure precision and recall on both sets, then the time for one item."""
    for name in SETS:
        for aspect, score in scores(labelled(name)).items():
            asked = score.hits + score.misses
            yield Figure(
                what=f"wording, {name}, {aspect}: precision",
                figure=100 * score.precision,
                floor=100 * score.share,
                unit="%",
                floor_is="calling every item vague",
                note=f"recall {score.recall:.0%}: {score.hits} of {asked}; "
                f"{score.false_alarms} false alarms in {score.count - asked}",
            )
    items = [item for name in SETS for item in labelled(name)]
    yield Figure(
        what="wording: an action item checked",
        figure=_seconds(items, scale.rounds, Labelled.found),
        floor=_seconds(items, scale.rounds, _folded),
        floor_is="folding the case of its words",
    )


def _folded(item: Labelled) -> str:
    return f"{item.title} {item.criterion}".casefold()


def _seconds(items: Sequence[Labelled], rounds: int, do: Callable[[Labelled], object]) -> float:
    """Return the seconds that one item takes."""
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        for item in items:
            do(item)
        taken.append((time.perf_counter() - begun) / len(items))
    return median(taken)
