"""What the TOML files of report types say beside their headers: rules that hold for every kind."""

import pytest

from facilitator.adapters.reports.report_types import ReportType, packaged_report_types

KINDS = [pytest.param(kind, id=kind.id) for kind in packaged_report_types().kinds]


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_identified_by_columns_that_the_kind_has(kind: ReportType) -> None:
    assert set(kind.same_row) <= set(kind.columns)
    assert set(kind.renamed) <= set(kind.columns)
    assert kind.later_wins in {"", *kind.columns}


@pytest.mark.parametrize("kind", KINDS)
def test_what_changes_while_a_row_stays_the_same_does_not_identify_it(kind: ReportType) -> None:
    changing = {*kind.states, kind.later_wins}

    assert changing.isdisjoint(kind.same_row)
    assert kind.later_wins in {"", *kind.states}


def test_an_order_is_the_same_whatever_its_status_and_the_later_one_wins() -> None:
    kind = packaged_report_types().kind("all-orders")

    assert kind is not None
    assert kind.same_row == ("order_id", "item_code", "sku")
    assert kind.later_wins == "last_updated"
    assert {"order_status", "last_updated"} <= set(kind.states)


def test_names_that_people_change_are_known_for_every_ads_report() -> None:
    ads = [kind for kind in packaged_report_types().kinds if "ad_spend" in kind.measures]
    by_campaign = [kind for kind in ads if "campaign" in kind.columns]

    assert by_campaign
    for kind in by_campaign:
        assert set(kind.renamed) == {"campaign", "ad_group", "portfolio"}
