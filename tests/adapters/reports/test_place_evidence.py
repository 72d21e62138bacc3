"""The marketplace of a file as a whole: what its sheet, folders and name say."""

from pathlib import Path

import pytest

from facilitator.adapters.marketplace_codes import marketplace_code, marketplace_codes
from facilitator.adapters.reports import read_folder
from facilitator.adapters.reports.marketplaces import (
    all_marketplaces,
    currency_from,
    day_order_of,
    find_marketplace,
    is_currency,
    normalize_name,
    zone_of,
)
from facilitator.adapters.reports.place_evidence import (
    can_be_paid_in,
    marketplace_in_name,
    marketplace_of_currency,
    marketplace_of_file,
    weaker_sign_diagnostic,
)
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace

US, UK, DE, FR = map(Marketplace, ("US", "UK", "DE", "FR"))
TEAM = (US, UK, DE)

SELLING_PARTNER_IDS = {
    "CA": "A2EUQ1WTGCTBG2",
    "US": "ATVPDKIKX0DER",
    "MX": "A1AM78C64UM0Y8",
    "BR": "A2Q3Y263D00KWC",
    "IE": "A28R8C7NBKEWEA",
    "ES": "A1RKKUPIHCS9HS",
    "UK": "A1F83G8C2ARO7P",
    "FR": "A13V1IB3VIYZZH",
    "BE": "AMEN7PMS3EDWL",
    "NL": "A1805IZSGTT6HS",
    "DE": "A1PA6795UKMFR9",
    "IT": "APJ6JRA9NG5V4",
    "SE": "A2NODRKZP88ZB9",
    "ZA": "AE08WJ6YKNBMC",
    "PL": "A1C3SOZRARQ6R3",
    "EG": "ARBP9OOSHTCHU",
    "TR": "A33AVAJ2PDY3EV",
    "SA": "A17E79C6D8DWNP",
    "AE": "A2VIGQ35RCS4UG",
    "IN": "A21TJRUUN4KGV",
    "SG": "A19VAU5U5O7RUS",
    "AU": "A39IBJ37TRP1C6",
    "JP": "A1VC38T7YXB528",
}


def test_every_marketplace_of_the_selling_partner_api_is_on_the_list() -> None:
    assert {code: place.id for code, place in all_marketplaces().items()} == SELLING_PARTNER_IDS
    assert marketplace_codes() == tuple(all_marketplaces())


def test_every_marketplace_has_money_and_a_clock() -> None:
    for code in all_marketplaces():
        assert is_currency(all_marketplaces()[code].currency)
        assert zone_of(code)
    assert [code for code in all_marketplaces() if day_order_of(code) is None] == ["CA", "JP"]


def test_no_name_is_that_of_two_marketplaces() -> None:
    names = [
        normalize_name(name)
        for place in all_marketplaces().values()
        for name in {*map(normalize_name, (*place.names, *place.cells, place.domain, place.id))}
    ]

    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("us", "US"),
        ("GB", "UK"),
        ("Amazon.co.za", "ZA"),
        ("www.amazon.de", "DE"),
        ("https://www.amazon.com.be/", "BE"),
        ("A1PA6795UKMFR9", "DE"),
        ("UAMAZON_FR", "FR"),
        ("Amazon US", "US"),
        ("美国站", "US"),
        ("US站点", "US"),
        ("南アフリカ", "ZA"),
        ("Südafrika", "ZA"),
        ("Großbritannien", "UK"),
        ("Saudi-Arabien", "SA"),
        ("المملكة العربية السعودية", "SA"),
        ("\u200fمصر\u200f", "EG"),
        ("Turkey", "TR"),
        ("TÜRKİYE", "TR"),
        ("Türkiye", "TR"),
        ("Niemcy", "DE"),
        ("Non-Amazon", None),
        ("Non-Amazon US", None),
        ("amazon.example", None),
        ("", None),
    ],
)
def test_a_cell_names_a_marketplace_in_many_ways(cell: str, place: str | None) -> None:
    assert find_marketplace(cell) == place


@pytest.mark.parametrize(
    ("sign", "place", "currency"),
    [
        ("CDN$", "CA", "CAD"),
        ("$", "CA", "CAD"),
        ("$", "US", "USD"),
        ("R", "ZA", "ZAR"),
        ("R$", "BR", "BRL"),
        ("ر.س", "SA", "SAR"),
        ("ج.م.", "EG", "EGP"),
        ("E£", "EG", "EGP"),
        ("£", "EG", "GBP"),
        ("AED", "AE", "AED"),
        ("Rs.", "IN", "INR"),
        ("", "ZA", "ZAR"),
        ("", "EG", "EGP"),
    ],
)
def test_a_money_sign_is_a_currency_of_its_marketplace(
    sign: str, place: str, currency: str
) -> None:
    assert currency_from(sign, Marketplace(place)) == currency


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("search_US", "US"),
        ("US 2026-11-22", "US"),
        ("2026-11-16_US_search-term", "US"),
        ("US_AMAZON_cerebro_B000000001_2026-11-21", "US"),
        ("search (DE)", "DE"),
        ("SEARCH TERM REPORT DE", "DE"),
        ("amazon.de sales", "DE"),
        ("www.amazon.com.au 2026", "AU"),
        ("sales amazon.com.brand", "US"),
        ("A1F83G8C2ARO7P-orders", "UK"),
        ("report uamazon_fr", "FR"),
        ("account A_美国站", "US"),
        ("账户A_美国站", "US"),
        ("账户A-DE站", "DE"),
        ("sales germany 2026", "DE"),
        ("united_states orders", "US"),
        ("Saudi-Arabien", "SA"),
        ("stock in US", "US"),
        ("UK vs UK", "UK"),
        ("GB and UK", "UK"),
    ],
)
def test_a_name_says_a_marketplace_in_capitals_or_by_a_known_pattern(name: str, place: str) -> None:
    assert marketplace_in_name(name) == place


@pytest.mark.parametrize(
    "name",
    [
        "search-term-2026-11-22-de-duplicated",
        "sales in november",
        "Sales In November",
        "REPORT IN NOVEMBER",
        "INFORME DE VENTAS",
        "what is it",
        "it report",
        "report es final",
        "to be checked",
        "de la semaine",
        "at no cost",
        "about us",
        "sales-us",
        "sales_de_2026",
        "search-uk-2026",
        "IT's done",
        "US vs UK",
        "DE_FR",
        "US-amazon.de",
        "USD sales",
        "BUS stop",
        "印度尼西亚",
        "中美国际",
        "turkey fryer",
        "Turkey fryer",
        "indie brand",
        "Sponsored Product Search Term R",
        "Sheet1",
        "",
    ],
)
def test_a_word_of_a_name_is_never_a_marketplace_and_two_are_none(name: str) -> None:
    assert marketplace_in_name(name) is None


@pytest.mark.parametrize("folder", ["us", "US", "Amazon.com", "美国", "United States", "US 2026"])
def test_a_folder_that_is_nothing_but_a_marketplace_is_one_in_any_case(folder: str) -> None:
    evidence = marketplace_of_file("", "search DE", [folder], TEAM)

    assert evidence.marketplace == US
    assert str(evidence.said_by) == f"the folder “{folder}”"
    assert [(place, str(said)) for place, said in evidence.weaker] == [(DE, "the file's name")]


@pytest.mark.parametrize("folder", ["in", "it", "be"])
def test_a_folder_for_incoming_files_is_no_marketplace_unless_the_team_has_it(folder: str) -> None:
    place = Marketplace(folder.upper())

    assert marketplace_of_file("", "search", [folder], TEAM).marketplace is None
    assert marketplace_of_file("", "search", [folder], (US, place)).marketplace == place
    assert marketplace_of_file("", "search", [folder.upper()], TEAM).marketplace == place


@pytest.mark.parametrize("sheet", ["DE", "de", "Amazon.de", "Sales DE", "德国"])
def test_the_sheet_counts_before_folder_and_name(sheet: str) -> None:
    evidence = marketplace_of_file(sheet, "search_UK", ["US"], TEAM)

    assert evidence.marketplace == DE
    assert str(evidence.said_by) == f"the sheet “{sheet}”"
    assert [place for place, _ in evidence.weaker] == [US, UK]


def test_a_file_name_counts_before_a_folder_that_is_a_sentence() -> None:
    evidence = marketplace_of_file("", "search_UK", ["reports of DE", "US"], TEAM)

    assert evidence.marketplace == US
    assert [place for place, _ in evidence.weaker] == [UK, DE]
    assert marketplace_of_file("", "search_UK", ["reports of DE"], TEAM).marketplace == UK
    assert marketplace_of_file("", "search", ["reports of DE"], TEAM).marketplace == DE


def test_the_nearest_folder_counts() -> None:
    assert marketplace_of_file("", "search", ["DE", "US"], TEAM).marketplace == DE


def test_a_name_that_is_nothing_but_a_marketplace_counts_in_any_case() -> None:
    assert marketplace_of_file("", "us", [], TEAM).marketplace == US
    assert marketplace_of_file("", "de 2026-11-22 (1)", [], TEAM).marketplace == DE


def test_the_only_marketplace_of_the_agenda_is_the_last_resort() -> None:
    evidence = marketplace_of_file("", "search", ["old"], (UK,))

    assert (evidence.marketplace, str(evidence.said_by)) == (UK, "the agenda")
    assert marketplace_of_file("", "search", [], TEAM).marketplace is None
    assert marketplace_of_file("", "search_DE", [], (UK,)).marketplace == DE


def test_a_code_in_small_letters_is_told_where_something_else_says_another_marketplace() -> None:
    told = marketplace_of_file("", "sales-uk", [], (US,))
    word = marketplace_of_file("", "sales-de", [], (US,))

    assert (told.marketplace, [place for place, _ in told.weaker]) == (US, [UK])
    assert (word.marketplace, word.weaker) == (US, ())


def test_a_name_with_a_word_agrees_with_its_folder_in_silence() -> None:
    stem = "search-term-2026-11-22-de-duplicated"

    evidence = marketplace_of_file("", stem, ["US"], TEAM)

    assert (evidence.marketplace, evidence.weaker) == (US, ())


def test_a_currency_says_a_marketplace_if_only_one_of_the_agenda_is_paid_in_it() -> None:
    assert marketplace_of_currency(("GBP",), TEAM) == UK
    assert marketplace_of_currency(("EUR",), (*TEAM, FR)) is None
    assert marketplace_of_currency(("CAD",), TEAM) is None
    assert marketplace_of_currency(("EUR",), (DE, DE)) == DE


@pytest.mark.parametrize(
    ("place", "currency", "possible"),
    [
        ("US", "USD", True),
        ("US", "CAD", False),
        ("US", "AED", False),
        ("CA", "GBP", False),
        ("DE", "EUR", True),
        ("FR", "EUR", True),
        ("UK", "EUR", True),
        ("UK", "USD", True),
        ("US", "EUR", False),
        ("AE", "SAR", False),
        ("DE", "GBP", False),
        ("DE", "CNY", True),
        ("US", "HKD", True),
        ("ALL", "GBP", True),
    ],
)
def test_money_of_another_marketplace_cannot_be_this_ones(
    place: str, currency: str, possible: bool
) -> None:
    assert can_be_paid_in(Marketplace(place), Currency(currency)) is possible
    assert can_be_paid_in(ALL, Currency(currency))


def test_a_sign_that_loses_is_told() -> None:
    evidence = marketplace_of_file("", "search_DE", ["US"], TEAM)
    assert evidence.marketplace is not None
    assert evidence.said_by is not None

    told = weaker_sign_diagnostic(
        "US/search_DE.csv", evidence.marketplace, evidence.said_by, *evidence.weaker[0]
    )

    assert not told.is_error
    assert str(told.message) == (
        "This file counts for US, as the folder “US” says, but the file's name says DE."
    )


@pytest.mark.parametrize(
    ("code", "place"), [("UK", "UK"), ("GB", "UK"), ("ZZ", None), ("us", None)]
)
def test_a_code_in_a_file_of_keys_is_written_in_capitals(code: str, place: str | None) -> None:
    assert marketplace_code(code) == place


SEARCH = (
    "Date,Currency,Campaign Name,Customer Search Term,Impressions,Clicks,Spend,7 Day Total Sales,"
    "7 Day Total Orders (#),7 Day Total Units (#)\n"
)


@pytest.mark.parametrize(
    ("name", "currency", "place"),
    [
        ("US/search-term-2026-11-22-de-duplicated.csv", "USD", "US"),
        ("US/sales in november.csv", "USD", "US"),
        ("US/what is it.csv", "USD", "US"),
        ("US/informe es.csv", "USD", "US"),
        ("US/to be checked.csv", "USD", "US"),
        ("us/at no cost.csv", "USD", "US"),
        ("Amazon.de/US vs UK.csv", "EUR", "DE"),
        ("2026-11/账户A_美国站.csv", "USD", "US"),
        ("A1F83G8C2ARO7P/search.csv", "GBP", "UK"),
        ("ZA/search.csv", "ZAR", "ZA"),
        ("EG/search.csv", "EGP", "EG"),
        ("Amazon.co.za search.csv", "ZAR", "ZA"),
    ],
)
def test_a_report_counts_where_folder_and_name_say(
    tmp_path: Path, name: str, currency: str, place: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(SEARCH + f"2026-11-16,{currency},A,press,100,10,5.00,20.00,2,2\n", "utf-8")

    data = read_folder(tmp_path, tuple(map(Marketplace, ("US", "UK", "DE", "ZA", "EG"))))

    assert data.problems == ()
    assert {(fact.marketplace, fact.currency) for fact in data.facts if fact.currency} == {
        (place, currency)
    }


def test_a_report_that_nothing_places_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "sales-us.csv").write_text(SEARCH + "2026-11-16,,A,x,1,1,5.00,20.00,2,2\n", "utf-8")

    data = read_folder(tmp_path, TEAM)

    assert data.facts == ()
    assert "its name in capitals, such as sales_US.csv" in data.problems[0].translate()
