"""Which marketplace a row belongs to, in which currency, and what the team writes by hand."""

import pytest

from tests.cases.exports import KPI_VALUES, SEARCH_TERM, ads, business, lines, orders, workbook
from tests.cases.workbench import DAYS, Workbench, left_out, ready_lines, total, wants

WORDS = (
    "sales in november.csv",
    "put it here.csv",
    "lista es.csv",
    "to be checked.csv",
    "report de ventas.csv",
    "look at this.csv",
    "search-term-de-duplicated.csv",
    "no sales.csv",
    "se report.csv",
    "ca 40 rows.csv",
    "us-free.csv",
)


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("folder", ["", "US/"])
def test_words_of_a_sentence_are_no_countries(bench: Workbench, name: str, folder: str) -> None:
    answer = bench.make({f"{folder}{name}": ads()}).kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.files == []


@pytest.mark.parametrize("folder", ["in work", "exports it sent", "de-duplicated"])
def test_words_of_a_folders_name_are_no_countries(bench: Workbench, folder: str) -> None:
    answer = bench.make({f"US/{folder}/st.csv": ads()}).kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)


def test_a_word_that_is_a_country_without_its_accents_is_no_folder_of_it(bench: Workbench) -> None:
    answer = bench.make({"US/suede/st.csv": ads()}, "US", "SE").kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)
    assert answer.files == []


@pytest.mark.parametrize("sheet", ["sales in november", "it", "to be checked"])
def test_words_of_a_sheets_name_are_no_countries(bench: Workbench, sheet: str) -> None:
    answer = bench.make({"US/st.xlsx": workbook({sheet: ads()})}).kpi()

    assert answer.sums("acos", "US") == (175.0, 700.0)


@pytest.mark.parametrize(
    "name",
    [
        "search-term_DE_2026-11-22.csv",
        "DE.csv",
        "DE search term.csv",
        "search term DE.csv",
        "st-amazon.de.csv",
        "UAMAZON_DE.csv",
    ],
)
def test_a_code_of_its_own_in_capitals_is_a_marketplace(bench: Workbench, name: str) -> None:
    answer = bench.make({name: ads(currency="EUR")}, "US", "DE", "FR").kpi()

    assert answer.sums("acos", "DE") == (175.0, 700.0)


def test_rows_come_before_the_folder_and_the_name(bench: Workbench) -> None:
    text = ads(head=SEARCH_TERM + ",Country", currency="EUR").replace(",\n", ",,Germany\n")
    text = text.replace(",4,4,,Germany", ",4,4,,Germany")
    answer = bench.make({"US/st_US.csv": text}, "US", "DE").kpi()

    assert answer.sums("acos", "DE") == (175.0, 700.0)
    assert answer.series("acos", "US") == {} or answer.value("acos", "US") is None
    assert "US/st_US.csv" in answer.files  # the weaker signs that say US


def test_the_sheet_comes_before_the_folder(bench: Workbench) -> None:
    sheets = {"DE": ads(currency="EUR"), "FR": ads(currency="EUR", spend="50")}
    answer = bench.make({"US/st.xlsx": workbook(sheets)}, "US", "DE", "FR").kpi()

    assert answer.sums("acos", "DE") == (175.0, 700.0)
    assert answer.sums("acos", "FR") == (350.0, 700.0)


def test_the_folder_comes_before_the_name_and_the_name_is_told(bench: Workbench) -> None:
    answer = bench.make({"FR/st_DE.csv": ads(currency="EUR")}, "DE", "FR").kpi()

    assert answer.sums("acos", "FR") == (175.0, 700.0)
    assert "DE" in answer.said("FR/st_DE.csv")


@pytest.mark.parametrize(("sign", "place"), [("$", "US"), ("€", "DE"), ("£", "UK"), ("--", "US")])
def test_a_money_sign_in_the_currency_column_is_read(
    bench: Workbench, sign: str, place: str
) -> None:
    answer = bench.make({f"{place}/st.csv": ads(currency=sign)}, "US", "DE", "UK").kpi()

    assert answer.sums("acos", place) == (175.0, 700.0)
    assert answer.files == []


def test_a_currency_decides_where_it_fits_one_marketplace_only(bench: Workbench) -> None:
    answer = bench.make({"st.csv": ads(currency="JPY")}, "US", "JP").kpi()

    assert answer.sums("acos", "JP") == (175.0, 700.0)


def test_a_currency_of_several_marketplaces_decides_nothing(bench: Workbench) -> None:
    bench.make({"st.csv": ads(currency="EUR")}, "DE", "FR")

    answer = bench.kpi()

    assert answer.value("acos", "ALL") is None
    assert "st.csv" in answer.files


@pytest.mark.parametrize("currency", ["CAD", "AED", "EUR", "GBP", "ZAR"])
def test_money_that_cannot_be_of_the_marketplace_is_not_booked(
    bench: Workbench, currency: str
) -> None:
    bench.make({"US/st.csv": ads(currency=currency)}, data=wants("search-term"))

    answer = bench.kpi()
    code, (fields,) = bench.inspect("US/st.csv")

    assert answer.value("acos", "US") is None
    assert currency in answer.said("US/st.csv")
    assert left_out(fields, "unplaced")["ad_spend"] == (175.0, 7)
    assert code == 1
    assert ready_lines(bench.check()) == []


@pytest.mark.parametrize("sales", ["€100.00", "£100.00", "100,00 €"])
def test_money_of_another_marketplace_by_its_sign_is_not_booked(
    bench: Workbench, sales: str
) -> None:
    cell = f'"{sales}"' if "," in sales else sales
    bench.make({"US/business.csv": business(sales=cell)})

    answer = bench.kpi()
    code, (fields,) = bench.inspect("US/business.csv")

    assert "US/business.csv" in answer.files
    assert total(fields, "ordered_sales") == 0.0
    assert code == 1


@pytest.mark.parametrize(("wrong", "nearest"), [("UX", "U"), ("DEE", "DE"), ("usa", "US")])
def test_a_marketplace_that_is_not_on_the_list_is_an_error_with_the_nearest(
    bench: Workbench, wrong: str, nearest: str
) -> None:
    bench.make({"US/st.csv": ads()}, "US", wrong)

    checked = bench.check()

    assert checked.code == 1
    (said,) = (line for line in checked.out.splitlines() if f"“{wrong}”" in line)
    assert "line " in said
    assert nearest in said.replace(wrong, "")


IDS = {
    "US": ("ATVPDKIKX0DER", "USD"),
    "CA": ("A2EUQ1WTGCTBG2", "CAD"),
    "MX": ("A1AM78C64UM0Y8", "MXN"),
    "BR": ("A2Q3Y263D00KWC", "BRL"),
    "IE": ("A28R8C7NBKEWEA", "EUR"),
    "ES": ("A1RKKUPIHCS9HS", "EUR"),
    "UK": ("A1F83G8C2ARO7P", "GBP"),
    "FR": ("A13V1IB3VIYZZH", "EUR"),
    "BE": ("AMEN7PMS3EDWL", "EUR"),
    "NL": ("A1805IZSGTT6HS", "EUR"),
    "DE": ("A1PA6795UKMFR9", "EUR"),
    "IT": ("APJ6JRA9NG5V4", "EUR"),
    "SE": ("A2NODRKZP88ZB9", "SEK"),
    "ZA": ("AE08WJ6YKNBMC", "ZAR"),
    "PL": ("A1C3SOZRARQ6R3", "PLN"),
    "EG": ("ARBP9OOSHTCHU", "EGP"),
    "TR": ("A33AVAJ2PDY3EV", "TRY"),
    "SA": ("A17E79C6D8DWNP", "SAR"),
    "AE": ("A2VIGQ35RCS4UG", "AED"),
    "IN": ("A21TJRUUN4KGV", "INR"),
    "SG": ("A19VAU5U5O7RUS", "SGD"),
    "AU": ("A39IBJ37TRP1C6", "AUD"),
    "JP": ("A1VC38T7YXB528", "JPY"),
}


def test_every_marketplace_is_known_by_its_id(bench: Workbench) -> None:
    rows = [
        f"2026-11-18,P,{currency},C,G,kw,EXACT,t,1000,50,,,25,100,,,4,4,,{sign}"
        for sign, currency in IDS.values()
    ]
    answer = bench.make({"all.csv": lines(SEARCH_TERM + ",Marketplace", *rows)}, *IDS).kpi()

    assert {place: answer.sums("acos", place) for place in IDS} == dict.fromkeys(IDS, (25.0, 100.0))


@pytest.mark.parametrize("place", sorted(IDS))
def test_every_marketplace_is_a_folder(bench: Workbench, place: str) -> None:
    answer = bench.make({f"{place}/st.csv": ads(currency=IDS[place][1])}, place).kpi()

    assert answer.sums("acos", place) == (175.0, 700.0)
    assert answer.code == 0


def test_sales_channels_of_south_africa_are_read(bench: Workbench) -> None:
    rows = orders(("1", "2026-11-16", "2026-11-17", "Shipped", "Amazon.co.za", ""))
    answer = bench.make({"orders.txt": rows}, "ZA", "US").kpi()

    assert answer.series("order_growth", "ZA")["numerator"] == 1.0


@pytest.mark.parametrize(
    ("place", "sales"),
    [
        ("CA", "CDN$1000.00"),
        ("CA", "CDN$ 1000.00"),
        ("CA", "CDN $1000.00"),
        ("CA", "1000.00 $ CA"),
        ("US", "US $1000.00"),
        ("SA", "﷼ 1000.00"),
        ("SA", "ر.س 1000.00"),
        ("SA", "١٠٠٠٫٠٠"),
        ("AE", "AED 1000.00"),
        ("ZA", "R1000.00"),
        ("US", "US$1000.00"),
    ],
)
def test_money_is_read_as_consoles_write_it(bench: Workbench, place: str, sales: str) -> None:
    answer = bench.make({f"{place}/business.csv": business(sales=sales)}, place).kpi()
    code, (fields,) = bench.inspect(f"{place}/business.csv")

    money = sum(each["amount"] for each in fields["totals"] if each["measure"] == "ordered_sales")
    assert money == 7000.0
    assert answer.code == code == 0


def test_a_minus_may_stand_behind_the_number(bench: Workbench) -> None:
    answer = bench.make({"US/st.csv": ads(DAYS[:6]) + _refund("25.00-")}).kpi()

    assert answer.sums("acos", "US") == (125.0, 700.0)


def _refund(spend: str) -> str:
    return ads(DAYS[6:], spend=spend).split("\n", 1)[1]


PERCENTS = {"a percent cell": ("0.00%", 0.615), "a plain cell": ("General", 61.5)}


@pytest.mark.parametrize("kind", PERCENTS)
def test_percents_of_a_workbook_are_percents(bench: Workbench, kind: str) -> None:
    style, value = PERCENTS[kind]
    bench.make({"values.xlsx": _values(style, value)})

    assert bench.kpi().value("bsr_top10_share", "US") == 61.5


def _values(style: str, value: float) -> bytes:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet("values", 0)
    sheet.append(KPI_VALUES.split(","))
    sheet.append(["2026-11-22", "US", "bsr_top10_share", value])
    sheet["D2"].number_format = style
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_percents_with_their_sign_are_percents(bench: Workbench) -> None:
    bench.make({"values.csv": lines(KPI_VALUES, "2026-11-22,US,bsr_top10_share,61.5%")})

    assert bench.kpi().value("bsr_top10_share", "US") == 61.5


@pytest.mark.parametrize(
    ("wrong", "nearest"), [("bsr_top10_shar", "bsr_top10_share"), ("acso", "acos")]
)
def test_a_misspelt_kpi_is_told_with_the_nearest_one(
    bench: Workbench, wrong: str, nearest: str
) -> None:
    bench.make({"values.csv": lines(KPI_VALUES, f"2026-11-22,US,{wrong},61.5")})

    said = bench.kpi().said("values.csv")

    assert wrong in said
    assert nearest in said


@pytest.mark.parametrize("name", ["Top-10 % rank share", "top-10 % rank share", "bsr_top10_share"])
def test_kpis_by_hand_may_be_called_by_their_names(bench: Workbench, name: str) -> None:
    answer = bench.make({"values.csv": lines(KPI_VALUES, f"2026-11-22,US,{name},61.5")}).kpi()

    assert answer.value("bsr_top10_share", "US") == 61.5


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_kpis_by_hand_may_be_called_by_their_chinese_names(bench: Workbench, language: str) -> None:
    text = lines(
        "周结束日,站点,指标,数值", "2026-11-22,US,新增评论评分,4.4", "2026-11-22,US,广告 ACoS,21"
    )
    bench.make({"values.csv": text})
    agenda = bench.folder / "agenda.toml"
    agenda.write_text(agenda.read_text("utf-8").replace('"en"', f'"{language}"'), encoding="utf-8")

    # The names are those of the program's catalog; a name that it does not know is told.
    said = bench.kpi().said("values.csv")

    assert "广告 ACoS" in said


def test_a_value_by_hand_that_a_report_outranks_is_told(bench: Workbench) -> None:
    bench.make({"US/st.csv": ads(), "values.csv": lines(KPI_VALUES, "2026-11-22,US,acos,19.0")})
    answer = bench.kpi()

    assert answer.value("acos", "US") == 25.0
    assert "19" in answer.said("values.csv")


@pytest.mark.parametrize("sales", ["€100.00", "100,00 €", "£100.00", "CDN$100.00", "AED 100.00"])
def test_money_signs_of_another_marketplace_are_not_booked(bench: Workbench, sales: str) -> None:
    quoted = f'"{sales}"' if "," in sales else sales
    bench.make({"US/business.csv": business(sales=quoted)}, data=wants("business"))

    code, (fields,) = bench.inspect("US/business.csv")

    assert bench.kpi().series("cvr", "US").get("value") is None
    assert sales in bench.kpi().said("US/business.csv")
    assert left_out(fields, "unplaced")["ordered_sales"] == (700.0, 7)
    assert code == 1
    assert ready_lines(bench.check()) == []


@pytest.mark.parametrize(
    ("sales", "place"), [("£100.00", "UK"), ("CDN$100.00", "CA"), ("$100.00", None)]
)
def test_a_money_sign_decides_where_it_fits_one_marketplace_only(
    bench: Workbench, sales: str, place: str | None
) -> None:
    answer = bench.make({"business.csv": business(sales=sales)}, "US", "CA", "UK").kpi()

    assert {each for each in ("US", "CA", "UK") if answer.value("cvr", each)} == {place} - {None}
    assert answer.errors("business.csv") == (place is None)


@pytest.mark.parametrize("sales", ["$100.00", "US$100.00", "USD 100.00", "100.00"])
def test_dollars_and_plain_amounts_stay_those_of_the_folder(bench: Workbench, sales: str) -> None:
    answer = bench.make({"US/business.csv": business(sales=sales)}, "US", "DE").kpi()

    assert answer.sums("cvr", "US") == (70.0, 700.0)
    assert answer.files == []


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("Republic of Ireland", "IE"),
        ("Mexico (MX)", "MX"),
        ("US - United States", "US"),
        ("Espana", "ES"),
        ("Grande-Bretagne", "UK"),
        ("EE. UU.", "US"),
        ("États-Unis d’Amérique", "US"),
        ("阿拉伯联合酋长国", "AE"),
        ("英国站点", "UK"),
    ],
)
def test_marketplaces_are_known_as_people_write_them(
    bench: Workbench, cell: str, place: str
) -> None:
    text = lines(KPI_VALUES, f"2026-11-22,{cell},acos,20")
    answer = bench.make({"values.csv": text}, place, "DE").kpi()

    assert answer.value("acos", place) == 20.0


def test_a_value_by_hand_is_told_where_the_reports_are_worse_than_any_target(
    bench: Workbench,
) -> None:
    spent = ads(sales="0.00", orders=0)
    bench.make({"US/st.csv": spent, "values.csv": lines(KPI_VALUES, "2026-11-22,US,acos,19.0")})

    said = bench.kpi().said("values.csv")

    assert "19" in said
    assert "∞" in said
