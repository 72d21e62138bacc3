"""Ad products: reports of different ad products add up, whatever their kinds."""

from datetime import date
from pathlib import Path

import pytest

from facilitator.adapters.reports import read_breakdown, read_folder
from facilitator.adapters.reports.ad_products import find_product, product_in_name
from facilitator.domain.kpis.disagreement import describe_disagreement
from facilitator.domain.kpis.facts import Marketplace, Measure, PreparedData
from facilitator.domain.kpis.kpi import Week

CAMPAIGN = "Date,Campaign Name,Currency,Clicks,Spend,{days} Day Total Sales"
SEARCH = "Date,Customer Search Term,Campaign Name,Currency,Clicks,Spend,{days} Day Total Sales"
CONSOLE = "Date,Ad product,Campaign name,Budget currency,Clicks,Total cost,Sales"
CONSOLE_SEARCH = "Date,Ad product,Search term,Campaign name,Budget currency,Clicks,Total cost,Sales"
BRANDS_TOO = ",14 Day New-to-brand Orders (#)"


def campaign(spend: float, *, days: int = 14) -> str:
    """A campaign report of the legacy console, without a column for the ad product."""
    return f"{CAMPAIGN.format(days=days)}\n2026-11-16,C{days},USD,1,{spend},9\n"


def search(spend: float, *, days: int = 7) -> str:
    """A search term report of the legacy console."""
    return f"{SEARCH.format(days=days)}\n2026-11-16,shoe,C{days},USD,1,{spend},9\n"


def console(**spends: float) -> str:
    """A campaign report of the unified console: SB=… is what Sponsored Brands cost."""
    rows = (f"2026-11-16,{key},C-{key},USD,1,{spend},9\n" for key, spend in spends.items())
    return "\n".join([CONSOLE, "".join(rows)])


def console_search(**spends: float) -> str:
    rows = (f"2026-11-16,{key},shoe,C-{key},USD,1,{spend},9\n" for key, spend in spends.items())
    return "\n".join([CONSOLE_SEARCH, "".join(rows)])


def folder(tmp_path: Path, **files: str) -> PreparedData:
    for name, text in files.items():
        (tmp_path / f"{name}_US.csv").write_text(text, encoding="utf-8")
    return read_folder(tmp_path)


def spend(data: PreparedData) -> float:
    return round(sum(fact.amount for fact in data.facts if fact.measure == "ad_spend"), 6)


@pytest.mark.parametrize(
    ("cell", "product"),
    [
        ("Sponsored Products", "Sponsored Products"),
        ("SPONSORED_BRANDS", "Sponsored Brands"),
        ("sponsoredDisplay", "Sponsored Display"),
        ("SBV", "Sponsored Brands"),
        ("商品推广", "Sponsored Products"),
        ("展示型推广", "Sponsored Display"),
        ("Manual", ""),
        ("", ""),
    ],
)
def test_an_ad_product_is_recognised_by_any_of_its_names(cell: str, product: str) -> None:
    assert find_product(cell) == product


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("Sponsored Product Search Term R", "Sponsored Products"),
        ("sponsored_brands_campaign_US", "Sponsored Brands"),
        ("US SD 2026-11", "Sponsored Display"),
        ("品牌推广 搜索词 报告", "Sponsored Brands"),
        ("SP_SB_campaigns", ""),
        ("display_US", ""),
        ("spend_US", ""),
    ],
)
def test_a_file_name_gives_the_ad_product_if_it_names_exactly_one(name: str, product: str) -> None:
    assert product_in_name(name) == product


def test_a_campaign_report_of_brands_does_not_replace_search_terms_of_products(
    tmp_path: Path,
) -> None:
    data = folder(tmp_path, campaign=console(SB=10), search=search(60))

    assert (spend(data), data.problems, data.disagreements) == (70, (), ())


def test_all_three_products_from_three_kinds_of_reports_add_up(tmp_path: Path) -> None:
    data = folder(
        tmp_path, brands=console(SB=10), display=console(SD=5), search=console_search(SP=60)
    )

    assert (spend(data), data.problems, data.disagreements) == (75, (), ())


def test_the_more_complete_kind_takes_precedence_within_one_ad_product_only(
    tmp_path: Path,
) -> None:
    data = folder(tmp_path, campaign=console(SP=65, SD=5), search=console_search(SP=60, SB=10))

    assert spend(data) == 65 + 5 + 10


def test_the_ad_product_of_a_legacy_report_comes_from_its_name(tmp_path: Path) -> None:
    data = folder(tmp_path, SB_campaign=campaign(10), SD_campaign=campaign(5), search=search(60))

    assert (spend(data), data.problems, data.disagreements) == (75, (), ())


def test_a_legacy_report_with_new_to_brand_columns_is_not_about_products(tmp_path: Path) -> None:
    head, row, _ = campaign(10).split("\n")

    data = folder(tmp_path, campaign=f"{head}{BRANDS_TOO}\n{row},1\n", search=search(60))

    assert (spend(data), data.problems, data.disagreements) == (70, (), ())


def test_sales_of_seven_days_after_a_click_are_those_of_products(tmp_path: Path) -> None:
    data = folder(tmp_path, campaign=campaign(65, days=7), search=console_search(SP=60, SB=10))

    assert spend(data) == 65 + 10


def test_a_report_without_a_known_ad_product_counts_for_all_with_a_hint(
    tmp_path: Path,
) -> None:
    data = folder(tmp_path, campaign=campaign(80), search=console_search(SP=60, SB=10))

    assert spend(data) == 80
    (problem,) = data.problems
    assert problem.hint is not None
    assert "SB_campaign_US.csv" in problem.hint.translate()


def test_a_report_without_a_known_ad_product_yields_to_a_more_complete_one(
    tmp_path: Path,
) -> None:
    data = folder(tmp_path, campaign=console(SP=65, SB=10), search=search(60, days=14))

    assert spend(data) == 75
    (problem,) = data.problems
    assert problem.hint is not None
    assert "SB_search_US.csv" in problem.hint.translate()


def test_a_report_without_a_known_ad_product_counts_beside_brands_with_a_warning(
    tmp_path: Path,
) -> None:
    data = folder(tmp_path, campaign=console(SB=10), search=search(60, days=14))

    assert spend(data) == 70
    (problem,) = data.problems
    assert (problem.is_error, problem.file) == (False, "search_US.csv")
    assert (
        "campaign_US.csv covers some of these days for Sponsored Brands only" in problem.translate()
    )
    assert data.disagreements == ()


def test_a_disagreement_names_its_ad_product(tmp_path: Path) -> None:
    data = folder(tmp_path, campaign=console(SP=100, SB=10), search=console_search(SP=60, SB=10))

    (found,) = (each for each in data.disagreements if each.measure == "ad_spend")
    assert (found.believed.amount, found.other.amount) == (100, 60)
    assert (
        describe_disagreement(found)
        .translate()
        .startswith("ad spend of Sponsored Products in US, ")
    )


def test_the_same_campaign_name_in_two_products_is_not_the_same_row(tmp_path: Path) -> None:
    data = folder(tmp_path, SB_campaign=campaign(10), SD_campaign=campaign(5))

    assert (spend(data), data.problems) == (15, ())


def test_the_same_row_is_recognised_in_another_language(tmp_path: Path) -> None:
    data = folder(tmp_path, a=console(SB=10), b=console(品牌推广=11).replace("C-品牌推广", "C-SB"))

    assert spend(data) == 11


def test_movers_are_read_for_every_ad_product(tmp_path: Path) -> None:
    folder(tmp_path, campaign=console(SB=10), search=console_search(SP=60))

    found = read_breakdown(
        tmp_path, [Marketplace("US")], [Measure("ad_spend")], [Week(end=date(2026, 11, 22))]
    )

    campaigns = {each.name: each.amount for each in found.contributions if "C-" in each.name}
    assert campaigns == {"C-SB": 10, "C-SP": 60}
