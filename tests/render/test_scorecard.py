"""The scorecard as rows: what is shown, and how each row is marked."""

from msgspec.structs import replace

from facilitator.domain.kpis.facts import ALL, Currency
from facilitator.domain.kpis.kpi import KpiId, Target
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.render.language import Language
from facilitator.render.scorecard import KpiRow, kpi_rows
from tests.scorecard_factories import STEADY, UNUSUAL, definition, make_scorecard, total_series

CVR = KpiId("cvr")


def _rows(scorecard: Scorecard, language: Language, **more: object) -> tuple[KpiRow, ...]:
    return kpi_rows(scorecard, language, **more)  # type: ignore[arg-type]


def test_off_target_and_unusual_are_two_marks(english: Language) -> None:
    card = make_scorecard({ALL: UNUSUAL, "US": (*STEADY, 11.0)}, target=Target(at_least=11.2))
    both, off_target = _rows(card, english)

    assert (both.mark, both.signal, both.is_red) == ("▲ off target", "◆ low", True)
    assert (off_target.mark, off_target.signal, off_target.is_red) == ("▲ off target", "", True)


def test_an_unusual_kpi_is_red_even_on_target_and_may_be_good_news(english: Language) -> None:
    card = make_scorecard({ALL: UNUSUAL}, target=Target(at_least=5.0))
    (row,) = _rows(card, english)
    better = make_scorecard({ALL: (*STEADY, 15.0)}, kpi=definition(higher_is_better=True))
    (good,) = _rows(better, english)

    assert (row.mark, row.is_unusual, row.is_red) == ("✓ on target", True, True)
    assert (good.is_unusual, good.is_good) == (True, True)


def test_a_total_without_a_value_says_why(english: Language) -> None:
    card = make_scorecard({ALL: (*STEADY, None), "US": (*STEADY, 11.3)})
    total, shop = _rows(card, english)

    assert (total.actual, total.mark, total.why) == (
        "–",
        "? no report",
        "no data for sessions",
    )
    assert shop.name == "US"


def test_the_total_of_one_currency_says_which(english: Language) -> None:
    card = make_scorecard({ALL: STEADY})
    euro = replace(card.series[0], currency=Currency("EUR"))
    total, part = _rows(replace(card, series=(*card.series, euro)), english)

    assert (total.name, total.is_total) == ("Conversion", True)
    assert (part.name, part.is_total) == ("total EUR", False)


def test_past_weeks_fill_the_given_width(english: Language) -> None:
    (row,) = _rows(make_scorecard({ALL: STEADY}), english, weeks=8)

    assert len(row.spark) == 8


def test_a_series_without_a_target_has_no_target_mark(english: Language) -> None:
    assert total_series(*STEADY).target is None
    assert _rows(make_scorecard({ALL: STEADY}), english)[0].mark == ""
