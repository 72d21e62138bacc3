"""What is refused or left out, and how it is said."""

import gzip
import json
import re
import zipfile
from io import BytesIO

import pytest

from tests.cases.exports import SEARCH_TERM, SUMMARY, ads, business, lines, workbook
from tests.cases.workbench import DAYS, Workbench, left_out, ready_lines, total, wants

NAMED = {
    "bulk sheet": (
        "Product,Entity,Operation,Campaign ID,Ad Group ID,Campaign Name,Start Date,State,"
        "Daily Budget,Impressions,Clicks,Spend,Sales,Orders",
        "Sponsored Products,Campaign,,1,,C,20261116,enabled,50,1000,50,25,100,4",
    ),
    "search terms of a bulk sheet": (
        "Product,Campaign ID,Ad Group ID,Keyword ID,Campaign Name (Informational only),"
        "Ad Group Name (Informational only),State,Bid,Keyword Text,Match Type,"
        "Customer Search Term,Impressions,Clicks,Spend,Sales,Orders,Units",
        "Sponsored Products,1,2,3,C,G,enabled,1,press,exact,garlic press,1000,50,25,100,4,4",
    ),
    "purchased products": (
        "Date,Campaign Name,Ad Group Name,Advertised SKU,Advertised ASIN,Targeting,Match Type,"
        "Purchased ASIN,7 Day Other SKU Units (#),7 Day Other SKU Orders (#),"
        "7 Day Other SKU Sales ",
        "2026-11-16,C,G,S,B0CHILD0001,press,EXACT,B0CHILD0002,1,1,20.00",
    ),
    "top search terms": (
        "Search Frequency Rank,Search Term,Top Clicked Brand #1,Top Clicked Product #1: ASIN,"
        "Top Clicked Product #1: Click Share,Reporting Date",
        "1,garlic press,Acme,B0CHILD0001,10.5,2026-11-21",
    ),
    "date range transactions": (
        "date/time,settlement id,type,order id,sku,description,quantity,marketplace,"
        "account type,fulfillment,product sales,selling fees,fba fees,other,total",
        '"Nov 16, 2026 10:00:00 AM PST",1,Order,111-1,A,Press,1,amazon.com,Standard Orders,'
        "Amazon,20.00,-3.00,-4.00,0,13.00",
    ),
    "ledger": (
        "Date,FNSKU,ASIN,MSKU,Title,Disposition,Starting Warehouse Balance,"
        "In Transit Between Warehouses,Receipts,Customer Shipments,Customer Returns,"
        "Vendor Returns,Warehouse Transfer In/Out,Found,Lost,Damaged,Disposed,Other Events,"
        "Ending Warehouse Balance,Unknown Events,Location",
        "11/16/2026,X1,B0CHILD0001,A,Press,SELLABLE,100,0,0,-5,1,0,0,0,0,0,0,0,96,0,US",
    ),
    "removals": (
        "request-date,order-id,order-source,order-type,order-status,last-updated-date,sku,fnsku,"
        "disposition,requested-quantity,cancelled-quantity,disposed-quantity,shipped-quantity,"
        "in-process-quantity,removal-fee,currency",
        "2026-11-16T10:00:00-08:00,1,Seller,Disposal,Completed,2026-11-18,A,X1,Unsellable,"
        "4,0,4,0,0,2.00,USD",
    ),
    "restock": (
        "Country,Product Name,FNSKU,Merchant SKU,ASIN,Condition,Supplier,Supplier part no.,"
        "Currency code,Price,Sales last 30 days,Units Sold Last 30 Days,Total Units,Inbound,"
        "Available,FC transfer,FC Processing,Customer Order,Unfulfillable,Fulfilled by,"
        "Days of Supply,Alert,Recommended replenishment qty,Recommended ship date",
        "US,Press,X1,A,B0CHILD0001,New,,,USD,20,400,20,100,0,90,0,0,0,0,Amazon,45,,0,",
    ),
    "black box": (
        "Product Details,ASIN,URL,Image URL,Brand,Origin,Price $,Parent Level Sales,ASIN Sales,"
        "Parent Level Revenue,ASIN Revenue,BSR,Reviews Rating,Review Count,Category",
        "Press,B0CHILD0001,u,u,Acme,US,20.00,300,300,6000,6000,1200,4.5,320,Kitchen",
    ),
    "campaign manager": (
        "State,Campaigns,Status,Type,Targeting,Start date,End date,Impressions,Clicks,Spend(USD),"
        "Orders,Sales(USD)",
        "ENABLED,Always,ON,SP,MANUAL,11/13/25,,684283,4671,2531.69,67,4128.47",
    ),
    "campaign manager with other columns": (
        "State,Campaigns,Country,Status,Type,Targeting,Retailer,Portfolio,Campaign bidding "
        "strategy,Start date,End date,Avg. time in Budget,Budget(USD),Cost type,Impressions,"
        "Clicks,CTR,Spend(USD),CPC(USD),Orders,Sales(USD),ACOS,ROAS",
        "ENABLED,Always,United States,ON,SP,MANUAL,Amazon,P,Fixed,11/13/26,,1,50,CPC,1000,50,"
        "0.05,25.00,0.5,4,100.00,0.25,4",
    ),
}


@pytest.mark.parametrize("kind", NAMED)
def test_other_downloads_are_named_with_the_report_to_download(bench: Workbench, kind: str) -> None:
    bench.make({"US/export.csv": lines(*NAMED[kind])})

    answer = bench.kpi()
    code, (fields,) = bench.inspect("US/export.csv")

    said = answer.said("US/export.csv")
    word = {
        "date range transactions": "transaction",
        "removals": "removal",
        "search terms of a bulk sheet": "bulk",
    }.get(kind)
    word = word or kind.split()[0]
    assert word in said.casefold()
    assert "report" in said.casefold()
    assert [each for each in answer.fields["kpis"] if each["value"] is not None] == []
    assert code == 1
    assert fields["kind"] not in {"search-term", "campaign", "inventory-health", "all-orders"}


def zipped(**files: str) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_csv", ".csv"), text)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("US/st.csv.gz", gzip.compress(ads().encode(), mtime=0)),
        ("US/st.zip", zipped(st_csv=ads())),
        ("US/st.CSV", ads().encode()),
        ("US/st.tsv", ads().replace(",", "\t").encode()),
    ],
    ids=["gzip", "zip", "capitals", "tabs"],  # a zip holds the time, and so would its name
)
def test_simple_containers_are_read(bench: Workbench, name: str, content: bytes) -> None:
    answer = bench.make({name: content}).kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.code == 0


def test_a_zip_with_two_files_is_named(bench: Workbench) -> None:
    bench.make({"US/st.zip": zipped(a_csv=ads(), b_csv=ads(campaign="B"))})

    answer = bench.kpi()

    assert answer.value("acos", "US") is None
    assert answer.errors("US/st.zip")


@pytest.mark.parametrize(
    "name",
    ["US/st.ods", "US/st.xlsb", "US/st.xls", "US/report.pdf", "US/page.html", "US/st.numbers",
     "US/st.rar", "US/st.7z", "US/letter.docx", "US/st.csv.crdownload", "US/noextension"],
)  # fmt: skip
def test_nothing_in_the_data_folder_is_passed_over_in_silence(bench: Workbench, name: str) -> None:
    bench.make({name: b"%PDF-1.7 this is no report\n", "US/st.csv": ads()})

    answer = bench.kpi()

    assert name in answer.files
    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert name in bench.check().out


@pytest.mark.parametrize("name", [".hidden", "~$st.xlsx", ".DS_Store"])
def test_files_of_the_system_are_nothing_to_tell(bench: Workbench, name: str) -> None:
    answer = bench.make({f"US/{name}": b"x", "US/st.csv": ads()}).kpi()

    assert answer.files == []


def test_a_report_of_the_api_is_read(bench: Workbench) -> None:
    records = [
        {
            "date": day.isoformat(), "campaignName": "C", "adGroupName": "G", "searchTerm": "press",
            "impressions": 1000, "clicks": 50, "cost": 25.0, "sales7d": 100.0, "purchases7d": 4,
            "campaignBudgetCurrencyCode": "USD",
        }
        for day in DAYS
    ]  # fmt: skip
    answer = bench.make({"US/st.json": json.dumps(records)}).kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0) or answer.errors("US/st.json")


def test_sales_and_traffic_of_the_api_is_read_or_named(bench: Workbench) -> None:
    report = {
        "reportSpecification": {"reportType": "GET_SALES_AND_TRAFFIC_REPORT"},
        "salesAndTrafficByDate": [
            {
                "date": day.isoformat(),
                "salesByDate": {
                    "orderedProductSales": {"amount": 100.0, "currencyCode": "USD"},
                    "unitsOrdered": 10, "totalOrderItems": 9,
                },
                "trafficByDate": {"sessions": 100, "pageViews": 200, "buyBoxPercentage": 95.0},
            }
            for day in DAYS
        ],
    }  # fmt: skip
    answer = bench.make({"US/sales.json": json.dumps(report)}).kpi()

    assert answer.sums("cvr", "US") == (70.0, 700.0) or answer.errors("US/sales.json")


def test_own_values_may_be_a_list_of_records(bench: Workbench) -> None:
    records = [{"week_ending": "2026-11-22", "marketplace": "US", "kpi": "ipi", "value": 512},
               {"week_ending": "2026-11-22", "marketplace": "US",
                "kpi": "bsr_top10_share", "value": 61.5}]  # fmt: skip
    answer = bench.make({"values.json": json.dumps(records)}).kpi()

    assert answer.value("bsr_top10_share", "US") == 61.5


def test_own_values_may_be_yaml(bench: Workbench) -> None:
    text = "- week_ending: 2026-11-22\n  marketplace: US\n  kpi: bsr_top10_share\n  value: 61.5\n"
    answer = bench.make({"values.yaml": text}).kpi()

    assert answer.value("bsr_top10_share", "US") == 61.5 or answer.errors("values.yaml")


SHIFTED = {
    # Clicks, spend, sales and orders of a file whose thousands have no quotes.
    "with its own ratios": lines(
        SEARCH_TERM,
        "2026-11-16,P,USD,C,G,kw,EXACT,t,4,900,350,7.1%,0.5,175.00,700.00,25%,4,28,28",
    ),
    "with empty last cells": lines(
        SUMMARY + ",7 Day Total Units (#),Note",
        "2026-11-16,2026-11-16,USD,C,G,t,BROAD,a,10,4,900,350,175.00,700.00,",
        "2026-11-17,2026-11-17,USD,C,G,t,BROAD,a,1000,50,25.00,100.00,4,4,",
    ),
}


@pytest.mark.parametrize("kind", SHIFTED)
def test_thousands_without_quotes_never_make_other_figures(bench: Workbench, kind: str) -> None:
    bench.make({"US/st.csv": SHIFTED[kind]}, data=wants("search-term"))

    answer = bench.kpi()

    spend, _sales = answer.sums("acos", "US")
    assert spend in (None, 0.0, 25.0)
    assert answer.errors("US/st.csv")
    assert "row 2" in answer.said("US/st.csv") or "line 2" in answer.said("US/st.csv")
    assert ready_lines(bench.check()) == []


def test_a_business_report_of_shifted_thousands_is_refused_by_the_row(bench: Workbench) -> None:
    text = business() + '11/23/2026,"$4,900.00",350,300,1,200,700,95%\n'
    answer = bench.make({"US/business.csv": text}).kpi()

    assert answer.sums("cvr", "US") == (70.0, 700.0)
    assert "US/business.csv" in answer.files


def test_more_orders_than_clicks_is_never_read_from_a_shift(bench: Workbench) -> None:
    good = "2026-11-17,2026-11-17,USD,C,G,t,BROAD,a,1000,50,25.00,100.00,4"
    bad = (
        "2026-11-18,2026-11-18,USD,C,G,t,BROAD,a,1,000,350,175.00,700.00"  # and an empty last cell
    )
    bench.make({"US/st.csv": lines(SUMMARY, good, bad)})

    answer = bench.kpi()

    assert answer.sums("acos", "US") == (25.0, 100.0)
    assert answer.errors("US/st.csv")


SHIFTED_SALES = {
    "sales": "2026-11-22,$1,100.00,10,9,200,100,95%",
    "units": "2026-11-22,$100.00,1,100,9,200,100,95%",
    "order items": "2026-11-22,$100.00,10,1,100,200,100,95%",
    "page views": "2026-11-22,$100.00,10,9,2,200,100,95%",
    "sessions": "2026-11-22,$100.00,10,9,20000,1,100,95%",
}


@pytest.mark.parametrize("column", SHIFTED_SALES)
def test_thousands_without_quotes_in_any_column_refuse_the_row(
    bench: Workbench, column: str
) -> None:
    good = business(DAYS[:6]).replace(",10%\n", ",\n")
    bench.make({"US/business.csv": good + SHIFTED_SALES[column] + "\n"})

    fields = bench.inspected("US/business.csv")

    assert total(fields, "units_ordered") == 60
    assert total(fields, "sessions") == 600
    assert "row 8" in bench.kpi().said("US/business.csv")


SHIFTED_PLAIN = {
    "impressions": "2026-11-22,USD,C,4,900,350,25,100,4",
    "clicks": "2026-11-22,USD,C,90000,1,350,25,100,4",
    "spend": "2026-11-22,USD,C,1000,50,1,225.00,100,4",
    "sales": "2026-11-22,USD,C,1000,50,25,1,100,4",
    "orders": "2026-11-22,USD,C,1000,50,25,100,1,204",
}


@pytest.mark.parametrize("column", SHIFTED_PLAIN)
def test_thousands_without_quotes_before_a_blank_last_column_refuse_the_row(
    bench: Workbench, column: str
) -> None:
    head = "Date,Currency,Campaign Name,Impressions,Clicks,Spend,Sales,Purchases,Note"
    good = [f"{day},USD,C,1000,50,25,100,4," for day in DAYS[:6]]
    bench.make({"US/campaigns.csv": lines(head, *good, SHIFTED_PLAIN[column])})

    assert bench.kpi().sums("acos", "US") == (150.0, 600.0)
    assert "row 8" in bench.kpi().said("US/campaigns.csv")


@pytest.mark.parametrize("note", ["", "promo", "5%", "2026-11-18", "$3.00", "promo 4"])
def test_a_note_in_one_row_alone_stays_valid(bench: Workbench, note: str) -> None:
    head = "Date,Currency,Campaign Name,Impressions,Clicks,Spend,Sales,Purchases,Note"
    good = [f"{day},USD,C,1000,50,25,100,4," for day in DAYS]
    bench.make({"US/campaigns.csv": lines(head, *good[:6], good[6] + note)})

    assert bench.kpi().sums("acos", "US") == (175.0, 700.0)


def test_whole_thousands_of_sales_without_quotes_refuse_the_row(bench: Workbench) -> None:
    head = SUMMARY + ",7 Day Total Units (#)"
    good = "2026-11-17,2026-11-17,USD,C,G,t,BROAD,a,1000,50,25,100,4,4"
    bad = "2026-11-18,2026-11-18,USD,C,G,t,BROAD,a,1000,50,25,1,100,4"
    bench.make({"US/st.csv": lines(head, good, bad)})

    assert bench.kpi().sums("acos", "US") == (25.0, 100.0)
    assert "row 3" in bench.kpi().said("US/st.csv")


def test_a_sound_row_stays_valid_beside_one_whose_percents_have_moved(bench: Workbench) -> None:
    good = ads(head=SEARCH_TERM).replace(",50,,,", ",50,5.00%,0.50,")
    bad = "2026-11-18,P,USD,C,G,kw,EXACT,t,4,900,350,7.14%,0.50,175.00,700.00,,,28,28\n"
    bench.make({"US/st.csv": good + bad})

    assert bench.kpi().sums("acos", "US") == (175.0, 700.0)
    assert "row 9" in bench.kpi().said("US/st.csv")


def test_shares_a_little_above_100_percent_stay_valid(bench: Workbench) -> None:
    bench.make({"US/business.csv": business().replace("95%", "108.00%", 1)})

    assert bench.kpi().sums("cvr", "US") == (70.0, 700.0)
    assert bench.kpi().files == []


@pytest.mark.parametrize(
    "row",
    [
        "2026-11-18,P,USD,C,G,kw,EXACT,t,0,0,,,0.00,80.00,,,2,2,",
        "2026-11-18,P,USD,C,G,kw,EXACT,t,0,1,,0.50,0.50,80.00,,,2,2,",
        "2026-11-18,P,USD,C,G,kw,EXACT,t,1000,50,5.00%,$0.50,25.00,100.00,25.00%,4.00,4,4,8.00%",
        "2026-11-18,P,USD,C,G,kw,EXACT,t,1000,50,0.05,0.5,25.00,100.00,0.25,4,4,4,0.08",
        "2026-11-18,P,USD,C,G,kw,EXACT,t,3,1,33.33%,$0.70,0.70,80.00,0.87%,114.29,6,6,600.00%",
        "2026-11-18,P,USD,C,G,kw,EXACT,t,1000,50,,,25.00,100.00,,,,,",
    ],
)
def test_sound_rows_with_odd_figures_stay_valid(bench: Workbench, row: str) -> None:
    bench.make({"US/st.csv": lines(SEARCH_TERM, row)})

    fields = bench.inspected("US/st.csv")

    assert (fields["rows_read"], fields["rows_kept"], fields["rows_refused"]) == (1, 1, 0)


HEADERS = {
    "es": "Fecha,Nombre de la campaña,Nombre del grupo de anuncios,Término de búsqueda del cliente,"
    "Divisa,Impresiones,Clics,Gasto,Ventas totales de 7 días,Pedidos totales de 7 días (n.º)",
    "fr": "Date,Nom de la campagne,Nom du groupe d'annonces,Terme de recherche du client,"
    "Devise,Impressions,Clics,Dépenses,Ventes totales sur 7 jours,Total des commandes sur 7 jours",
    "it": "Data,Nome campagna,Nome gruppo di annunci,Termine di ricerca cliente,"
    "Valuta,Impressioni,Clic,Spesa,Vendite totali (7 giorni),Totale ordini (7 giorni)",
    "nl": "Datum,Campagnenaam,Advertentiegroepnaam,Zoekterm van klant,"
    "Valuta,Vertoningen,Klikken,Uitgaven,Totale verkoop in 7 dagen,Totaal bestellingen in 7 dagen",
    "pl": "Data,Nazwa kampanii,Nazwa grupy reklam,Wyszukiwane hasło klienta,"
    "Waluta,Wyświetlenia,Kliknięcia,Wydatki,Łączna sprzedaż w ciągu 7 dni,Zamówienia w ciągu 7 dni",
    "xx": "Dzxd,Kampqx,Grpqx,Suchqx,Curqx,Imprqx,Clqx,Spqx,Slqx,Orqx",
}


@pytest.mark.parametrize("language", HEADERS)
def test_headers_of_other_languages_are_read_or_given_as_lines(
    bench: Workbench, language: str
) -> None:
    place, currency = {"pl": ("PL", "PLN")}.get(language, ("DE", "EUR"))
    head = HEADERS[language]
    row = f'16/11/2026,C,G,prensa,{currency},1000,50,"100,50","400,00",10'
    bench.make({f"{place}/st.csv": lines(head, row)}, place)

    fields = bench.inspected(f"{place}/st.csv")

    if fields["usable"]:
        assert total(fields, "ad_spend") == 100.5
        assert total(fields, "ad_sales") == 400.0
    else:
        assert bench.kpi().errors(f"{place}/st.csv")
        named = fields["own_columns"] + str(fields["unrecognised_columns"])
        assert any(each in named for each in head.split(","))


def test_the_same_problem_is_said_once_with_its_rows(bench: Workbench) -> None:
    bad = [f"2026-11-18,P,USD,C,G,kw,EXACT,t{number},1000,50,,,n.n.,100.00,,,4,4," for number in
           range(40)]  # fmt: skip
    bench.make({"US/st.csv": ads() + lines(*bad)})

    answer = bench.kpi()
    code, (fields,) = bench.inspect("US/st.csv")

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.files.count("US/st.csv") == 1
    assert "39 more" in answer.said("US/st.csv")
    assert left_out(fields, "refused")["ad_sales"] == (4000.0, 40)
    assert code == 1


def test_inspect_says_that_all_was_counted(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads()})

    code, (fields,) = bench.inspect("US/st.csv")

    assert (code, fields["left_out"]) == (0, [])
    assert total(fields, "ad_spend") == 175.0


def test_amounts_left_out_add_up_to_the_files_own(bench: Workbench) -> None:
    rows = (
        *(f"{day},P,USD,C,G,kw,EXACT,a,1000,50,,,25.00,100.00,,,4,4," for day in DAYS),
        "2026-11-18,P,AED,C,G,kw,EXACT,b,1000,50,,,11.11,100.00,,,4,4,",
        "2026-13-45,P,USD,C,G,kw,EXACT,c,1000,50,,,22.22,100.00,,,4,4,",
        "Total,,,,,,,,9000,450,,,208.33,900.00,,,36,36,",
    )
    bench.make({"US/st.csv": lines(SEARCH_TERM, *rows)})

    fields = bench.inspected("US/st.csv")

    parts = [left_out(fields, reason).get("ad_spend", (0.0, 0)) for reason in
             ("refused", "unplaced", "duplicate")]  # fmt: skip
    assert round(total(fields, "ad_spend") + sum(amount for amount, _rows in parts), 2) == 208.33
    assert sum(rows for _amount, rows in parts) == 2
    assert left_out(fields, "total_row")["ad_spend"] == (208.33, 1)


def test_inspect_of_two_files_tells_what_is_a_duplicate(bench: Workbench) -> None:
    bench.make({"US/st-2026-11-22.csv": ads(DAYS[:4]), "US/st-2026-11-23.csv": ads()})

    _code, readings = bench.inspect("US/st-2026-11-22.csv", "US/st-2026-11-23.csv")

    older = next(each for each in readings if each["file"].endswith("22.csv"))
    assert left_out(older, "duplicate").get("ad_spend", (100.0, 4)) == (100.0, 4)


def test_differences_of_opposite_sign_are_not_netted(bench: Workbench) -> None:
    campaign = (
        "Date,Campaign Name,Campaign Type,Bidding strategy,Currency,Impressions,Clicks,Spend,"
        "7 Day Total Sales ,7 Day Total Orders (#)"
    )
    first = "2026-11-10,C,Sponsored Products,Fixed,USD,1000,50,{},100.00,4"
    second = "2026-11-18,C,Sponsored Products,Fixed,USD,1000,50,{},100.00,4"
    bench.make(
        {
            "US/campaign.csv": lines(campaign, first.format(10), second.format(16)),
            "US/st.csv": ads(["2026-11-10"], spend="16") + ads(["2026-11-18"], spend="10").split(
                "\n", 1
            )[1],
        }
    )  # fmt: skip
    out = bench.check().out

    assert not any(line.count("26") >= 2 and "26" in line and " 26 " in line and "16" not in line
                   for line in out.splitlines() if "disagree" in line)  # fmt: skip
    assert bench.kpi().sums("acos", "US") == (16.0, 100.0)


def test_one_line_a_problem_the_dearest_first(bench: Workbench) -> None:
    bench.make(
        {
            "US/a.csv": ads(currency="CAD", spend="1.00", sales="2.00"),
            "US/b.csv": ads(currency="CAD", spend="900.00", campaign="B"),
            "US/c.csv": ads(currency="AED", spend="80.00", campaign="C"),
        }
    )
    said = [line for line in bench.check().out.splitlines() if "US/" in line]

    assert [re.findall(r"US/(.)\.csv", line) for line in said] == [["b"], ["c"], ["a"]]


def test_a_workbook_of_percent_cells_is_a_fraction(bench: Workbench) -> None:
    text = ads().replace(",,,25.00", ",0.05,0.5,25.00")
    answer = bench.make({"US/st.xlsx": workbook({"Sheet1": text})}).kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.files == []
