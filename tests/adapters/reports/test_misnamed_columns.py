"""Columns that tell days, marketplaces or money under a name that is not known are told."""

import pytest

from facilitator.adapters.reports.headers import match_header
from facilitator.adapters.reports.report_types import packaged_report_types
from facilitator.adapters.reports.unknown_columns import misnamed_columns
from facilitator.domain.kpis.facts import Marketplace

BUSINESS = ["Date", "Ordered Product Sales", "Units Ordered", "Total Order Items", "Page Views"]
MORE = ["Sessions"]
ROW = ["2026-11-16", "$250.00", "10", "10", "600", "500"]


def told(header: list[str], *rows: list[str], marketplace: str = "US") -> list[str]:
    match = match_header(header, packaged_report_types())
    assert match is not None
    found = misnamed_columns("report.csv", header, rows, match, Marketplace(marketplace))
    return [f"{each.column}: {each.message}" for each in found]


def test_nothing_is_told_of_a_header_that_is_known():
    assert told(BUSINESS + MORE, ROW, ROW) == []


@pytest.mark.parametrize(("name", "shown"), [("Dat#e", "Dat#e"), ("", "1")])
def test_days_under_a_name_that_is_not_known_are_told(name: str, shown: str):
    (said,) = told([name, *BUSINESS[1:], *MORE], ROW, ["2026-11-17", *ROW[1:]])

    assert said.startswith(f"{shown}: This column holds days")


def test_other_marketplaces_under_a_name_that_is_not_known_are_told():
    header = [*BUSINESS, *MORE, "mqrketplace"]

    assert told(header, [*ROW, "US"], [*ROW, "Amazon.de"])[0].startswith(
        "mqrketplace: This column holds marketplaces"
    )
    assert told(header, [*ROW, "US"], [*ROW, "US"]) == []


def test_another_currency_under_a_name_that_is_not_known_is_told():
    header = [*BUSINESS, *MORE, "W?hrung"]

    assert told(header, [*ROW, "EUR"])[0].startswith("W?hrung: This column holds currencies")
    assert told(header, [*ROW, "USD"]) == []
    assert told(header, [*ROW, "EUR"], marketplace="DE") == []


def test_a_note_beside_the_figures_is_not_told():
    assert told([*BUSINESS, *MORE, "Note"], [*ROW, "stock-out"], [*ROW, ""]) == []
