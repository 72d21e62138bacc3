"""Signals in words: the mark for a column, and the sentences why."""

import pytest
from msgspec.structs import replace

from facilitator.domain.kpis.facts import ALL
from facilitator.domain.kpis.scorecard import FIRM_LIMIT_WEEKS, Side, Signal
from facilitator.render.language import Language
from facilitator.render.signals import signal_explanation, signal_mark
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


def _why(signal: Signal | None, language: Language) -> str:
    assert signal is not None
    return _plain(
        signal_explanation(signal, definition(smallest=30, higher_is_better=True), language)
    )


def test_a_week_as_usual_has_no_mark_and_says_what_usual_is(english: Language) -> None:
    signal = total_series(*STEADY, 11.5).signal

    assert signal_mark(signal, english) == ""
    assert _why(signal, english) == (
        "Within the usual 9.2–13.6 %: median ± 3.145 × median moving range of 13 weeks."
    )


def test_a_week_outside_names_its_side_its_limits_and_the_rule(english: Language) -> None:
    low = total_series(*UNUSUAL).signal
    high = total_series(*STEADY, 14.0).signal

    assert (signal_mark(low, english), signal_mark(high, english)) == ("◆ low", "◆ high")
    assert _why(low, english).startswith("Below the usual 9.2–13.6 %: ")
    assert _why(high, english).startswith("Above the usual 9.2–13.6 %: ")


def test_a_series_that_mostly_stands_still_names_the_rule_it_is_judged_by(
    english: Language,
) -> None:
    still = [90.0] * 7 + [80.0]
    rule = "the usual 86.2–93.8 %: median ± 2.66 × mean moving range of 8 weeks."

    said = [_why(total_series(*still, now).signal, english) for now in (70.0, 90.0, 99.0)]

    assert [each.partition(rule)[0] for each in said] == ["Below ", "Within ", "Above "]
    assert all(rule in each for each in said)


def test_what_is_unusual_and_good_says_so(english: Language) -> None:
    high = total_series(*STEADY, 14.0, kpi=definition(higher_is_better=True)).signal
    low = total_series(*UNUSUAL, kpi=definition(higher_is_better=True)).signal

    assert "That is good news." in _why(high, english)
    assert "good news" not in _why(low, english)


def test_few_weeks_make_a_hollow_mark_and_a_provisional_sentence(english: Language) -> None:
    signal = total_series(*UNUSUAL[-10:]).signal

    assert signal_mark(signal, english) == "◇ low"
    assert "Provisional: fewer than 13 weeks." in _why(signal, english)


def test_too_few_weeks_say_how_many_are_needed(english: Language) -> None:
    signal = total_series(11.0, 11.1, 11.2, 11.3).signal

    assert signal_mark(signal, english) == "? 3 of 8 weeks"
    assert _why(signal, english) == ("Not enough history to tell what is usual: 3 of 8 weeks.")


def test_a_swing_is_marked_only_where_there_are_no_limits(english: Language) -> None:
    without = total_series(11.0, 11.0, 9.0).signal
    within = total_series(*STEADY, 9.6).signal

    assert _plain(signal_mark(without, english)) == "± 18 %"
    assert "It fell by 18 % in a week." in _why(without, english)
    assert signal_mark(within, english) == ""
    assert "It fell by 16 % in a week." in _why(within, english)


def test_a_drift_is_told_against_what_was_usual_before(english: Language) -> None:
    signal = Signal(
        limits=total_series(*UNUSUAL).signal.limits,  # type: ignore[union-attr]
        points=FIRM_LIMIT_WEEKS,
        drift=Side.HIGH,
        before=11.4,
    )

    assert signal_mark(signal, english) == "~ drift"
    assert "The last 8 weeks all lie above what was usual before, 11.4 %." in _why(signal, english)
    assert "below what was usual" in _why(replace(signal, drift=Side.LOW), english)


def test_weeks_left_out_for_an_occasion_are_counted(english: Language) -> None:
    signal = total_series(*UNUSUAL, occasions=(occasion(3),)).signal

    assert "of 12 weeks" in _why(signal, english)
    assert "Weeks left out for an occasion: 1." in _why(signal, english)


@pytest.mark.parametrize(
    ("signal", "short", "sentence"),
    [
        (
            Signal(is_partial=True),
            "½ part of a week",
            "The reports do not cover the whole week, so it is not judged.",
        ),
        (
            Signal(is_small=True),
            "∅ too few",
            "Fewer than 30 sessions stand behind it: too few to judge.",
        ),
    ],
)
def test_what_is_not_judged_says_why_not(
    english: Language, signal: Signal, short: str, sentence: str
) -> None:
    assert signal_mark(signal, english) == short
    assert _why(signal, english) == sentence


def test_a_value_that_is_missing_has_no_mark(english: Language) -> None:
    assert signal_mark(make_scorecard({ALL: (*STEADY, None)}).series[0].signal, english) == ""
