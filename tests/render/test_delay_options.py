"""Options shown when a meeting runs late, with their costs."""

from datetime import timedelta

import pytest

from facilitator.domain.agenda import Item, ItemId
from facilitator.domain.decision import DecisionId
from facilitator.domain.kpis.facts import Currency
from facilitator.domain.replanning import DelayOptions, SkippableItem
from facilitator.render.clock_face import delay_options_line
from facilitator.render.language import Language

MINUTE = timedelta(minutes=1)
LISTINGS = SkippableItem(
    place=5,
    item=Item(id=ItemId("listings"), title="Listings", timebox=8 * MINUTE),
    frees=8 * MINUTE,
)
D2 = DecisionId("D2")
COSTS = "each extra minute costs ¥6.67, ¥20 in total"


def rendered_options(
    *,
    skip: tuple[SkippableItem, ...] = (),
    move: tuple[DecisionId, ...] = (),
    late: timedelta = 3 * MINUTE,
    cost_per_minute: float = 400 / 60,
) -> str:
    relief = DelayOptions(late=late, skip=skip, move=move, cost_per_minute=cost_per_minute)
    return delay_options_line(relief, Language(), Currency("CNY")).replace(
        "\N{NO-BREAK SPACE}", " "
    )


@pytest.mark.parametrize(
    ("skip", "move", "line"),
    [
        (
            (LISTINGS,),
            (D2,),
            "To end on time, drop 5 “Listings” (8 min), or move D2 to next week · " + COSTS,
        ),
        ((LISTINGS,), (), "To end on time, drop 5 “Listings” (8 min) · " + COSTS),
        ((), (D2, DecisionId("D3")), "To end on time, move D2, D3 to next week · " + COSTS),
        ((), (), COSTS),
    ],
)
def test_only_helpful_options_are_shown(
    skip: tuple[SkippableItem, ...], move: tuple[DecisionId, ...], line: str
) -> None:
    assert rendered_options(skip=skip, move=move) == line


def test_without_hourly_rates_no_costs_are_shown() -> None:
    assert rendered_options(move=(D2,), cost_per_minute=0) == "To end on time, move D2 to next week"


def test_readings_within_a_second_are_equal() -> None:
    first = rendered_options(late=timedelta(minutes=3, milliseconds=100))
    assert first == rendered_options(late=timedelta(minutes=3, milliseconds=900))
