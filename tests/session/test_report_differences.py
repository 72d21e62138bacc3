"""Contradictions between reports are reported before the meeting."""

from datetime import date

from msgspec.structs import replace

from facilitator.domain.errors import Diagnostic, Severity, message
from facilitator.domain.kpis.facts import Currency, Disagreement, Marketplace, Measure, SourceTotal
from facilitator.domain.kpis.kpi import Rates
from facilitator.session.readiness import readiness_checks
from facilitator.session.readiness_check import Readiness
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


def test_the_largest_difference_of_money_comes_first() -> None:
    units = replace(SPEND, measure=Measure("units_ordered"), currency=None)
    pounds = replace(
        SPEND,
        currency=Currency("GBP"),
        believed=replace(SPEND.believed, amount=300.0),
        other=replace(SPEND.other, amount=100.0),
    )
    rates = Rates(base=Currency("USD"), per_unit=((Currency("GBP"), 1.3),))
    card = replace(scorecard(), disagreements=(units, SPEND, pounds), rates=rates)

    assert card.dearest_disagreements == (pounds, SPEND, units)


def test_problems_come_with_errors_first_then_by_money() -> None:
    def problem(amount: float, currency: str, severity: Severity = Severity.WARNING) -> Diagnostic:
        return Diagnostic(
            file="US/a.csv",
            row=7,
            rows=5,
            message=message("A fault."),
            severity=severity,
            amount=amount,
            currency=currency,
        )

    rates = Rates(base=Currency("USD"), per_unit=((Currency("JPY"), 0.01),))
    yen, dollars = problem(900, "JPY"), problem(100, "USD")
    error, larger = problem(0, "", Severity.ERROR), problem(5, "USD", Severity.ERROR)
    card = replace(scorecard(), problems=(yen, error, dollars, larger), rates=rates)

    lines = readiness_checks(agenda(), (), card, carried(), ON)
    told = [line.diagnostic for line in lines if str(line.title) == "Reports"]
    assert told == [larger, error, dollars, yen]
    assert dollars.translate() == "US/a.csv: row 7 and 4 more: A fault. Not counted: 100.00 USD."


def test_an_expected_difference_is_no_warning() -> None:
    assert warning_texts(replace(SPEND, is_expected=True)) == []
