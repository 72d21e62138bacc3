"""Whether the reports that a meeting wants are there, for each of its marketplaces."""

from datetime import date

import pytest
from msgspec.structs import replace

from facilitator.domain.agenda import DataPlan, ReportSlot
from facilitator.domain.kpis.facts import (
    Currency,
    LeftOut,
    LeftOutReason,
    Marketplace,
    Measure,
    Source,
)
from facilitator.session.readiness import readiness_checks
from facilitator.session.readiness_check import Readiness
from tests.factories import ON, agenda, carried, scorecard

US, DE = Marketplace("US"), Marketplace("DE")


def source(place: Marketplace, last: date, kind: str = "search-term", rows: int = 9) -> Source:
    return Source(
        file=f"{place}/a.csv",
        kind=kind,
        first_day=date(2026, 10, 1),
        last_day=last,
        rows_read=rows,
        rows_kept=rows,
        marketplaces=(place,),
    )


def slot_status(slot: ReportSlot, *sources: Source) -> tuple[Readiness, str]:
    plan = DataPlan(reports=(slot,), marketplaces=(US, DE))
    card = replace(scorecard(), sources=sources)
    lines = readiness_checks(replace(agenda(), data=plan), (), card, carried(), ON)
    (line,) = [
        each for each in lines if each.title.text in ("Search Term Report", "Customer Returns")
    ]
    return line.readiness, line.translate()


def test_a_fresh_marketplace_does_not_hide_one_that_ends_early() -> None:
    end = scorecard().week.end
    slot = ReportSlot(kind="search-term", is_required=True)

    readiness, said = slot_status(slot, source(US, end), source(DE, date(2026, 10, 2)))

    assert readiness is Readiness.WARNING
    assert said == (
        f"the data for DE ends on 2026-10-02, but the week ends on {end}, so the week is incomplete"
    )
    assert slot_status(slot, source(US, end), source(DE, end))[0] is Readiness.READY


def test_the_newest_file_of_a_marketplace_counts() -> None:
    end = scorecard().week.end
    slot = ReportSlot(kind="search-term", is_required=True)

    assert slot_status(slot, source(US, date(2026, 10, 2)), source(US, end))[0] is Readiness.READY


def test_an_empty_report_counts_as_available() -> None:
    slot = ReportSlot(kind="returns", is_required=True)
    nothing = source(US, scorecard().week.end, kind="returns", rows=0)

    assert slot_status(slot, nothing)[0] is Readiness.READY
    assert slot_status(slot, replace(nothing, marketplaces=()))[0] is Readiness.MISSING


def left_out(reason: LeftOutReason, amount: float = 0.0, measure: str = "ad_spend") -> LeftOut:
    money = Currency("USD") if amount else None
    return LeftOut(measure=Measure(measure), currency=money, amount=amount, rows=3, reason=reason)


@pytest.mark.parametrize("reason", ["refused", "unplaced"])
def test_a_report_is_not_ready_while_money_of_it_is_not_counted(reason: LeftOutReason) -> None:
    slot = ReportSlot(kind="search-term")
    ads = source(US, scorecard().week.end)
    lost = (left_out(reason, 12.0), left_out(reason, 80.5, "ad_sales"))

    assert slot_status(slot, replace(ads, left_out=lost)) == (
        Readiness.WARNING,
        "not all of it was counted; rows left out: 3, with 80.50 USD",
    )


def test_rows_that_are_no_loss_leave_a_report_ready() -> None:
    slot = ReportSlot(kind="search-term")
    ads = source(US, scorecard().week.end)
    reasons: tuple[LeftOutReason, ...] = ("duplicate", "total_row", "hidden_sheet")

    told = replace(ads, left_out=tuple(left_out(each, 9.0) for each in reasons))

    assert slot_status(slot, told)[0] is Readiness.READY
