"""Fixtures of the tests of rendering: a whole meeting, and the languages."""

from datetime import UTC, date, datetime, timedelta
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import facilitator
from facilitator.domain.action import ActionId, ActionItem, ActionStatus
from facilitator.domain.agenda import Agenda, Item, ItemId, ItemKind
from facilitator.domain.carry_over import CarryOver, NextNumbers, Override
from facilitator.domain.decision import Decision, DecisionId, Option, OptionId, Outcome, Ruling
from facilitator.domain.errors import N_, Diagnostic, message
from facilitator.domain.events.actions import ActionAdded, ActionClosed, ActionReviewed
from facilitator.domain.events.clock import ItemSkipped, ItemStarted, MeetingResumed, TimeboxChanged
from facilitator.domain.events.decisions import DecisionProposed, DecisionRuled
from facilitator.domain.events.focus import FocusAnswered
from facilitator.domain.events.kpis import CauseGiven, KpiAnswered, KpisLoaded
from facilitator.domain.events.meeting import (
    AttendanceTaken,
    MeetingClosed,
    MeetingEvent,
    MeetingOpened,
    OpenPointAccepted,
    StepUndone,
)
from facilitator.domain.events.notes import NoteTaken, TopicClosed, TopicParked
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpis.causes import CauseCount
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace, Source
from facilitator.domain.kpis.kpi import KpiDefinition, KpiId, Rates, Target, Unit, Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import KpiSeries, Limits, Reading, Scorecard, Side, Signal
from facilitator.domain.note import Note, NoteId, ParkedTopic, TopicId, TopicStatus
from facilitator.domain.people import Duty, Person, PersonId
from facilitator.domain.proposal import Experiment
from facilitator.render.language import Language

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)
LAST_TIME = date(2026, 11, 16)
HAN, LIN, QIN, ZHOU = (PersonId(each) for each in ("han", "lin", "qin", "zhou"))


def at(minute: int, second: int = 0) -> datetime:
    """Return the time some minutes past ten in Shanghai."""
    ten = datetime(2026, 11, 23, 2, tzinfo=UTC)
    return ten + timedelta(minutes=minute, seconds=second)


def _item(name: str, title: str, minutes: int, **more: object) -> Item:
    return Item(id=ItemId(name), title=title, timebox=timedelta(minutes=minutes), **more)  # type: ignore[arg-type]


AGENDA = Agenda(
    title="Weekly Amazon operations review",
    series="weekly",
    starts=at(0).astimezone(SHANGHAI),
    length=timedelta(minutes=60),
    currency=Currency("CNY"),
    people=(
        Person(
            id=ZHOU,
            name="Zhou Lan",
            role="boss",
            hourly_rate=160,
            duties=(Duty.DECIDER,),
        ),
        Person(
            id=HAN,
            name="Han Mei",
            role="operator",
            department="Advertising",
            hourly_rate=80,
            duties=(Duty.FACILITATOR, Duty.RECORDER),
        ),
        Person(
            id=LIN,
            name="Lin Tao",
            role="operator",
            department="Supply chain",
            hourly_rate=80,
            duties=(Duty.TIMEKEEPER,),
        ),
        Person(id=QIN, name="秦雨", role="finance", hourly_rate=80),
    ),
    items=(
        _item(
            "focus",
            "Today's focus",
            5,
            kind=ItemKind.OPENING,
            question="What do you most want me to focus on right now?",
        ),
        _item("kpis", "KPIs vs target", 10, kind=ItemKind.KPI_REVIEW, lead=HAN),
        _item("ads", "Advertising", 10, lead=HAN),
        _item("decisions", "Decisions", 12, kind=ItemKind.DECISIONS, lead=ZHOU),
        _item("supply", "Supply chain", 8, lead=LIN),
        _item("other", "Anything else", 3),
    ),
    decisions=(
        Decision(
            id=DecisionId(""),
            question="Raise the sponsored products budget by 20 %?",
            options=(
                Option(
                    id=OptionId("A"),
                    title="Raise it for two weeks",
                    cost="$900",
                    expected="+$3,600 sales",
                ),
                Option(id=OptionId("B"), title="Leave it", cost="$0"),
            ),
            recommended=OptionId("A"),
            why="ROAS was above 3 in 11 of 13 weeks",
            proposer=HAN,
            decider=ZHOU,
        ),
        Decision(
            id=DecisionId(""),
            question="Test a new main image for the garlic press?",
            options=(
                Option(id=OptionId("A"), title="A/B test for four weeks", cost="$120"),
                Option(id=OptionId("B"), title="Wait for the new photographs"),
            ),
            recommended=OptionId("B"),
        ),
    ),
)

CARRIED = CarryOver(
    actions=(
        ActionItem(
            id=ActionId("A4"),
            title="Lower 12 bids above 40 % ACoS",
            owner=HAN,
            due=date(2026, 11, 20),
            first_due=date(2026, 11, 13),
            criterion="DE ACoS below 25 % for 7 days",
            decision=DecisionId("D3"),
            carried=1,
        ),
        ActionItem(
            id=ActionId("A5"),
            title="Send 240 stretch lids to LEJ1",
            owner=LIN,
            due=date(2026, 11, 20),
            criterion="shipment closed",
        ),
        ActionItem(id=ActionId("A6"), title="Ask the forwarder for a rate", owner=PersonId("old")),
    ),
    decisions=(
        Decision(
            id=DecisionId("D5"),
            question="Clear the slow stock in DE?",
            times_postponed=1,
        ),
    ),
    topics=(ParkedTopic(id=TopicId("P1"), text="VAT number for PL", parked_on=LAST_TIME),),
    causes=(
        CauseCount(
            kpi=KpiId("acos"),
            text="competitor cut the price",
            times=2,
            first_on=date(2026, 10, 5),
            last_on=LAST_TIME,
        ),
    ),
    focus="Get DE advertising back under 25 %",
    met_on=LAST_TIME,
    numbers=NextNumbers(action=7, decision=6, topic=2),
)


def _series(
    kpi: str, where: str, before: float | None, now: float | None, **more: object
) -> KpiSeries:
    missing = () if now is not None else ("rate:GBP",)
    return KpiSeries(
        kpi=KpiId(kpi),
        marketplace=Marketplace(where),
        readings=(
            Reading(week_end=date(2026, 11, 15), value=before),
            Reading(week_end=date(2026, 11, 22), value=now, missing=missing),
        ),
        **more,  # type: ignore[arg-type]
    )


def _definition(
    kpi: str, name: str, zh: str, note: str, note_zh: str, **more: object
) -> KpiDefinition:
    return KpiDefinition(
        id=KpiId(kpi),
        name=name,
        name_zh=zh,
        group="sales",
        numerator=("ad_spend",),
        note=note,
        note_zh=note_zh,
        **more,  # type: ignore[arg-type]
    )


ADS = ("search-term-de.csv", "search-term-us.xlsx")
SCORECARD = Scorecard(
    week=Week(end=date(2026, 11, 22)),
    definitions=(
        _definition(
            "acos",
            "ACoS",
            "广告销售成本比 ACoS",
            "Ad spend ÷ ad sales.",
            "广告花费 ÷ 广告销售额。",
        ),
        _definition(
            "turnover",
            "Inventory turnover",
            "库存周转率",
            "Units shipped in 90 days, for a year, ÷ units on hand.",
            "近 90 天出货量年化 ÷ 现有库存。",
            unit=Unit.PER_YEAR,
        ),
        _definition("tacos", "TACoS", "总广告成本占比", "", ""),
        _definition("rating", "Review rating", "评分", "", "", unit=Unit.STARS),
        _definition("return_rate", "Return rate", "退货率", "", ""),
        _definition("roas", "ROAS", "广告投资回报率", "", "", unit=Unit.RATIO, decimals=2),
    ),
    series=(
        _series("acos", ALL, 23.9, 24.6, target=Target(at_most=25), sources=ADS),
        _series(
            "acos",
            "DE",
            31.0,
            35.1,
            target=Target(at_most=25),
            sources=ADS[:1],
            signal=Signal(
                limits=Limits(centre=27.2, lower=23.1, upper=31.3, points=13),
                points=13,
                left_out=1,
                outside=Side.HIGH,
            ),
        ),
        _series("acos", "US", 22.3, 22.1, target=Target(at_most=25), sources=ADS[1:]),
        _series(
            "turnover", ALL, 3.9, 3.7, target=Target(at_least=4), sources=("inventory-health.txt",)
        ),
        _series("tacos", ALL, None, None, target=Target(at_least=5, at_most=15)),
        _series(
            "rating",
            ALL,
            4.4,
            4.4,
            signal=Signal(
                limits=Limits(centre=4.5, lower=4.3, upper=4.7, points=9),
                points=9,
                drift=Side.LOW,
            ),
        ),
        _series("return_rate", ALL, 4.8, 5.3, target=Target(at_most=5)),
        _series("roas", ALL, 4.18, 4.07, target=Target(at_least=3, strict=True), sources=ADS),
    ),
    owners=((KpiId("acos"), HAN),),
    sources=(
        Source(
            file="inventory-health.txt",
            kind="inventory-health",
            title="Manage Inventory Health",
            sha256="9c1e5a7740bd5f",
            first_day=date(2026, 11, 22),
            last_day=date(2026, 11, 22),
            rows_read=24,
            rows_kept=24,
        ),
        Source(
            file="search-term-de.csv",
            kind="search-term",
            title="Search Term Report",
            sha256="51d0c3b2a1f00e",
            first_day=date(2026, 8, 24),
            last_day=date(2026, 11, 22),
            rows_read=1204,
            rows_kept=1201,
            rows_refused=3,
        ),
        Source(
            file="search-term-us.xlsx",
            kind="search-term",
            title="Search Term Report",
            sha256="e07f6611bb08aa",
            first_day=date(2026, 11, 16),
            last_day=date(2026, 11, 22),
            rows_read=2000,
            rows_kept=2000,
        ),
    ),
    problems=(
        Diagnostic(
            file="search-term-de.csv",
            row=17,
            column="Spend",
            message=message(
                N_("“{cell}” is not a number, or is written differently from the other rows."),
                cell="n/a",
            ),
        ),
    ),
    rates=Rates(base=Currency("USD"), on=date(2026, 11, 20), per_unit=((Currency("EUR"), 1.0842),)),
    occasions=(
        Occasion(
            first_day=date(2026, 11, 10),
            last_day=date(2026, 11, 11),
            what="Singles’ Day",
            marketplaces=(Marketplace("DE"), Marketplace("US")),
        ),
    ),
)


def _started(minute: int, name: str, second: int = 0) -> ItemStarted:
    return ItemStarted(at=at(minute, second), item_id=ItemId(name))


def _noted(minute: int, number: int, item: str, text: str) -> NoteTaken:
    moment = at(minute)
    note = Note(id=NoteId(f"N{number}"), item_id=ItemId(item), text=text, at=moment)
    return NoteTaken(at=moment, note=note)


def _ruled(minute: int, decision: str, outcome: Outcome, why: str, **more: object) -> DecisionRuled:
    ruling = Ruling(outcome=outcome, at=at(minute), rationale=why, decider=ZHOU, **more)  # type: ignore[arg-type]
    return DecisionRuled(at=at(minute), decision_id=DecisionId(decision), ruling=ruling)


EVENTS: tuple[MeetingEvent, ...] = (
    MeetingOpened(
        at=at(1),
        agenda=AGENDA,
        carried=CARRIED,
        overrides=(
            Override(subject="Customer feedback is missing.", reason="The tool is down today"),
        ),
    ),
    AttendanceTaken(at=at(1), absent=(QIN,)),
    _started(1, "focus"),
    KpisLoaded(at=at(2), scorecard=SCORECARD),
    FocusAnswered(at=at(4), text="Sell the slow stock in DE before the Q4 storage fees."),
    _started(6, "kpis"),
    KpiAnswered(
        at=at(9),
        answer=KpiAnswer(
            kpi=KpiId("acos"),
            marketplace=Marketplace("DE"),
            verdict=Verdict.EXPLAINED,
            causes=("Broad lid terms got dearer and convert worse", "Competitor cut the price"),
            proposal="A new main image, with the price kept",
            experiment=Experiment(
                variant="Image with the pan", metric="CTR of the lids", until=date(2026, 12, 7)
            ),
            evidence="search-term-de.csv, the first 12 terms",
        ),
    ),
    KpiAnswered(at=at(9, 40), answer=KpiAnswer(kpi=KpiId("return_rate"), verdict=Verdict.NORMAL)),
    CauseGiven(at=at(10), kpi=KpiId("roas"), text="Follows ACoS"),
    TimeboxChanged(at=at(14), item_id=ItemId("kpis"), by=timedelta(minutes=2)),
    _noted(
        12,
        1,
        "kpis",
        "Competitor cut the price of B0FAC00101 to 24.99\n# we keep ours until Friday\n\n"
        "Look again on Monday: *no* discount.",
    ),
    MeetingResumed(at=at(17, 12), stopped_at=at(16)),
    _started(20, "ads", 24),
    ActionReviewed(at=at(22), action_id=ActionId("A4"), note="8 of 12 lowered", due=TODAY),
    ActionReviewed(at=at(23), action_id=ActionId("A5")),
    ActionClosed(
        at=at(24), action_id=ActionId("A5"), status=ActionStatus.DONE, evidence="FBA17XK2 | closed"
    ),
    _started(29, "decisions"),
    _ruled(31, "D6", Outcome.CHOSEN, "too dear", option=OptionId("B")),
    StepUndone(at=at(32)),
    _ruled(
        33,
        "D6",
        Outcome.CHOSEN,
        "ROAS was above 3 in 11 of 13 weeks",
        option=OptionId("A"),
    ),
    ActionAdded(
        at=at(34),
        action=ActionItem(
            id=ActionId("A7"),
            title="Raise the daily budget of SP-Lids-US from $50 to $60",
            owner=HAN,
            due=date(2026, 11, 27),
            first_due=date(2026, 11, 27),
            criterion="ACoS of the campaign stays below 25 %",
            decision=DecisionId("D6"),
            kpi=KpiId("acos"),
            created_on=TODAY,
        ),
    ),
    _ruled(36, "D5", Outcome.POSTPONED, "no quote yet", until=date(2026, 11, 30)),
    _ruled(37, "D7", Outcome.CHOSEN, "the old image is stale", option=OptionId("A")),
    DecisionProposed(
        at=at(38),
        decision=Decision(
            id=DecisionId("D8"),
            question="Drop the spiralizer?",
            kpi=KpiId("turnover"),
            marketplace=Marketplace("DE"),
        ),
    ),
    ActionAdded(
        at=at(39), action=ActionItem(id=ActionId("A8"), title="Find a second photographer")
    ),
    KpiAnswered(
        at=at(39, 30),
        answer=KpiAnswer(kpi=KpiId("rating"), verdict=Verdict.UNKNOWN, action=ActionId("A9")),
        action=ActionItem(
            id=ActionId("A9"),
            title="Find the cause: Review rating",
            owner=LIN,
            due=date(2026, 11, 27),
            criterion="The cause of Review rating is named, with figures",
            kpi=KpiId("rating"),
        ),
    ),
    TopicParked(
        at=at(40),
        topic=ParkedTopic(
            id=TopicId("P2"), text="Bundles for Q1", parked_on=TODAY, during="Decisions"
        ),
    ),
    TopicClosed(at=at(41), topic_id=TopicId("P1"), status=TopicStatus.SETTLED),
    ItemSkipped(at=at(44), item_id=ItemId("supply")),
    OpenPointAccepted(
        at=at(56),
        override=Override(subject="decision:D8", reason="Needs the figures of December"),
    ),
    MeetingClosed(at=at(57)),
)


@pytest.fixture(scope="session")
def english() -> Language:
    return Language()


def _read_chinese() -> Language:
    """Return Chinese from the source of its catalog, so that no compiled one is needed."""
    po = Path(facilitator.__file__).parent / "locale/zh_CN/LC_MESSAGES/facilitator.po"
    compiled = BytesIO()
    with po.open("rb") as source:
        write_mo(compiled, read_po(source, locale="zh_CN"))
    compiled.seek(0)
    return Language(tag="zh_CN", translations=GNUTranslations(compiled))


@pytest.fixture(scope="session")
def chinese() -> Language:
    return _read_chinese()


@pytest.fixture(scope="session")
def story() -> tuple[MeetingEvent, ...]:
    """The events of one whole meeting."""
    return EVENTS
