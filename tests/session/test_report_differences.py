"""Contradictions between reports are reported before the meeting."""

from datetime import date

from msgspec.structs import replace

from facilitator.domain.kpis.facts import Currency, Disagreement, Marketplace, Measure, SourceTotal
from facilitator.session.readiness import Readiness, readiness_checks
from tests.factories import ON, agenda, carried, scorecard

SPEND = Disagreement(
    measure=Measure("ad_spend"),
    marketplace=Marketplace("US"),
    currency=Currency("USD"),
    first_day=date(2026, 11, 16),
    last_day=date(2026, 11, 22),
    believed=SourceTotal(kind="campaign", files=("US/a.csv", "US/b.csv"), amount=1234.5),
    other=SourceTotal(kind="placement", files=("US/c.csv",), amount=987.0),
)


def warning_texts(disagreement: Disagreement) -> list[str]:
    card = replace(scorecard(), disagreements=(disagreement,))
    lines = readiness_checks(agenda(), (), card, carried(), ON)
    found = [line for line in lines if str(line.title) == "Reports disagree"]
    assert all(line.readiness is Readiness.WARNING for line in found)
    return [line.translate() for line in found]


def test_a_contradiction_is_a_warning_with_both_amounts_and_definitions() -> None:
    assert warning_texts(SPEND) == [
        "ad spend in US, 2026-11-16 – 2026-11-22: US/a.csv and 1 more says 1,234.50 USD, US/c.csv "
        "says 987.00 USD. The Campaign Report counts everything that the campaigns spent and "
        "sold. The Placement Report counts every campaign by the placement of its ads. The first "
        "one is used."
    ]


def test_an_expected_difference_is_no_warning() -> None:
    assert warning_texts(replace(SPEND, is_expected=True)) == []
