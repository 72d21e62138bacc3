"""Signals in words: the mark for a column, and the sentences why."""

import pytest
from msgspec.structs import replace

from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.scorecard import FIRM_LIMIT_WEEKS, KpiSeries, Side, Signal
from facilitator.render.language import Language
from facilitator.render.signals import (
    full_explanation,
    room_sentence,
    signal_explanation,
    signal_mark,
    usual_range_rule,
)
from tests.scorecard_factories import (
    STEADY,
    UNUSUAL,
    definition,
    make_scorecard,
    occasion,
    total_series,
)


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _why(series: KpiSeries, language: Language) -> str:
    return _plain(
        full_explanation(series, definition(smallest=30, higher_is_better=True), language)
    )


def _signal(series: KpiSeries) -> Signal:
    assert series.signal is not None
    return series.signal


def test_a_usual_week_has_no_mark_and_shows_the_limits(english: Language) -> None:
    series = total_series(*STEADY, 11.5)

    assert signal_mark(series.signal, english) == ""
    assert _why(series, english) == "Within its usual 9.2–13.6 %."


def test_a_week_outside_names_its_side_and_what_is_usual(english: Language) -> None:
    low = total_series(*UNUSUAL)
    high = total_series(*STEADY, 14.0)

    assert (signal_mark(low.signal, english), signal_mark(high.signal, english)) == (
        "◆ low",
        "◆ high",
    )
    assert _why(low, english).startswith("Lowest of 14 weeks; usual is 9.2–13.6 %.")
    assert _why(high, english).startswith("Highest of 14 weeks; usual is 9.2–13.6 %.")


def test_a_week_that_others_went_beyond_is_not_called_the_furthest(english: Language) -> None:
    high = total_series(30.0, *STEADY, 14.0)
    equal = total_series(14.0, *STEADY, 14.0)

    assert _why(high, english).startswith("Above its usual ")
    assert _why(equal, english).startswith("Above its usual ")


@pytest.mark.parametrize(
    ("now", "sentence"),
    [
        (70.0, "Lowest of 9 weeks; usual is 86.2–93.8 %."),
        (90.0, "Within its usual 86.2–93.8 %."),
        (99.0, "Highest of 9 weeks; usual is 86.2–93.8 %."),
    ],
)
def test_a_series_that_mostly_stands_still_is_judged_by_its_mean_change(
    english: Language, now: float, sentence: str
) -> None:
    still = [90.0] * 7 + [80.0]

    assert _why(total_series(*still, now), english).startswith(sentence)


def test_a_constant_series_has_one_usual_value(english: Language) -> None:
    series = total_series(*([62.0] * 13), 50.0)

    assert _why(series, english).startswith("Lowest of 14 weeks; usual is 62.0 %.")


def test_the_rule_of_the_usual_range_is_shown_with_its_figures(english: Language) -> None:
    rule = usual_range_rule(english)

    assert "median of the earlier weeks ± 3.145 × their median change" in rule
    assert "± 2.66 × the mean change" in rule
    assert "fewer than 13 earlier weeks it is provisional (◇)" in rule


def test_an_unusual_and_good_week_says_so(english: Language) -> None:
    high = total_series(*STEADY, 14.0, kpi=definition(higher_is_better=True))
    low = total_series(*UNUSUAL, kpi=definition(higher_is_better=True))

    assert "That is good news." in _why(high, english)
    assert "good news" not in _why(low, english)


def test_few_weeks_give_a_hollow_mark_and_a_provisional_sentence(english: Language) -> None:
    series = total_series(*UNUSUAL[-10:])

    assert signal_mark(series.signal, english) == "◇ low"
    assert "Provisional: 9 earlier weeks so far, 13 needed." in _why(series, english)
    assert "Provisional" not in signal_explanation(series, definition(), english)


def test_thirteen_weeks_before_the_current_one_are_not_provisional(english: Language) -> None:
    twelve, thirteen = total_series(*UNUSUAL[-13:]), total_series(*UNUSUAL[-14:])

    assert "Provisional: 12 earlier weeks so far, 13 needed." in _why(twelve, english)
    assert "Provisional" not in _why(thirteen, english)


def test_too_few_weeks_say_how_many_are_needed(english: Language) -> None:
    series = total_series(11.0, 11.1, 11.2, 11.3)

    assert signal_mark(series.signal, english) == "? 3 of 8 weeks"
    assert _why(series, english) == "Not enough history to say what is usual: 3 of 8 weeks."


def test_a_swing_is_marked_only_where_there_are_no_limits(english: Language) -> None:
    without = total_series(11.0, 11.0, 9.0)
    within = total_series(*STEADY, 9.6)

    assert _plain(signal_mark(without.signal, english)) == "± 18 %"
    assert "It fell by 18 % in a week." in _why(without, english)
    assert signal_mark(within.signal, english) == ""
    assert "It fell by 16 % in a week." in _why(within, english)


def test_a_drift_is_shown_against_the_weeks_before_it(english: Language) -> None:
    series = total_series(*UNUSUAL)
    signal = Signal(
        limits=_signal(series).limits, points=FIRM_LIMIT_WEEKS, drift=Side.HIGH, before=11.4
    )
    above = replace(series, signal=signal)
    below = replace(series, signal=replace(signal, drift=Side.LOW))

    assert signal_mark(signal, english) == "~ drift"
    assert "The last 8 weeks were all above what was usual before, 11.4 %." in _why(above, english)
    assert "below what was usual" in _why(below, english)


def test_weeks_left_out_for_an_occasion_are_counted(english: Language) -> None:
    series = total_series(*UNUSUAL, occasions=(occasion(3),))

    assert "Provisional: 12 earlier weeks so far, 13 needed." in _why(series, english)
    assert "Exceptional weeks not counted: 1." in _why(series, english)


@pytest.mark.parametrize(
    ("signal", "short", "sentence"),
    [
        (
            Signal(is_partial=True),
            "½ incomplete week",
            "The reports do not cover the whole week, so it is not judged.",
        ),
        (
            Signal(is_small=True),
            "∅ too small",
            "Too small to judge: fewer than 30 sessions.",
        ),
    ],
)
def test_a_week_without_a_signal_says_why(
    english: Language, signal: Signal, short: str, sentence: str
) -> None:
    assert signal_mark(signal, english) == short
    assert _why(replace(total_series(*UNUSUAL), signal=signal), english) == sentence


def test_a_value_that_is_missing_has_no_mark(english: Language) -> None:
    assert signal_mark(make_scorecard({ALL: (*STEADY, None)}).series[0].signal, english) == ""


def _phrase(series: KpiSeries, language: Language) -> str:
    return _plain(room_sentence(series, definition(smallest=30), language))


def test_the_room_is_told_how_the_week_compares_in_one_phrase(english: Language) -> None:
    assert _phrase(total_series(*UNUSUAL), english) == "lowest of 14 weeks; usual is 9–14 %"
    assert _phrase(total_series(*STEADY, 14.5), english) == "highest of 14 weeks; usual is 9–14 %"
    assert _phrase(total_series(30.0, *STEADY, 14.5), english) == "above its usual 9–14 %"
    assert _phrase(total_series(*STEADY, 11.5), english) == "within its usual 9–14 %"


def test_the_phrase_has_the_decimals_that_show_the_value_outside_the_range(
    english: Language,
) -> None:
    assert (
        _phrase(total_series(*STEADY, 13.8), english) == "highest of 14 weeks; usual is 9.2–13.6 %"
    )


def test_the_phrase_says_a_drift_or_a_swing_where_that_is_all_there_is(english: Language) -> None:
    series = total_series(*UNUSUAL)
    drift = Signal(limits=_signal(series).limits, drift=Side.LOW, before=11.4)
    swing = total_series(11.0, 11.0, 9.0)

    assert _phrase(replace(series, signal=drift), english) == (
        "8 weeks in a row below its usual 11.4 %"
    )
    assert _phrase(swing, english) == "down 18 % in a week"


@pytest.mark.parametrize("signal", [Signal(is_partial=True), Signal(is_small=True), Signal(), None])
def test_the_phrase_is_empty_where_the_week_was_not_judged(
    english: Language, signal: Signal | None
) -> None:
    assert _phrase(replace(total_series(*UNUSUAL), signal=signal), english) == ""
