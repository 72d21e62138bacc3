"""Write the exports of the sample meeting: `python tests/make_sample.py [FOLDER]`.

The days of the shops come from `sample_data.py`; here they are written as Amazon's reports.
"""

import csv
import io
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # a script sees its own folder only

from tests.sample_data import LAST_DAY, PRODUCTS, STORY, SUNDAYS, WEEKS, CarryingRounder, Shop  # noqa: E402

SURCHARGES = {"181-210": 0.05, "211-240": 0.07, "241-270": 0.09, "271-300": 0.3, "301-330": 0.33}
"""Ages in days from which a unit costs extra, and its monthly cost."""


def percent(part: float, whole: float) -> str:
    return f"{part / whole * 100:.4f}%" if whole else ""


def ratio(part: float, whole: float, places: int = 2) -> str:
    return f"{part / whole:.{places}f}" if whole else ""


def search_lines(shop: Shop) -> Iterable[str]:
    """The search term report, with a line for each term and day."""
    campaigns = list(dict.fromkeys(each.campaign for each in shop.terms))
    for ad in shop.ads:
        yield STORY["formats"][shop.name]["search_row"].format(
            day=ad.day,
            campaign=ad.term.campaign,
            number=campaigns.index(ad.term.campaign),
            target='"' + ad.term.target.replace('"', '""') + '"',
            match=ad.term.match,
            term=ad.term.text,
            impressions=ad.impressions,
            clicks=ad.clicks,
            ctr=percent(ad.clicks, ad.impressions),
            cpc=ratio(ad.spend, ad.clicks * 100) or "0.00",
            spend=f"{ad.spend / 100:.2f}",
            sales=f"{ad.sales / 100:.2f}",
            acos=percent(ad.spend, ad.sales),
            roas=ratio(ad.sales, ad.spend),
            orders=ad.orders,
            units=ad.units,
            cvr=percent(ad.orders, ad.clicks),
            per_order=ratio(ad.spend, ad.orders * 100, 5),
            per_view=percent(ad.orders, ad.impressions),
        )


def business_lines(shop: Shop) -> Iterable[str]:
    """The Business Report by date."""
    for number, sold in enumerate(shop.sales):
        units = sum(sold.units)
        yield STORY["formats"][shop.name]["business_row"].format(
            day=sold.day,
            sales=sold.sales / 100,
            units=units,
            items=units - units // 24,
            views=round(sold.sessions * 1.37 * shop.noise(0.05)),
            sessions=sold.sessions,
            box=min(100.0, shop.plan["buy_box"][number // 7] * shop.noise(0.012)),
            cvr=units / sold.sessions * 100,
        )


def return_lines(shop: Shop) -> Iterable[str]:
    """FBA customer returns, a line for each unit, at hours of the same day in every shop."""
    reasons, carry = STORY["returns"], CarryingRounder()
    for number, sold in enumerate(shop.sales):
        for _ in range(carry.whole(sum(sold.units) * shop.plan["returns"][number // 7] / 100)):
            place = shop.pick(sold.units)
            why = reasons[shop.pick([reason["weight"] for reason in reasons])]
            serial = int(shop.rng.random() * 10_000_000)
            yield STORY["formats"]["returns"]["row"].format(
                day=sold.day,
                time=f"{9 + serial % 12:02}:{serial % 60:02}:{serial // 60 % 60:02}",
                order=f"{100 + serial % 9}-{serial:07}-{int(shop.rng.random() * 10_000_000):07}",
                sku=shop.sku(place),
                asin=PRODUCTS[place]["asin"],
                fnsku=f"X00FAC{place:04}",
                product=f"{STORY['brand']} {PRODUCTS[place]['name']}",
                center=shop.plan["centers"][serial % len(shop.plan["centers"])],
                disposition=why["disposition"],
                reason=why["reason"],
                plate=f"LPNFA{serial:09}",
                comment=why["comment"] if serial % 3 == 0 else "",
            )


def inventory_row(shop: Shop, place: int, taken: date) -> dict[str, object]:
    """A product's line of Manage Inventory Health on the day `taken`."""
    product, price = PRODUCTS[place], shop.plan["prices"][place]
    sold = [day.units[place] for day in shop.sales if day.day <= taken]
    shipped = {
        span: round(sum(sold[-span:]) * span / len(sold[-span:])) for span in (7, 30, 60, 90)
    }
    weeks_ago = (LAST_DAY - taken).days // 7
    stock = round(shipped[90] / 90 * shop.plan["cover"][place] * (1 - 0.012 * weeks_ago))
    is_slow = shop.plan["cover"][place] > 180
    inbound = 0 if is_slow else stock // 8
    days = stock * 30 / shipped[30]
    row: dict[str, object] = STORY["inventory"] | {
        "snapshot-date": taken,
        "Inventory age snapshot date": taken,
        "Last updated date for Historical Days of Supply": taken - timedelta(days=4),
        "sku": shop.sku(place),
        "fnsku": f"X00FAC{place:04}",
        "asin": product["asin"],
        "product-name": f"{STORY['brand']} {product['name']}",
        "available": stock - stock // 60,
        "Total Reserved Quantity": stock // 60,
        "Reserved FC Processing": stock // 60,
        "currency": shop.plan["currency"],
        "marketplace": shop.name,
        "sales-rank": round(product["rank"] * shop.noise(0.1)),
        "item-volume": product["volume"],
        "storage-volume": f"{product['volume'] * stock:.4f}",
        "sell-through": f"{shipped[90] / stock:.2f}",
        "days-of-supply": round(days),
        "historical-days-of-supply": f"{days:.1f}",
        "weeks-of-cover-t30": round(days / 7),
        "weeks-of-cover-t90": round(stock * 90 / 7 / shipped[90]),
        "estimated-storage-cost-next-month": f"{product['volume'] * stock * 0.87:.2f}",
        "inbound-quantity": inbound,
        "inbound-shipped": inbound,
        "Inventory Supply at FBA": stock + inbound,
        "Total Days of Supply (including units from open shipments)": round(
            days * (1 + inbound / stock)
        ),
        "fba-inventory-level-health-status": "Excess" if is_slow else "Healthy",
    }
    for name in ("your-price", "sales-price", "featuredoffer-price"):
        row[name] = price
    for span, units in shipped.items():
        row |= {
            f"units-shipped-t{span}": units,
            f"sales-shipped-last-{span}-days": f"{units * price:.2f}",
        }
    return row | ages(stock, round(stock * shop.plan["aged"][place] / 100))


def ages(stock: int, aged: int) -> dict[str, object]:
    """Both generations of age columns, and what Amazon charges for the units over 180 days."""
    young = stock - aged
    quarter, oldest = young * 3 // 4, aged // 4
    month = quarter // 3
    row: dict[str, object] = {
        "inv-age-0-to-90-days": quarter,
        "inv-age-0-to-30-days": quarter - 2 * month,
        "inv-age-31-to-60-days": month,
        "inv-age-61-to-90-days": month,
        "inv-age-91-to-180-days": young - quarter,
        "inv-age-181-to-270-days": aged - oldest,
        "inv-age-271-to-365-days": oldest,
        "inv-age-181-to-330-days": aged,
        "inv-age-331-to-365-days": 0,
        "inv-age-366-to-455-days": 0,
        "inv-age-456-plus-days": 0,
    }
    carry = CarryingRounder()
    for span, fee in SURCHARGES.items():
        units = carry.whole((oldest / 2) if fee > 0.1 else (aged - oldest) / 3)
        row[f"quantity-to-be-charged-ais-{span}-days"] = units
        row[f"estimated-ais-{span}-days"] = f"{units * fee:.2f}"
    return row


def inventory_file(shop: Shop, taken: date) -> str:
    """Manage Inventory Health, every field in quotes."""
    text = io.StringIO()
    columns = STORY["inventory_columns"].split(",")
    writer = csv.DictWriter(text, columns, restval="", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(inventory_row(shop, place, taken) for place in range(len(PRODUCTS)))
    return text.getvalue()


def feedback_lines(shops: list[Shop]) -> Iterable[str]:
    """New reviews by week and product: a file of the team."""
    for week, sunday in enumerate(SUNDAYS):
        for shop in shops:
            for place, product in enumerate(PRODUCTS):
                sold = sum(day.units[place] for day in shop.sales[week * 7 : week * 7 + 7])
                reviews = 1 + round(sold * 0.03 * shop.noise(0.4))
                rating = min(5.0, product["stars"] * shop.noise(0.06))
                negative = round(reviews * (5 - rating) / 4 * shop.noise(0.5))
                issue = product["issue"] if negative else ""
                yield (
                    f"{sunday},{shop.name},{product['asin']},{rating:.1f},{reviews},{negative},{issue}"
                )


def hand_kept_lines(shops: list[Shop]) -> Iterable[str]:
    """KPIs that are in no export, with a line for each week."""
    for week, sunday in enumerate(SUNDAYS):
        for kpi in ("bsr_top10_share", "keyword_coverage"):
            values = [shop.plan[kpi][week] for shop in shops]
            for shop, value in zip(shops, values, strict=True):
                yield f"{sunday},{shop.name},{kpi},{value},"
            yield f"{sunday},ALL,{kpi},{sum(values) / len(values):.1f},mean of the shops"
        for shop in shops:
            note = STORY["notes"].get(shop.name, "") if week == WEEKS - 1 else ""
            yield f"{sunday},{shop.name},fba_fee_share,{shop.plan['fba_fee_share'][week]},{note}"


def write(file: Path, lines: Iterable[str], bom: bool = False) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(lines) + "\n"
    file.write_text(text, "utf-8-sig" if bom else "utf-8", newline="\n")


def write_shop(shop: Shop, folder: Path) -> None:
    """Write everything that the team downloads for one shop."""
    form = STORY["formats"][shop.name]
    search = folder / f"search-term-{LAST_DAY}.csv"
    write(search, [form["search_header"], *search_lines(shop)], form["bom"])
    business = folder / f"business-report-{LAST_DAY}.csv"
    write(business, [form["business_header"], *business_lines(shop)], form["bom"])
    returned = folder / f"fba-returns-{LAST_DAY}.txt"
    write(returned, [STORY["formats"]["returns"]["header"], *return_lines(shop)])
    for taken in SUNDAYS[-3:]:
        write(folder / f"inventory-health-{taken}.csv", inventory_file(shop, taken).splitlines())


def print_figures(shop: Shop) -> None:
    """Print the figures of the last two weeks, for the texts of the agendas."""
    for back in (1, 0):
        week = slice((WEEKS - 1 - back) * 7, (WEEKS - back) * 7)
        days = shop.sales[week]
        ads = [ad for ad in shop.ads if days[0].day <= ad.day <= days[-1].day]
        spend, attributed = sum(ad.spend for ad in ads) / 100, sum(ad.sales for ad in ads) / 100
        units, sessions = sum(sum(day.units) for day in days), sum(day.sessions for day in days)
        sales = sum(day.sales for day in days) / 100
        print(
            f"{shop.name} week to {days[-1].day}: spend {spend:,.2f} ad sales {attributed:,.2f} "
            f"ACoS {spend / attributed:.1%} TACoS {spend / sales:.1%} sales {sales:,.2f} "
            f"units {units} sessions {sessions} CVR {units / sessions:.2%} "
            f"ad orders {sum(ad.orders for ad in ads)} clicks {sum(ad.clicks for ad in ads)}"
        )


def main(folder: Path) -> None:
    """Write every file of the sample into `folder`."""
    shops = [Shop(plan) for plan in STORY["shops"]]
    for shop in shops:
        write_shop(shop, folder / shop.name)
        print_figures(shop)
    header = "date,marketplace,asin,rating,reviews_new,negative_new,top_issue"
    write(folder / "customer_feedback.csv", [header, *feedback_lines(shops)])
    header = "week_ending,marketplace,kpi,value,note"
    write(folder / "kpi_values.csv", [header, *hand_kept_lines(shops)])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "agendas" / "weekly" / "data")
