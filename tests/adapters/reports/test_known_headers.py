"""Which report a header is of: in other languages, with hidden columns, refused, or unknown."""

import tomllib
from collections.abc import Callable

import polars as pl
import pytest

from facilitator.adapters.reports import FileReading
from facilitator.adapters.reports.headers import HeaderMatch, match_header
from facilitator.adapters.reports.report_types import (
    ReportType,
    packaged_report_types,
    vocabulary,
)
from facilitator.adapters.reports.row_frame import normal_text
from facilitator.adapters.reports.sniff import find_header
from facilitator.adapters.reports.suggested_config import suggest_config
from facilitator.adapters.reports.unknown_columns import missed_columns
from facilitator.adapters.reports.unsupported_files import (
    INSTEAD,
    REASONS,
    UnsupportedFile,
    check_supported,
)

Read = Callable[..., FileReading]

KNOWN = packaged_report_types()


def matched(head: str) -> HeaderMatch:
    found = match_header(head.split("|"), KNOWN)
    assert found is not None
    return found


def compared(column: str, *texts: str) -> set[str]:
    """Return how cells are compared with those of another file."""
    return set(pl.DataFrame({column: texts}).select(normal_text(column)).to_series())


def refusal(head: str) -> UnsupportedFile:
    found = check_supported(find_header([head.split("|")], KNOWN))
    assert isinstance(found, UnsupportedFile)
    return found


def held(match: HeaderMatch) -> set[str]:
    return {each.name for each in match.columns}


ADS = {
    "campaign",
    "search_term",
    "ad_impressions",
    "ad_clicks",
    "ad_spend",
    "ad_sales",
    "ad_orders",
}


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(
            "Fecha de inicio|Fecha de finalización|Nombre de la cartera|Divisa|Nombre de campaña|"
            "Nombre del grupo de anuncios|País|Segmentación|Tipo de coincidencia|"
            "Término de búsqueda de cliente|Impresiones|Clics|Índice de clics (CTR)|"
            "Coste por clic (CPC)|Gasto|Ventas totales de 7 días (€)|"
            "Coste publicitario de las ventas (ACOS) total |Pedidos totales de 7 días (#)|"
            "Retorno de la inversión publicitaria (ROAS) total|Unidades totales de 7 días (#)|"
            "Tasa de conversión de 7 días|Unidades SKU anunciadas 7 días (#)|"
            "Otras unidades SKU de 7 días (#)|Otras ventas SKU de 7 días (€)",
            id="es",
        ),
        pytest.param(
            "Fecha|Nombre de portafolio|Nombre de la campaña|Término de búsqueda del cliente|"
            "Impresiones|Clics|Gasto|Ventas totales de 14 días|Pedidos totales de 14 días (n.º)",
            id="es, by day",
        ),
        pytest.param(
            "Data|Nome portafoglio|Nome campagna|Targeting|Termine ricerca cliente|Impressioni|"
            "Clic|Spesa|Vendite totali (€) 7 giorni|Totale ordini (#) 7 giorni",
            id="it",
        ),
    ],
)
def test_search_term_reports_are_read_in_other_languages(head: str) -> None:
    match = matched(head)

    assert (match.kind.id, match.is_complete, match.unrecognised) == ("search-term", True, ())
    assert held(match) >= ADS


def test_a_portuguese_and_a_french_search_term_report_are_read() -> None:
    portuguese = matched(
        "Data|Nome da campanha|Termo de pesquisa do cliente|Impressões|Cliques|Gastos|"
        "Total de vendas de 7 dias"
    )
    french = matched(
        "Date|Nom de la campagne|Nom du groupe d’annonces|Terme de recherche client|Impressions|"
        "Clics|Dépenses|Ventes totales sur 7 jours"
    )

    for match in (portuguese, french):
        assert (match.kind.id, match.is_complete, match.unrecognised) == ("search-term", True, ())
    assert "ad_group" in held(french)


@pytest.mark.parametrize(
    "head",
    [
        "ASIN (parent)|ASIN (child)|Título|SKU|Sesiones: total|Unidades encargadas|"
        "Porcentaje de ofertas destacadas (Buy Box)|Ventas de productos encargados|"
        "Ventas de productos encargados: B2B|Unidades encargadas - B2B",
        "ASIN (parent)|ASIN (child)|Título|Código SKU|Sessões - Total|"
        "Porcentagem de sessões – Total|Visualizações da página - Total|"
        "Porcentagem de Ofertas em destaque|Unidades pedidas|Vendas de produtos pedidos|"
        "Total de itens do pedido",
    ],
)
def test_business_reports_are_read_in_spanish_and_portuguese(head: str) -> None:
    match = matched(head)

    assert (match.kind.id, match.is_complete, match.unrecognised) == ("business-child", True, ())
    assert {"sku", "sessions", "units_ordered", "ordered_sales", "buy_box_share"} <= held(match)


@pytest.mark.parametrize(
    ("head", "kind", "missed"),
    [
        ("Date|Ordered Product Sales|Units Ordered|Sessions - Total", "business", ("page_views",)),
        (
            "Date|Units Ordered|Total Order Items|Page Views - Total",
            "business",
            ("sessions", "ordered_sales"),
        ),
        (
            "(Child) ASIN|Sessions - Total|Page Views - Total",
            "business-child",
            ("units_ordered", "ordered_sales"),
        ),
        (
            "(Parent) ASIN|Ordered Product Sales",
            "business-parent",
            ("sessions", "page_views", "units_ordered"),
        ),
    ],
)
def test_a_business_report_with_hidden_columns_is_read_for_what_it_has(
    head: str, kind: str, missed: tuple[str, ...]
) -> None:
    match = matched(head)

    assert (match.kind.id, match.is_complete, match.missed) == (kind, True, missed)
    assert not list(missed_columns("report.csv", match))


def test_a_missing_column_is_told_where_an_unknown_one_could_be_it() -> None:
    match = matched("Date|Ordered Product Sales|Units Ordered|Besuche insgesamt")

    (told,) = missed_columns("report.csv", match)

    assert "no Sessions - Total, Page Views - Total" in told.translate()
    assert "Besuche insgesamt" in told.translate()


@pytest.mark.parametrize(
    "head",
    [
        "Date|Sessions|Bounce rate",
        "Date|Search term|Clicks|Impr.|Cost|Conversions",
        "asin|sku|price|quantity",
    ],
)
def test_tables_of_other_programs_are_no_reports(head: str) -> None:
    found = match_header(head.split("|"), KNOWN)

    assert found is None or not found.is_complete


def test_the_nearest_report_is_not_found_by_columns_that_most_reports_have() -> None:
    assert match_header(["asin", "sku", "title", "colour"], KNOWN) is None
    assert matched("sku|asin|available|colour").kind.id == "inventory-health"
    assert matched("sku|asin|detailed-disposition|colour").kind.id == "returns"


@pytest.mark.parametrize(
    ("head", "title", "instead"),
    [
        (
            "State|Campaigns|Status|Type|Targeting|Start date|End date|Impressions|Clicks|"
            "Spend(USD)|Orders|Sales(USD)",
            "Campaign manager",
            "Campaign report with the time unit Daily",
        ),
        (
            "Stato|Campagne|Tipo|Targeting|Data di inizio|Impressioni|Clic|Spesa(EUR)|Ordini",
            "Campaign manager",
            "time unit Daily",
        ),
        ("date/time|settlement id|type|order id|sku|total", "Date Range Report", "Flat File V2"),
        ("Datum/Uhrzeit|Abrechnungsnummer|Typ|Bestellnummer|SKU", "Date Range", "Flat File V2"),
        (
            "Date|FNSKU|ASIN|MSKU|Title|Disposition|Starting Warehouse Balance|Receipts|"
            "Ending Warehouse Balance|Location",
            "Inventory Ledger (summary)",
            "Manage Inventory Health",
        ),
        (
            "Date|FNSKU|ASIN|MSKU|Title|Event Type|Reference ID|Quantity|Fulfillment Center",
            "Inventory Ledger (detail)",
            "Manage Inventory Health",
        ),
        (
            "request-date|order-id|order-type|order-status|last-updated-date|sku|fnsku|"
            "disposition|requested-quantity|cancelled-quantity|disposed-quantity|removal-fee",
            "Removal Order Detail",
            "FBA customer returns",
        ),
        (
            "request-date|order-id|shipment-date|sku|fnsku|disposition|shipped-quantity|carrier|"
            "tracking-number|removal-order-type",
            "Removal Shipment Detail",
            "FBA customer returns",
        ),
        (
            "Country|Product Name|FNSKU|Merchant SKU|ASIN|Available|Inbound|"
            "Recommended replenishment qty|Recommended ship date",
            "Restock Inventory",
            "Manage Inventory Health",
        ),
        (
            "URL|Image URL|ASIN|Title|Brand|Price|ASIN Sales|Parent Level Sales|ASIN Revenue",
            "Helium 10 Black Box",
            "Business Report by date",
        ),
        (
            "amazon-order-id|merchant-order-id|shipment-id|shipment-item-id|purchase-date|sku|"
            "quantity-shipped|currency|item-price",
            "Amazon Fulfilled Shipments",
            "All Orders",
        ),
        (
            "approval-date|reimbursement-id|amazon-order-id|reason|sku|asin|amount-total",
            "FBA Reimbursements",
            "Flat File V2",
        ),
        ("item-name|listing-id|seller-sku|price|quantity|open-date|asin1", "Listings", "Inventory"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_download_instead(
    head: str, title: str, instead: str
) -> None:
    found = refusal(head)

    assert title in found.said.translate()
    assert found.hint is not None
    assert instead in found.hint.translate()
    assert " › " in found.hint.translate()


def test_an_erp_table_of_campaigns_is_not_taken_for_the_campaign_manager() -> None:
    match = matched("广告活动|状态|类型|曝光量|点击|广告花费|广告销售额")

    assert (match.kind.id, match.is_complete) == ("erp-campaign", True)


@pytest.mark.parametrize("kind", [kind for kind in KNOWN.kinds if kind.refused])
def test_every_refused_kind_has_its_sentences(kind: ReportType) -> None:
    assert kind.refused in REASONS
    assert kind.instead in INSTEAD
    assert kind.ignored == ("*",)


def test_no_sentence_is_left_over() -> None:
    assert set(REASONS) == {kind.refused for kind in KNOWN.kinds} - {""}
    assert set(INSTEAD) == {kind.instead for kind in KNOWN.kinds} - {""}


def test_the_suggested_lines_hold_every_header_that_is_not_known() -> None:
    head = [
        "Tarih",
        "Kampanya Adı",
        "Reklam Grubu",
        "Hedefleme",
        "Müşteri Arama Terimi",
        "Impressions",
        "Tıklamalar",
        "Spend",
        "Toplam Satış",
    ]
    lines = suggest_config(match_header(head, KNOWN), head)

    config = tomllib.loads(lines)
    assert [*config["kinds"]]
    for text in head:
        assert text in {"Impressions", "Spend"} or f'"{text}"' in lines


def test_a_header_between_known_ones_is_suggested_for_the_column_that_stands_there() -> None:
    head = "Date|Campaign Name|Customer Search Term|Impressions|Clicks|Harcama|7 Day Total Sales"
    match = matched(head)

    assert not match.is_complete
    assert 'ad_spend = ["Harcama"]' in suggest_config(match, head.split("|"))


def test_a_file_without_a_known_column_gets_an_outline_with_all_of_its_headers() -> None:
    head = ["Günler", 'Tutar "net"']

    lines = suggest_config(match_header(head, KNOWN), head)

    assert '# "Günler", "Tutar \\"net\\""' in lines
    assert "my-report" in tomllib.loads(lines)["kinds"]


@pytest.mark.parametrize(
    "row",
    [
        "date|campaignName|searchTerm|impressions|clicks|cost|purchases7d|sales7d|newToBrandSales",
        "date|campaignName|searchTerm|impressions|clicks|cost|purchases|sales|purchasesClicks",
        "startDate|endDate|searchTerm|clicks|cost|sales14d|topOfSearchImpressionShare",
    ],
)
def test_the_headers_of_the_api_are_known(row: str) -> None:
    match = matched(row)

    assert (match.kind.id, match.is_complete, match.unrecognised) == ("search-term", True, ())


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (
            "date|promotedAsin|promotedSku|impressions|clicks|cost|sales|purchases",
            "advertised-product",
        ),
        ("date|targetingText|matchType|impressions|clicks|cost|sales|unitsSold", "targeting"),
        ("date|campaignName|placementClassification|clicks|cost|salesClicks|costType", "placement"),
        ("date|campaignName|campaignBudgetAmount|clicks|cost|sales|viewabilityRate", "campaign"),
    ],
)
def test_the_other_ads_reports_of_the_api_are_known(row: str, kind: str) -> None:
    match = matched(row)

    assert (match.kind.id, match.is_complete, match.unrecognised) == (kind, True, ())


def test_seller_feedback_is_known_in_german() -> None:
    match = matched(
        "Datum|Bewertung|Kommentare|Ihre Antwort|Bestellnummer|E-Mail-Adresse des Bewertenden"
    )

    assert (match.kind.id, match.is_complete, match.unrecognised) == ("seller-feedback", True, ())


@pytest.mark.parametrize(
    "head",
    [
        "日期\t评级\t评论\t您的回复\t订单编号\t评价者电子邮件",
        "Tarih\tPuan\tYorumlar\tCevabınız\tSipariş numarası\tE-posta",
    ],
)
def test_seller_feedback_is_known_by_its_shape_in_any_language(read: Read, head: str) -> None:
    reading = read(
        f"{head}\n17.11.26\t5\tgood, fast\t\t302-1234567-1234567\ta@b.c\n"
        "18.11.26\t1\tbad\tsorry\t302-7654321-1234567\t\n",
        "feedback_DE.txt",
    )

    assert reading.source.kind == "seller-feedback"
    assert {each.measure: each.amount for each in reading.totals} == {
        "feedback_new": 2,
        "feedback_negative": 1,
        "feedback_points": 6,
    }


def test_another_table_with_a_date_and_stars_is_no_seller_feedback(read: Read) -> None:
    reading = read("Tarih\tPuan\tNot\tX\tY\tZ\n17.11.26\t5\tgood\t\tB0ABCDEFGH\tx\n")

    assert reading.source.kind == ""
    assert "None of its columns is known" in reading.problems[0].translate()


def test_a_table_in_an_unknown_language_is_split_into_its_columns(read: Read) -> None:
    reading = read("Rapor\nTarih;Satış;Adet\n17.11.2026;1,50;2\n18.11.2026;2,50;3\n")

    assert reading.unrecognised == ("Tarih", "Satış", "Adet")
    assert '"Tarih", "Satış", "Adet"' in reading.advice


def test_a_sku_without_fba_offer_is_passed_over() -> None:
    kind = KNOWN.kind("unsuppressed-inventory")

    assert kind is not None
    assert kind.passed_over == {"afn_listed": ("No",)}
    assert "afn_listed" in kind.worded


@pytest.mark.parametrize(
    ("column", "texts", "value"),
    [
        ("match_type", ["EXACT", "Exact", "精准匹配", "Exakt", "完全一致", "exacta "], "EXACT"),
        ("match_type", ["BROAD", "广泛匹配", "部分一致"], "BROAD"),
        ("match_type", ["PHRASE", "词组匹配"], "PHRASE"),
        ("placement", ["Top of Search on-Amazon", "Top of search (first page)"], "top of search"),
        ("order_status", ["Canceled", "CANCELLED", "已取消"], "Cancelled"),
        ("match_type", ["Theme", "THEME"], "theme"),
        ("targeting", ["close-match", "Close match", "紧密匹配"], "close-match"),
        ("portfolio", ["Not grouped", "No Portfolio", "无广告组合"], "-"),
    ],
)
def test_values_are_compared_in_one_language(column: str, texts: list[str], value: str) -> None:
    assert compared(column, *texts) == {value}


def test_a_value_of_another_column_stays_as_it_is() -> None:
    assert compared("campaign", "Exact") == {"exact"}


@pytest.mark.parametrize("name", ["jul", "julio", "juillet", "lipca", "temmuz", "lug", "julho"])
def test_months_are_known_in_the_languages_of_the_consoles(name: str) -> None:
    assert vocabulary().months[name] == 7


@pytest.mark.parametrize("word", ["Total general", "Totaal", "Suma", "总计", "Toplam", "Totale"])
def test_a_total_is_known_in_the_languages_of_the_consoles(word: str) -> None:
    assert word.casefold() in vocabulary().summary


STOCK = (
    "sku\tasin\tafn-listing-exists\tmfn-listing-exists\tafn-warehouse-quantity\t"
    "afn-fulfillable-quantity\tafn-unsellable-quantity\tafn-reserved-quantity\n"
)


def test_skus_that_only_the_seller_ships_are_passed_over_without_a_word(read: Read) -> None:
    reading = read(
        f"{STOCK}A\tB0A\tYes\tNo\t12\t10\t1\t1\nF\tB0F\tNo\tYes\t\t\t\t\n",
        "inventory_US_2026-11-22.txt",
    )

    assert reading.problems == ()
    (available,) = (each for each in reading.totals if each.measure == "units_available")
    assert available.amount == 10


def test_a_rank_of_zero_is_no_rank(read: Read) -> None:
    reading = read(
        "Keyword Phrase,Search Volume,Position (Rank)\nalpha,900,3\nbeta,100,0\ngamma,500,60\n",
        "US_AMAZON_cerebro_B000000001_2026-11-21.csv",
    )

    amounts = {each.measure: each.amount for each in reading.totals}
    assert amounts == {"keywords_targeted": 3, "keywords_page_one": 1}


def test_a_report_by_date_without_page_views_gives_the_rest(read: Read) -> None:
    reading = read(
        "Date,Ordered Product Sales,Units Ordered,Total Order Items,Sessions - Total\n"
        "11/16/2026,$100.00,10,9,100\n11/17/2026,$110.00,11,10,110\n"
    )

    assert reading.problems == ()
    assert {each.measure: each.amount for each in reading.totals} == {
        "order_items": 19,
        "ordered_sales": 210,
        "sessions": 210,
        "units_ordered": 21,
    }
