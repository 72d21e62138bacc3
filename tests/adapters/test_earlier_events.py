"""Meetings of an earlier version of the program, with every kind of event of that time.

What it wrote lies in `earlier_all_events` and is never written anew: the names of the events and
of their fields must stay readable, whatever the classes are called now.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copytree

import msgspec
import pytest
from msgspec.structs import replace

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.catalogs import load_language
from facilitator.adapters.event_codec import decode_line, encode_line
from facilitator.adapters.incident_journal import IncidentJournal
from facilitator.adapters.journal_reader import find_journals, read_journal
from facilitator.adapters.library_file import LibraryFile
from facilitator.adapters.publication_file import read_publication
from facilitator.domain.action import ActionItem, ActionStatus, Recourse
from facilitator.domain.agenda import ItemId, Module
from facilitator.domain.carry_over import NextNumbers, Override
from facilitator.domain.decision import Decision, DecisionId, DecisionKind, Outcome, PositionKind
from facilitator.domain.entry import Entry
from facilitator.domain.event_history import replay
from facilitator.domain.events.meeting import MeetingEvent
from facilitator.domain.focus import FocusReview
from facilitator.domain.incident import IncidentId, IncidentKind, IncidentReview, Recipient
from facilitator.domain.kpi_answer import Verdict
from facilitator.domain.kpis.facts import ALL, Currency, Marketplace
from facilitator.domain.kpis.kpi import KpiId, MarketplaceTarget, Target, Unit, Week
from facilitator.domain.kpis.occasion import Occasion
from facilitator.domain.kpis.scorecard import Limits, PastValue, Side, TargetStatus
from facilitator.domain.lost_time import LossCause
from facilitator.domain.meeting import ItemState, Meeting
from facilitator.domain.note import Note, ParkedTopic, TopicStatus
from facilitator.domain.past.meetings import PastMeeting
from facilitator.domain.people import Duty, PersonId
from facilitator.domain.proposal import Experiment, Reallocation, Request, RiskProposal
from facilitator.domain.rating import Rating
from facilitator.domain.risk import Risk, RiskId, RiskState
from facilitator.domain.track_record import TrackRecord
from facilitator.render.minutes import render_minutes
from facilitator.session.stored_meetings import MeetingId
from tests.factories import all_event_types, event_types

EARLIER = Path(__file__).with_name("earlier_all_events")
KINDS = (
    "ActionAccepted", "ActionAdded", "ActionChanged", "ActionClosed", "ActionMoved",
    "ActionReviewed", "ActionRuled", "AttendanceTaken", "CauseGiven", "ClockTicked",
    "DecisionChanged", "DecisionProposed", "DecisionReopened", "DecisionRuled",
    "DefinitionAgreed", "DraftSaved", "FocusAnswered", "FocusReviewed", "IncidentDetected",
    "IncidentRecovered", "IncidentReviewed", "IncidentTold", "ItemDropped", "ItemSkipped",
    "ItemStarted", "KpiAnswered", "KpisLoaded", "MeetingClosed", "MeetingContinued",
    "MeetingOpened", "MeetingPaused", "MeetingRated", "MeetingReopened", "MeetingResumed",
    "MeetingSuspended", "NoProblemSigned", "NoteChanged", "NoteTaken", "NoteTurned",
    "OccasionMarked", "OpenEndAccepted", "PenHandedOver", "RiskChanged", "RiskClosed",
    "RiskNamed", "SensitivityMarked", "ShortcutAccepted", "StanceTaken", "StepRedone",
    "StepUndone", "TimeLost", "TimeboxChanged", "TopicClosed", "TopicParked",
)  # fmt: skip
"""As written in the journals."""
NEWER: frozenset[type[MeetingEvent]] = frozenset()
"""Kinds of event that were added to the program after these meetings."""

FIRST, SECOND, THIRD, FOURTH = (
    MeetingId(f"2026-{day}-weekly") for day in ("11-30", "12-07", "12-14", "12-21")
)
LAUNCH = MeetingId("2026-12-02-launch")
NEXT_WEEK = date(2026, 12, 28)

CHEN, WANG, LI, ZHAO, SUN = (PersonId(each) for each in ("chen", "wang", "li", "zhao", "sun"))
ACOS, CVR, RANK, COUPONS = (
    KpiId(each) for each in ("acos", "cvr", "bsr_top10_share", "coupon_share")
)
US, UK = Marketplace("US"), Marketplace("UK")
JOURNALS = (
    "incidents.jsonl",
    "between-weekly.jsonl",
    *(f"{each}/journal.jsonl" for each in (FIRST, LAUNCH, SECOND, THIRD, FOURTH)),
)


@pytest.fixture
def meetings(tmp_path: Path) -> Path:
    return copytree(EARLIER, tmp_path / "meetings")


def lines_of(journal: str) -> list[bytes]:
    return (EARLIER / journal).read_bytes().splitlines(keepends=True)


def events_of(meeting: MeetingId) -> tuple[MeetingEvent, ...]:
    reading = read_journal(EARLIER / meeting / "journal.jsonl")
    assert reading.problems == ()
    return reading.events


def held(meeting: MeetingId) -> Meeting:
    """Return the meeting that a journal gives."""
    return replay(events_of(meeting))


def ids(entries: Iterable[ActionItem | Decision | ParkedTopic | Risk]) -> str:
    return " ".join(each.id for each in entries)


def ruled(meeting: Meeting) -> list[tuple[str, Outcome | None, str | None, str]]:
    """Return the ruling of each decision."""
    return [
        (
            each.id,
            each.ruling.outcome if each.ruling else None,
            each.ruling.option if each.ruling else None,
            each.ruling.rationale if each.ruling else "",
        )
        for each in meeting.decisions
    ]


def open_library(meetings: Path) -> LibraryFile:
    """Return the library, brought up to date as the program does when it opens it."""
    library = LibraryFile(meetings / "library.json")
    assert library.sync(meetings) == ()
    return library


def test_the_earlier_journals_hold_every_kind_of_event() -> None:
    told = {json.loads(line)["type"] for journal in JOURNALS for line in lines_of(journal)}
    assert told == set(KINDS)
    assert len(KINDS) == 54


def test_every_earlier_type_name_maps_to_its_own_class() -> None:
    events = (decode_line(line).event for journal in JOURNALS for line in lines_of(journal))
    assert event_types(events) == set(all_event_types()) - NEWER


@pytest.mark.parametrize("journal", JOURNALS)
def test_every_line_is_encoded_today_as_it_was_then(journal: str) -> None:
    for line in lines_of(journal):
        assert encode_line(decode_line(line)) == line


@pytest.mark.parametrize(
    ("meeting", "count"), [(FIRST, 113), (LAUNCH, 6), (SECOND, 82), (THIRD, 35), (FOURTH, 5)]
)
def test_nothing_of_a_journal_is_lost(meeting: MeetingId, count: int) -> None:
    assert len(events_of(meeting)) == count


def test_the_agenda_of_the_first_meeting_is_read() -> None:
    agenda = held(FIRST).agenda
    assert (agenda.title, agenda.series, agenda.language) == (
        "Weekly operations 周会",
        "weekly",
        "en",
    )
    assert agenda.starts.isoformat() == "2026-11-30T10:00:00+08:00"
    assert (agenda.length, agenda.notice) == (timedelta(hours=1), timedelta(hours=48))
    assert (agenda.currency, agenda.country, agenda.timezone) == ("CNY", "CN", "Asia/Shanghai")
    assert agenda.sent_at == datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
    assert [(each.id, each.name, each.hourly_rate, each.supervisor) for each in agenda.people] == [
        (CHEN, "陈静", 400, None),
        (WANG, "王磊", 160, None),
        (LI, "李倩", 90, WANG),
        (ZHAO, "Zhao Min", 90.5, WANG),
        (SUN, "Sun Hao", 110, None),
    ]
    assert [each.duties for each in agenda.people] == [
        (Duty.DECIDER,), (Duty.FACILITATOR,), (Duty.RECORDER,), (), (Duty.TIMEKEEPER,)
    ]  # fmt: skip
    assert (agenda.people[0].role, agenda.people[0].department) == ("老板", "管理层")
    modules = [each.module for each in agenda.items if each.module]
    assert modules == [Module.ADVERTISING, Module.LISTINGS, Module.SUPPLY_CHAIN]
    assert [each.id for each in agenda.items if each.is_protected] == [
        "focus", "incident-review", "decisions"
    ]  # fmt: skip
    assert [each.id for each in agenda.items if each.may_be_cut] == ["supply", "wrap-up"]
    assert [each.id for each in agenda.items if each.is_sensitive] == ["staff"]
    assert agenda.items[0].question == "当前最希望我聚焦解决的问题是什么?"
    assert agenda.kpis[0].target == Target(at_most=25, strict=True)
    assert (agenda.data.timezone, agenda.data.year_starts_in) == ("Asia/Tokyo", 4)
    assert (agenda.data.signals.swing, agenda.data.disagreement) == (0.12, 0.04)
    assert [(each.kind, each.is_required) for each in agenda.data.reports] == [
        ("business", True), ("kpi-values", False)
    ]  # fmt: skip
    day_off = agenda.working_days.day_off(date(2027, 1, 1))
    assert day_off is not None
    assert (day_off.name("en"), day_off.name("zh_CN")) == ("New Year's Day", "元旦")


def test_the_clock_of_the_first_meeting_is_unchanged() -> None:
    meeting = held(FIRST)
    assert meeting.opened_at == datetime(2026, 11, 30, 2, 2, tzinfo=UTC)
    assert meeting.closed_at == datetime(2026, 11, 30, 3, 4, tzinfo=UTC)
    assert [
        (each.item.id, each.state, each.spent.seconds, each.timebox.seconds)
        for each in meeting.items
    ] == [
        ("focus", ItemState.DONE, 105, 240),
        ("incident-review", ItemState.DONE, 100, 300),
        ("last-week", ItemState.DONE, 20, 360),
        ("kpis", ItemState.DONE, 220, 480),
        ("ads", ItemState.DONE, 360, 330),
        ("listings", ItemState.DONE, 100, 660),
        ("supply", ItemState.DONE, 200, 360),
        ("staff", ItemState.DONE, 40, 240),
        ("tools", ItemState.DROPPED, 0, 180),
        ("decisions", ItemState.DONE, 1005, 540),
        ("wrap-up", ItemState.SKIPPED, 0, 120),
    ]
    tools = meeting.item(ItemId("tools"))
    assert tools is not None
    assert tools.reason == "没有时间"
    (gap,) = meeting.interruptions
    assert (gap.is_suspension, gap.length) == (True, timedelta(minutes=25))


def test_attendance_and_people_of_the_first_meeting_are_unchanged() -> None:
    meeting = held(FIRST)
    assert (meeting.absent, meeting.unread, meeting.signed) == ((SUN,), (ZHAO,), (SUN,))
    assert [who for _, who in meeting.recorder_changes] == [ZHAO, SUN]
    assert (meeting.focus, meeting.drafts) == ("Stock before the holidays\n节前备货", ())
    assert meeting.overrides == (Override(subject="Report business of UK is old", reason="补发中"),)
    assert meeting.accepted == (
        Override(subject="decision:D8", reason="下周再说"),
        Override(subject="action:A4:wording", reason="下周再说"),
    )
    assert [(each.cause, each.time.seconds, each.about) for each in meeting.lost_times] == [
        (LossCause.OFF_TOPIC, 60, "Reviews of the new bottle"),
        (LossCause.NO_PRE_READ, 120, "The stock list"),
        (LossCause.UNCLEAR_RIGHTS, 60, "谁定价"),
    ]
    assert meeting.ratings == (
        Rating(person=CHEN, score=9),
        Rating(person=WANG, score=6, reason="超时"),
        Rating(person=LI, score=8, reason="Clear"),
    )
    assert meeting.numbers == NextNumbers(action=10, decision=10, topic=5, risk=4, note=7)


def test_the_action_items_of_the_first_meeting_are_unchanged() -> None:
    meeting = held(FIRST)
    assert [
        (each.id, each.title, each.owner, each.due and each.due.isoformat(), each.status)
        for each in meeting.actions
    ] == [
        ("A1", "Find why the ACoS of the US rose", ZHAO, "2026-12-04", ActionStatus.OPEN),
        ("A2", "Ask the agency for its report", ZHAO, "2026-12-03", ActionStatus.OPEN),
        ("A3", "把 B0FAC00102 的竞价下调 20%", ZHAO, "2026-12-04", ActionStatus.OPEN),
        (
            "A4",
            "Set the new budget in all US campaigns",
            LI,
            "2026-12-01",
            ActionStatus.IN_PROGRESS,
        ),
        ("A5", "Photograph the press", ZHAO, "2026-12-07", ActionStatus.OPEN),
        ("A6", "Tell the forwarder", SUN, "2026-11-30", ActionStatus.DONE),
        ("A7", "约谈离职员工", WANG, "2026-12-04", ActionStatus.OPEN),
        ("A8", "Count the boxes in the old warehouse", SUN, "2026-12-04", ActionStatus.OPEN),
        ("A9", "写双十一复盘", LI, "2026-12-04", ActionStatus.BLOCKED),
    ]
    _, agency, bids, budget, photo, mail, talk, _, look_back = meeting.actions
    assert agency.criterion == "The report is in the folder"
    assert (bids.kpi, bids.marketplace, bids.taken_by) == (ACOS, US, ZHAO)
    assert (budget.decision, talk.decision) == ("D1", "D5")
    assert (photo.given_by, photo.shortcut_reason, photo.taken_by) == (CHEN, "王磊知情", None)
    assert (mail.evidence, look_back.blocked_by) == ("Mail of 10:40", "数据还没导出")
    assert {each.created_on for each in meeting.actions} == {date(2026, 11, 30)}


def test_the_decisions_of_the_first_meeting_are_unchanged() -> None:
    meeting = held(FIRST)
    assert ruled(meeting) == [
        ("D1", Outcome.CHOSEN, "A", "The evenings sell best."),
        ("D2", Outcome.CHOSEN, "B", "试四周"),
        ("D3", Outcome.POSTPONED, None, "No figures of the UK yet"),
        ("D4", Outcome.POSTPONED, None, "等货代回复"),
        ("D5", Outcome.CHOSEN, "B", "旺季缺人"),
        ("D6", Outcome.CHOSEN, "A", "It paid for itself twice."),
        ("D7", Outcome.RETURNED, None, "Share, ROI and horizon"),
        ("D8", None, None, ""),
        ("D9", Outcome.CHOSEN, "B", "The ship is faster than told"),
    ]
    budget, image, money, insurance, staff, coupon, video, france, air = meeting.decisions
    assert (budget.question, budget.proposed_on) == (
        "Raise the US budget by a fifth?", date(2026, 11, 27)
    )  # fmt: skip
    assert [(each.title, each.cost, each.expected) for each in budget.options] == [
        ("By 20 %", "USD 311 a week", "USD 1 245 of sales"),
        ("不动预算", "", ""),
    ]
    assert [(each.person, each.view, each.words) for each in budget.stances] == [
        (SUN, PositionKind.AGAINST, "Too dear this month"),
        (ZHAO, PositionKind.FOR, ""),
        (LI, PositionKind.ABSTAINED, ""),
    ]
    assert budget.lapsed is not None
    assert (budget.lapsed.person, budget.lapsed.view, budget.lapsed.words) == (
        WANG, PositionKind.VETTED, "数字核过"
    )  # fmt: skip
    assert budget.shortcut_reason == "主管出差"
    assert (budget.kpi, budget.marketplace) == (RANK, US)
    assert budget.ruling is not None
    assert (budget.ruling.kpi_value, budget.ruling.review_on) == (48.0, date(2026, 12, 7))
    assert image.ruling is not None
    assert (image.ruling.amendment, image.ruling.decider) == ("只在美国站", WANG)
    assert (image.ruling.outside_on, image.ruling.on) == (date(2026, 11, 28), date(2026, 11, 28))
    assert money.ruling is not None
    assert money.ruling.until == date(2026, 12, 14)
    assert (coupon.kpi, insurance.times_postponed, staff.is_sensitive) == (CVR, 1, True)
    assert (video.is_incomplete, france.options, air.background) == (True, (), "海运晚两周")


def test_the_proposals_of_the_first_meeting_are_unchanged() -> None:
    budget, image, money, insurance, staff, _, video, *_ = held(FIRST).decisions
    assert budget.request == Request(
        amount=311,
        currency=Currency("USD"),
        share=20,
        past_roi=4.43,
        roi_file="data/roi.csv",
        uplift=1245,
        weeks=1,
        kpi_to=60,
    )
    assert image.experiment == Experiment(
        variant="白底特写", metric="转化率", until=date(2026, 12, 28)
    )
    assert money.reallocation == Reallocation(source=US, target=UK, amount="USD 500 a month")
    assert insurance.risk == RiskProposal(
        threat="The port strikes", solution="Insurance for USD 900"
    )
    assert video.request == Request(amount=800, currency=Currency("EUR"))
    assert staff.kind is DecisionKind.CHOICE


def test_an_undone_ruling_is_still_reported() -> None:
    (taken_back,) = held(FIRST).withdrawn
    assert (taken_back.decision_id, taken_back.ruling.option) == ("D9", "A")


def test_the_converted_notes_of_the_first_meeting_are_unchanged() -> None:
    meeting = held(FIRST)
    assert [(each.id, each.item_id, each.text, each.became) for each in meeting.notes] == [
        ("N1", "ads", "Ranks fell in three shops.", ""),
        ("N2", "ads", "Ask the agency for a report", "A2"),
        ("N3", "ads", "Do we sell in France?", "D8"),
        ("N4", "ads", "第二个仓库", "P1"),
        ("N6", "staff", "谈过两次话", ""),
    ]
    assert [each.id for each in meeting.notes if each.is_sensitive] == ["N1"]
    assert [(each.id, each.text, each.during) for each in meeting.topics] == [
        ("P1", "第二个仓库", "Advertising"),
        ("P3", "Reviews of the new bottle", "Listing 优化进度"),
        ("P4", "包装换轻箱", "Listing 优化进度"),
    ]


def test_the_risks_of_the_first_meeting_are_unchanged() -> None:
    ship, lid, bank = held(FIRST).risks
    assert ship == Risk(
        id=RiskId("R1"),
        text="The ship of B0FAC00102 is late",
        solution="Book 200 units by air",
        owner=SUN,
        state=RiskState.CONTROLLED,
        raised_by=LI,
        raised_on=date(2026, 11, 30),
        kpi=COUPONS,
        marketplace=US,
        decision=DecisionId("D9"),
    )
    assert (lid.text, lid.solution, lid.owner, lid.state) == (
        "盖子漏水", "New seal", LI, RiskState.WATCHED
    )  # fmt: skip
    assert lid.is_sensitive
    assert (bank.state, bank.ended_by) == (RiskState.OVER, "汇率已锁定")


def test_the_scorecard_of_the_first_meeting_is_unchanged() -> None:
    card = held(FIRST).scorecard
    assert card is not None
    assert (card.week, len(card.series)) == (Week(end=date(2026, 11, 29)), 37)
    assert card.owners == ((COUPONS, SUN), (ACOS, ZHAO), (RANK, LI))
    coupons = card.definition(COUPONS)
    assert coupons is not None
    assert (coupons.name_zh, coupons.unit, coupons.weeks) == ("优惠券占比", Unit.COUNT, 2)
    assert coupons.target == Target(at_most=30, at_least=5, strict=True)
    assert coupons.by_marketplace == (
        MarketplaceTarget(marketplace=UK, target=Target(at_most=20)),
    )  # fmt: skip
    assert [(each.currency, each.current.value) for each in card.of(ACOS)] == [
        (None, None),
        ("GBP", 23.574730354391374),
        ("USD", 30.937409506474168),
        (None, 23.574730354391374),
        (None, 30.937409506474168),
    ]
    rank = card.one(RANK, US)
    assert rank is not None
    assert (rank.current.value, rank.status) == (48.0, TargetStatus.OFF_TARGET)
    ads = card.one(ACOS, US)
    assert ads is not None
    assert (ads.current.numerator, ads.current.denominator) == (448.71, 1450.3799999999999)
    assert card.rates is not None
    assert (card.rates.base, card.rates.per_unit) == ("USD", (("EUR", 1.16),))
    assert [(each.measure, each.product) for each in card.disagreements] == [
        ("ad_clicks", "Sponsored Products"),
        ("ad_sales", "Sponsored Products"),
        ("ad_spend", "Sponsored Products"),
    ]
    spend = card.disagreements[-1]
    assert (spend.believed.amount, spend.other.amount) == (1245.82, 872.09)
    unknown, unread, *_ = card.problems
    assert (unknown.file, unknown.line, unknown.key) == ("agendas/weekly/reports.toml", 1, "report")
    assert str(unread.message) == "“2026-11-31x” is not a day that can be read."


def test_the_kpi_answers_of_the_first_meeting_are_unchanged() -> None:
    meeting = held(FIRST)
    assert [
        (each.kpi, each.marketplace, each.verdict, each.causes, each.action)
        for each in meeting.answers
    ] == [
        (RANK, US, Verdict.EXPLAINED, ("Competitor cut the price", "主图老化"), None),
        (ACOS, ALL, Verdict.UNKNOWN, (), "A1"),
        (CVR, UK, Verdict.EXPLAINED, ("Bids rose",), None),
        (COUPONS, US, Verdict.NORMAL, (), None),
    ]
    told = meeting.answers[0]
    assert (told.proposal, told.evidence) == ("换主图", "24.99 since Tuesday")
    assert told.experiment == Experiment(variant="Image B", metric="CTR", until=date(2026, 12, 21))
    assert [
        (each.first_day.isoformat(), each.what, each.marketplaces) for each in meeting.occasions
    ] == [("2026-11-09", "双十一", ()), ("2026-11-16", "Out of stock", (UK,))]
    assert [(each.kpi, each.text) for each in meeting.definitions] == [
        (CVR, "按浏览量加权"),
        (ACOS, "Counted by the day of the click"),
    ]


def test_the_incidents_of_the_first_meeting_are_unchanged() -> None:
    stock, ads = held(FIRST).incidents
    assert (stock.kind, stock.phenomenon) == (
        IncidentKind.OUT_OF_STOCK, "B0FAC00101 显示“目前无货”"
    )  # fmt: skip
    assert stock.review == IncidentReview(
        cause="补货单晚了三天", loss="USD 1 200", lesson="Order at 40 days of cover"
    )
    assert (ads.kind, ads.not_informed) == (IncidentKind.ADS_OUT_OF_CONTROL, (Recipient.BOSS,))
    assert ads.recovered_at == datetime(2026, 11, 30, 2, 4, 45, tzinfo=UTC)


def test_the_focus_review_of_the_second_meeting_is_unchanged() -> None:
    meeting = held(SECOND)
    assert meeting.past_focus == "Stock before the holidays\n节前备货"
    assert meeting.focus_reviews == (
        FocusReview(
            focus="Conversion in the UK 英国站转化率",
            kept=("A2", "A3", "A4", "A5", "A7", "A9", "D1", "D6", "D8", "D10"),
            parked=("A8", "D4"),
            killed=("A1", "D7"),
            reason="不再符合重点",
        ),
    )
    assert [(each.id, each.text, each.status) for each in meeting.topics] == [
        ("P1", "第二个仓库", TopicStatus.SETTLED),
        ("P3", "Reviews of the new bottle", TopicStatus.DROPPED),
        ("P4", "包装换轻箱", TopicStatus.PARKED),
        ("P5", "Count the boxes in the old warehouse", TopicStatus.PARKED),
    ]


def test_the_action_items_of_the_second_meeting_are_unchanged() -> None:
    meeting = held(SECOND)
    assert [(each.id, each.status, each.evidence, each.carried) for each in meeting.actions] == [
        ("A1", ActionStatus.DROPPED, "不再符合重点", 1),
        ("A2", ActionStatus.DROPPED, "The agency left", 1),
        ("A3", ActionStatus.OPEN, "", 1),
        ("A4", ActionStatus.DONE, "六个活动的截图", 1),
        ("A5", ActionStatus.OPEN, "", 1),
        ("A7", ActionStatus.OPEN, "", 1),
        ("A8", ActionStatus.DROPPED, "→ P5", 1),
        ("A9", ActionStatus.DROPPED, "", 1),
        ("A10", ActionStatus.OPEN, "", 0),
        ("A11", ActionStatus.OPEN, "", 0),
        ("A12", ActionStatus.OPEN, "", 0),
        ("A13", ActionStatus.OPEN, "", 0),
    ]
    assert [
        (each.id, each.ruling.recourse, each.ruling.reason, each.ruling.age, each.ruling.decider)
        for each in meeting.actions
        if each.ruling
    ] == [
        ("A5", Recourse.HAND_OVER, "李倩有相机", 1, CHEN),
        ("A7", Recourse.NEW_DATE, "病假", 1, CHEN),
        ("A9", Recourse.SPLIT, "Too big", 1, CHEN),
    ]
    assert [(each.id, each.title) for each in meeting.actions if each.split_from == "A9"] == [
        ("A10", "Export the figures of Singles’ Day"),
        ("A11", "写三页复盘"),
    ]
    bids = meeting.actions[2]
    assert (bids.review_note, bids.due, bids.first_due) == (
        "Two of six done", date(2026, 12, 11), date(2026, 12, 4)
    )  # fmt: skip
    assert (meeting.actions[4].owner, meeting.actions[5].due) == (LI, date(2026, 12, 18))


def test_the_decisions_of_the_second_meeting_are_unchanged() -> None:
    meeting = held(SECOND)
    assert ruled(meeting) == [
        ("D1", Outcome.CHOSEN, "A", "One more week"),
        (
            "D4",
            Outcome.POSTPONED,
            None,
            "Stock before the holidays 节前备货 → Conversion in the UK 英国站转化率",
        ),
        ("D6", Outcome.CHOSEN, "A", "说到做到"),
        ("D7", Outcome.DROPPED, None, "不再符合重点"),
        ("D8", None, None, ""),
        ("D10", Outcome.CHOSEN, "B", "明年再说"),
        ("D11", Outcome.POSTPONED, None, "来不及"),
    ]
    assert [(each.id, each.is_kept) for each in meeting.decisions if each.is_kept is not None] == [
        ("D1", False),
        ("D6", True),
    ]
    insurance = meeting.decisions[1].ruling
    assert insurance is not None
    assert insurance.frees == timedelta(seconds=90)


def test_the_signals_of_the_second_meeting_use_values_of_the_first() -> None:
    meeting = held(SECOND)
    card = meeting.scorecard
    assert card is not None
    low, high = card.one(RANK, US), card.one(RANK, UK)
    assert low is not None
    assert high is not None
    remembered = [each for each in low.readings if each.is_remembered]
    assert [(each.week_end, each.value) for each in remembered] == [(date(2026, 11, 29), 48.0)]
    assert low.signal is not None
    assert (low.signal.outside, low.signal.left_out) == (Side.LOW, 1)
    assert high.signal is not None
    assert (high.signal.drift, high.signal.before) == (Side.HIGH, 52.0)
    assert high.signal.is_good
    assert high.signal.limits == Limits(centre=53.0, lower=46.71, upper=59.29, points=22)
    assert card.occasions == (
        Occasion(
            first_day=date(2026, 11, 27),
            last_day=date(2026, 11, 28),
            what="黑五",
            marketplaces=(US,),
        ),
        Occasion(first_day=date(2026, 11, 9), last_day=date(2026, 11, 15), what="双十一"),
    )
    assert [(each.kpi, each.text) for each in meeting.definitions] == [
        (ACOS, "Counted by the day of the click"),
        (CVR, "Sessions, not page views"),
    ]
    assert [(each.id, each.state, each.left_as) for each in meeting.risks] == [
        ("R1", RiskState.OUT_OF_CONTROL, RiskState.CONTROLLED),
        ("R2", RiskState.OVER, RiskState.WATCHED),
        ("R4", RiskState.WATCHED, None),
    ]


def test_the_time_taken_from_a_late_item_is_unchanged() -> None:
    meeting = held(SECOND)
    supply, decisions = meeting.item(ItemId("supply")), meeting.item(ItemId("decisions"))
    assert supply is not None
    assert decisions is not None
    assert (supply.timebox, decisions.timebox) == (timedelta(minutes=1), timedelta(seconds=450))


def test_the_reopening_of_the_second_meeting_is_unchanged() -> None:
    meeting = held(SECOND)
    (before,) = meeting.versions
    assert (before.reason, before.met_since) == ("名字写错了", date(2026, 12, 14))
    assert before.reopened_at == datetime(2026, 12, 15, 3, 0, tzinfo=UTC)
    assert meeting.closed_at == datetime(2026, 12, 7, 3, 10, tzinfo=UTC)
    assert meeting.is_closed
    assert before.meeting.notes == ()
    assert [(each.id, each.text) for each in meeting.notes] == [
        ("N1", "Zhao answered nine of them")
    ]
    assert before.meeting.actions[-1].title == "Answer the twelve reviews"
    assert [each.title for each in meeting.actions[-2:]] == [
        "Answer the twelve one-star reviews",
        "Thank the agency",
    ]
    assert meeting.numbers == NextNumbers(action=14, decision=12, topic=13, risk=5, note=2)


def test_the_third_meeting_is_unchanged() -> None:
    meeting = held(THIRD)
    assert meeting.absent == (CHEN,)
    assert ids(meeting.decisions) == "D3 D4 D8 D11"
    assert [(each.id, each.status, each.carried) for each in meeting.actions] == [
        ("A3", ActionStatus.OPEN, 2),
        ("A5", ActionStatus.DROPPED, 2),
        ("A7", ActionStatus.OPEN, 2),
        ("A10", ActionStatus.OPEN, 1),
        ("A11", ActionStatus.OPEN, 1),
        ("A12", ActionStatus.BLOCKED, 1),
    ]
    killed = meeting.actions[1].ruling
    assert killed is not None
    assert (killed.recourse, killed.reason) == (Recourse.KILL, "The old picture stays")
    assert [(each.id, each.item_id, each.status) for each in meeting.topics] == [
        ("P4", None, TopicStatus.PARKED),
        ("P5", None, TopicStatus.PARKED),
        ("P6", "listings", TopicStatus.SETTLED),
        ("P7", "staff", TopicStatus.PARKED),
        ("P8", "tools", TopicStatus.PARKED),
    ]


def test_the_interrupted_fourth_meeting_is_unchanged() -> None:
    meeting = held(FOURTH)
    assert meeting.suspended_at == datetime(2026, 12, 21, 1, 59, tzinfo=UTC)
    assert (meeting.closed_at, meeting.unread) == (None, (SUN,))
    assert [(each.kpi, each.text, each.times) for each in meeting.past_causes] == [
        (RANK, "Competitor cut the price", 2),
        (RANK, "主图老化", 1),
        (CVR, "Bids rose", 1),
    ]
    assert set(meeting.records) == {
        TrackRecord(person=WANG, proposed=3, approved=2),
        TrackRecord(person=SUN, proposed=3, approved=2, reviewed=1, kept=1),
        TrackRecord(person=LI, proposed=3, approved=1, reviewed=1, broken=1),
        TrackRecord(person=ZHAO, proposed=1, approved=1),
    }
    opening = json.loads(lines_of(f"{FOURTH}/journal.jsonl")[0])
    assert [each["item"] for each in opening["fact"]["carried"]["usual"]] == [
        "focus", "incident-review", "last-week", "kpis", "ads"
    ]  # fmt: skip


def test_the_forgotten_launch_meeting_is_unchanged() -> None:
    meeting = held(LAUNCH)
    assert (meeting.agenda.title, meeting.agenda.language) == ("新品上市会", "zh_CN")
    assert (meeting.agenda.timezone, meeting.agenda.data.week_ends_on) == ("Europe/Berlin", 5)
    assert meeting.closed_at == datetime(2026, 12, 2, 14, 0, 20, tzinfo=UTC)
    assert meeting.noted_at == datetime(2026, 12, 2, 19, 0, 20, tzinfo=UTC)
    assert meeting.reopened_at == datetime(2026, 12, 2, 20, 0, 20, tzinfo=UTC)
    (before,) = meeting.versions
    assert before.reason == "还差一项"
    assert [(each.title, each.owner, each.status) for each in meeting.actions] == [
        ("准备样品", "eva", ActionStatus.IN_PROGRESS)
    ]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_minutes_can_be_rendered_of_every_earlier_meeting(language: str) -> None:
    said = {
        FIRST: ("Raise the US budget by a fifth?", "包装换轻箱", "Book 200 units by air", "超时"),
        LAUNCH: ("准备样品", "还差一项"),
        SECOND: ("Zhao answered nine of them", "每天看两次", "名字写错了"),
        THIRD: ("The old picture stays", "老板不在"),
        FOURTH: ("订一月的集装箱",),
    }
    for meeting_id, words in said.items():
        meeting = held(meeting_id)
        minutes = render_minutes(meeting, load_language(language), meeting.seen_at)
        assert [each for each in words if each not in minutes] == []


def test_the_incident_journal_gives_the_same_incidents() -> None:
    incidents = IncidentJournal(EARLIER).incidents()
    assert [
        (each.id, each.series, each.kind, each.scope, len(each.told), each.review is not None)
        for each in incidents
    ] == [
        ("I1", "weekly", IncidentKind.OUT_OF_STOCK, "US, 40 orders a day", 2, True),
        ("I2", "weekly", IncidentKind.ADS_OUT_OF_CONTROL, "UK, one campaign", 2, True),
        ("I3", "weekly", IncidentKind.REVIEW_SPIKE, "UK", 0, False),
        ("I4", "launch", IncidentKind.OTHER, "DE", 0, False),
    ]
    stock, ads, *_ = incidents
    assert stock.told_at(Recipient.BOSS) == datetime(2026, 11, 29, 12, 40, tzinfo=UTC)
    assert (stock.recovered_by_itself, ads.recovered_by_itself) == (True, False)
    assert ads.review == IncidentReview(cause="A bidding rule", loss="GBP 90", lesson="每天看两次")


def test_the_earlier_agenda_can_still_be_read() -> None:
    agenda, problems = read_agenda(EARLIER / "agenda" / "agenda.toml")
    assert agenda is not None
    assert not any(each.is_error for each in problems)
    prepared = held(FIRST).agenda
    assert (agenda.people, agenda.kpis, agenda.data) == (
        prepared.people, prepared.kpis, prepared.data
    )  # fmt: skip
    assert agenda.decisions == prepared.decisions
    assert agenda.sent_at == datetime(2026, 11, 27, 7, 0, tzinfo=UTC)


def test_the_earlier_publication_stamp_is_read() -> None:
    sent, problems = read_publication(EARLIER / "agenda" / "agenda.toml")
    assert problems == ()
    assert sent is not None
    assert sent.starts.isoformat() == "2026-11-30T10:00:00+08:00"
    assert sent.sent_at == datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
    assert sent.updated_at == datetime(2026, 11, 28, 1, 30, tzinfo=UTC)


def test_the_earlier_library_is_read(meetings: Path) -> None:
    library = open_library(meetings)
    assert [
        (each.id, each.title, each.is_open, each.suspended_at is not None, each.agenda_file)
        for each in library.meetings()
    ] == [
        (FOURTH, "Weekly operations 周会", True, True, "agendas/weekly/agenda.toml"),
        (THIRD, "Weekly operations 周会", False, False, "agendas/weekly/agenda.toml"),
        (SECOND, "Weekly operations 周会", False, False, "agendas/weekly/agenda.toml"),
        (LAUNCH, "新品上市会", True, False, "agendas/launch/agenda.toml"),
        (FIRST, "Weekly operations 周会", False, False, "agendas/weekly/agenda.toml"),
    ]
    assert {(each.series, each.action.id, each.owner_name) for each in library.open_actions()} == {
        ("launch", "A1", "Eva Brandt"),
        ("weekly", "A3", "Zhao Min"),
        ("weekly", "A10", "李倩"),
        ("weekly", "A11", "李倩"),
        ("weekly", "A12", "Zhao Min"),
        ("weekly", "A13", "王磊"),
        ("weekly", "A14", "Sun Hao"),
    }
    assert not list(meetings.glob("*.damaged.json"))


def test_the_earlier_library_lists_every_meeting(meetings: Path) -> None:
    past = open_library(meetings).past()
    assert [
        (each.id, each.version, each.decided, each.promised, each.problems)
        for each in past.meetings
    ] == [
        (FOURTH, 1, 0, 1, 0),
        (THIRD, 1, 0, 0, 0),
        (SECOND, 2, 4, 4, 1),
        (LAUNCH, 2, 0, 1, 0),
        (FIRST, 1, 5, 9, 3),
    ]
    _, _, second, launch, first = past.meetings
    assert (first.planned, first.duration) == (timedelta(hours=1), timedelta(minutes=37))
    assert (first.cost, first.currency, launch.currency) == (456.6416666666667, "CNY", "EUR")
    assert launch.people == {"wang": "王磊", "eva": "Eva Brandt"}
    assert first.kpis[RANK] == "Top-10 % rank share"
    assert first.kpis_zh[CVR] == "转化率 CVR"
    assert [(each.id, each.spent.seconds) for each in first.items][-2:] == [
        ("staff", 40),
        ("decisions", 1005),
    ]
    noted = [each for each in past.latest(Note) if each.meeting == first]
    assert [
        (each.entry.id, first.titles.get(each.entry.item_id or ItemId("")), each.entry.became)
        for each in noted
    ] == [
        ("N1", "Advertising", ""),
        ("N2", "Advertising", "A2"),
        ("N3", "Advertising", "D8"),
        ("N4", "Advertising", "P1"),
        ("N6", "人员调整", ""),
    ]
    assert [(each.cause, each.about) for each in first.waste] == [
        (LossCause.OFF_TOPIC, "Reviews of the new bottle"),
        (LossCause.NO_PRE_READ, "The stock list"),
        (LossCause.UNCLEAR_RIGHTS, "谁定价"),
    ]
    assert [(each.person, each.score, each.reason) for each in first.ratings] == [
        (CHEN, 9, ""),
        (WANG, 6, "超时"),
        (LI, 8, "Clear"),
    ]
    assert first.answers[0].causes == ("Competitor cut the price", "主图老化")
    assert (second.focus, second.focus_reviews[0].killed) == (
        "Conversion in the UK 英国站转化率", ("A1", "D7")
    )  # fmt: skip
    assert second.reviews[IncidentId("I2")].lesson == "每天看两次"


def test_the_earlier_library_has_the_latest_state_of_every_entry(meetings: Path) -> None:
    past = open_library(meetings).past("weekly")
    assert [
        (each.entry.id, each.meeting.id, [told.outcome.value for told in each.entry.rulings])
        for each in past.latest(Decision)
    ] == [
        ("D1", FOURTH, ["chosen", "chosen"]),
        ("D2", FIRST, ["chosen"]),
        ("D3", FOURTH, ["postponed"]),
        ("D4", FOURTH, ["postponed", "postponed"]),
        ("D5", FIRST, ["chosen"]),
        ("D6", SECOND, ["chosen", "chosen"]),
        ("D7", SECOND, ["returned", "dropped"]),
        ("D8", FOURTH, []),
        ("D9", FIRST, ["chosen"]),
        ("D10", SECOND, ["chosen"]),
        ("D11", FOURTH, ["postponed"]),
    ]
    promised = [each.entry for each in past.latest(ActionItem)]
    assert [(each.id, each.status.value, each.evidence) for each in promised] == [
        ("A1", "dropped", "不再符合重点"),
        ("A2", "dropped", "The agency left"),
        ("A3", "open", ""),
        ("A4", "done", "六个活动的截图"),
        ("A5", "dropped", ""),
        ("A6", "done", "Mail of 10:40"),
        ("A7", "done", "记录已归档"),
        ("A8", "dropped", "→ P5"),
        ("A9", "dropped", ""),
        ("A10", "open", ""),
        ("A11", "open", ""),
        ("A12", "blocked", ""),
        ("A13", "open", ""),
        ("A14", "open", ""),
    ]
    assert [each.id for each in promised if each.is_sensitive] == ["A7"]
    topics = [each.entry for each in past.latest(ParkedTopic)]
    assert [each.id for each in topics if not each.is_open] == ["P1", "P3", "P6"]
    risks = [each.entry for each in past.latest(Risk)]
    assert [(each.id, each.state.value, each.ended_by) for each in risks] == [
        ("R1", "controlled", ""),
        ("R2", "over", "A new seal"),
        ("R3", "over", "汇率已锁定"),
        ("R4", "watched", ""),
    ]


def test_the_earlier_library_is_rebuilt_once_and_then_not_rewritten(meetings: Path) -> None:
    """Its rows are of an older version, in a table for each kind of entry."""
    library = LibraryFile(meetings / "library.json")
    assert library.sync(meetings) == ()
    assert not list(meetings.glob("*.damaged.json"))
    written = (meetings / "library.json").read_bytes()
    assert library.sync(meetings) == ()
    assert LibraryFile(meetings / "library.json").sync(meetings) == ()
    assert (meetings / "library.json").read_bytes() == written
    past = library.past()
    assert library.rebuild(meetings) == ()
    assert library.past() == past


def test_the_rebuilt_library_has_all_that_the_earlier_tables_had(meetings: Path) -> None:
    then = json.loads((EARLIER / "library.json").read_bytes())
    assert {name: len(rows) for name, rows in then.items()} == {
        "meetings": 5, "actions": 15, "decisions": 11, "topics": 14, "risks": 4, "between": 1
    }  # fmt: skip
    library = LibraryFile(meetings / "library.json")
    library.sync(meetings)
    now, past = json.loads((meetings / "library.json").read_bytes()), library.past()
    found = {(each.meeting.series, each.entry.id): each for each in past.entries}
    tables: tuple[tuple[str, type[Entry], tuple[str, ...]], ...] = (
        ("actions", ActionItem, ("open", "closed")),
        ("decisions", Decision, ("waiting", "settled")),
        ("topics", ParkedTopic, ("parked",)),
        ("risks", Risk, ("current", "over")),
    )
    between = {
        (row["series"], each["action_id"])
        for row in then["between"].values()
        for each in row["closed"]
    }
    for table, kind, keys in tables:
        for row in then[table].values():
            kept = found[row["series"], row["id"]]
            assert (kept.meeting.id, kept.entry.text) == (row["meeting"], row["text"])
            written = [row[key] for key in keys if key in row]
            entry = kept.entry
            if isinstance(entry, ParkedTopic):  # rows had no time then
                entry = replace(entry, timebox=timedelta())
            if isinstance(entry, ActionItem):  # nor a day on which they were closed
                entry = replace(entry, closed_on=None, due_when_closed=None)
            if (row["series"], row["id"]) not in between:
                assert [entry] == [msgspec.convert(e, kind) for e in written] or not written
            assert table != "actions" or kept.owner_name == row["owner_name"]

    newer = {"form", "past", "entries", "line", "told"}
    assert _rows_without(now["meetings"], newer) == _rows_without(then["meetings"], newer)
    assert now["between"] == then["between"]
    for meeting in past.meetings:
        row = next(each for each in then["meetings"].values() if each["id"] == meeting.id)
        assert replace(meeting, titles={}, sensitive_items=()) == msgspec.convert(
            row["past"], PastMeeting
        )
        noted = [each for each in past.latest(Note) if each.meeting.id == meeting.id]
        assert [
            (each.entry.id, each.entry.text, meeting.titles.get(each.entry.item_id or ItemId("")))
            for each in noted
        ] == [(e["id"], e["text"], e["during"] or None) for e in row["past"]["notes"]]


def _rows_without(rows: dict[str, dict[str, object]], names: set[str]) -> list[dict[str, object]]:
    """Rows in the order of their ids, without some fields."""
    kept = ({key: row[key] for key in row.keys() - names} for row in rows.values())
    return sorted(kept, key=lambda row: str(row["id"]))


def test_the_next_meeting_carries_over_what_the_earlier_ones_left(meetings: Path) -> None:
    carried = open_library(meetings).carried("weekly", NEXT_WEEK)
    assert [
        (each.id, each.title, each.owner, each.carried, each.is_overdue(NEXT_WEEK))
        for each in carried.actions
    ] == [
        ("A3", "把 B0FAC00102 的竞价下调 20%", ZHAO, 3, True),
        ("A10", "Export the figures of Singles’ Day", LI, 2, False),
        ("A11", "写三页复盘", LI, 2, False),
        ("A12", "Answer the twelve reviews", ZHAO, 2, True),
        ("A13", "Thank the agency", WANG, 1, True),
        ("A14", "订一月的集装箱", SUN, 0, True),
    ]
    assert [(each.id, each.question, each.times_postponed) for each in carried.decisions] == [
        ("D1", "Raise the US budget by a fifth?", 0),
        ("D2", "换压蒜器主图？", 0),
        ("D3", "Move ad money to the UK?", 1),
        ("D4", "Insure the December shipment?", 2),
        ("D8", "Do we sell in France?", 0),
        ("D11", "Join the winter sale?", 1),
    ]
    assert [(each.id, each.text, each.item_id) for each in carried.topics] == [
        ("P4", "包装换轻箱", None),
        ("P5", "Count the boxes in the old warehouse", None),
        ("P7", "人员调整", "staff"),
        ("P8", "New tools", "tools"),
        ("P9", "Decisions", "decisions"),
        ("P16", "Promises of last week", "last-week"),
        ("P17", "KPI 对比目标", "kpis"),
        ("P18", "Advertising", "ads"),
        ("P19", "Listing 优化进度", "listings"),
        ("P20", "Supply chain", "supply"),
    ]
    assert [(each.id, each.state, each.carried) for each in carried.risks] == [
        ("R1", RiskState.CONTROLLED, 3),
        ("R4", RiskState.WATCHED, 2),
    ]
    assert carried.focus == "Conversion in the UK 英国站转化率"
    assert carried.met_on == date(2026, 12, 21)
    assert carried.numbers == NextNumbers(action=15, decision=12, topic=21, risk=5)


def test_the_next_meeting_has_past_values_and_usual_times(meetings: Path) -> None:
    library = open_library(meetings)
    carried = library.carried("weekly", NEXT_WEEK)
    sunday = date(2026, 12, 6)
    assert len(carried.values) == 26
    acos = PastValue(
        kpi=ACOS, marketplace=UK, week_end=sunday, value=23.581815799816585, denominator=76.33
    )
    assert acos in carried.values
    growth = PastValue(
        kpi=KpiId("order_growth"),
        week_end=sunday,
        value=-23.475609756097562,
        level=502,
        denominator=656,
    )
    assert growth in carried.values
    seen = {each.week_end for each in library.past_values("weekly", date(2026, 11, 1))}
    assert seen == {date(2026, 11, 29), sunday}
    assert [(each.kpi, each.text, each.times) for each in carried.causes] == [
        (RANK, "Competitor cut the price", 2),
        (RANK, "主图老化", 1),
        (CVR, "Bids rose", 1),
    ]
    assert [each.what for each in carried.occasions] == ["双十一"]
    assert {each.kpi: each.text for each in carried.definitions} == {
        CVR: "Sessions, not page views",
        ACOS: "Counted by the day of the click",
    }
    assert [(each.item, each.time.seconds, each.meetings) for each in carried.usual] == [
        ("focus", 120, 3),
        ("incident-review", 60, 3),
        ("last-week", 60, 3),
        ("kpis", 120, 3),
        ("ads", 360, 3),
    ]
    assert {each.person: (each.proposed, each.kept, each.broken) for each in carried.records} == {
        WANG: (3, 0, 0),
        SUN: (3, 1, 0),
        LI: (3, 0, 1),
        ZHAO: (1, 0, 0),
    }


def test_the_launch_series_is_separate(meetings: Path) -> None:
    carried = open_library(meetings).carried("launch", date(2026, 12, 9))
    assert (ids(carried.actions), ids(carried.topics), carried.met_on) == (
        "A1", "P1", date(2026, 12, 2)
    )  # fmt: skip


def test_all_earlier_journals_are_found(meetings: Path) -> None:
    assert [each.meeting_id for each in find_journals(meetings)] == [
        FIRST, LAUNCH, SECOND, THIRD, FOURTH
    ]  # fmt: skip
