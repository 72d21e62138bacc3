"""The sample's meeting held as on any Monday, and a busier week on the same figures."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from facilitator.adapters.in_memory import ManualClock
from facilitator.cli.bootstrap import build_services
from facilitator.cli.demo.prepare import prepare_sample
from facilitator.cli.demo.sample import AGENDA_BY_LANGUAGE, load_sample_agenda
from facilitator.cli.workspace import Workspace
from facilitator.domain.action import ActionId, ActionItem
from facilitator.domain.agenda import Agenda, ItemKind
from facilitator.domain.carry_over import CarryOver
from facilitator.domain.decision import Decision, DecisionId, Option, OptionId, PositionKind
from facilitator.domain.incident import (
    Incident,
    IncidentId,
    IncidentKind,
    IncidentReview,
    Recipient,
)
from facilitator.domain.kpi_answer import KpiAnswer, Verdict
from facilitator.domain.kpi_gate import unanswered_series
from facilitator.domain.kpis.scorecard import Scorecard
from facilitator.domain.lost_time import LossCause
from facilitator.domain.meeting import Meeting
from facilitator.domain.open_points import open_points
from facilitator.domain.people import Person, PersonId
from facilitator.domain.rating import Rating
from facilitator.domain.risk import Risk, RiskId, RiskState
from facilitator.domain.rules import actions, approval, decisions, incidents, kpi_answers, risks
from facilitator.domain.rules import clock as clock_rules
from facilitator.domain.rules import focus as focus_rules
from facilitator.domain.rules import meeting as meeting_rules
from facilitator.domain.rules import notes as note_rules
from tests.factories import MeetingHarness

MONDAY = datetime(2026, 11, 23, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
FRIDAY = date(2026, 11, 27)
CHEN, WANG, LI, ZHAO, SUN = (PersonId(each) for each in ("chen", "wang", "li", "zhao", "sun"))


class SampleWeek:
    """The agendas, figures and carried entries of the sample's Monday, in a folder."""

    def __init__(self, folder: Path) -> None:
        prepare_sample(folder, MONDAY)
        workspace = Workspace(folder)
        services = build_services(workspace, ManualClock(MONDAY))
        self.agendas = {
            tag: load_sample_agenda(workspace.agendas, name)
            for tag, name in AGENDA_BY_LANGUAGE.items()
        }
        self.carried = {tag: services.carried(each) for tag, each in self.agendas.items()}
        self.scorecard = services.load(self.agendas["en"])

    def hold(self, tag: str) -> Meeting:
        """Hold the sample's meeting in a language: `en` or `zh_CN`."""
        agenda, carried = self.agendas[tag], self.carried[tag]
        return hold_sample_meeting(agenda, carried, self.scorecard, load_words(tag))

    def hold_busy(self, tag: str) -> Meeting:
        """Hold a meeting with more of everything than the sample's."""
        return hold_busy_meeting(self.agendas[tag], self.scorecard, load_words(tag))


def load_words(tag: str) -> Mapping[str, Any]:
    """Return what is said in the sample's meeting, in a language."""
    text = Path(__file__).with_name("sample_week.toml").read_text(encoding="utf-8")
    words: Mapping[str, Any] = tomllib.loads(text)[tag[:2]]
    return words


def hold_sample_meeting(
    agenda: Agenda, carried: CarryOver, card: Scorecard, words: Mapping[str, Any]
) -> Meeting:
    """Hold the sample's meeting: everything that a normal week has, and a few gaps."""
    held = MeetingHarness(agenda, carried)
    held.step(meeting_rules.take_attendance, ())
    held.step(meeting_rules.load_kpis, card)
    for progress in held.meeting.items:
        held.step(clock_rules.start_next_item)
        _record_item(held, progress.item.id, progress.item.kind, words)
        held.clock.advance(minutes=progress.timebox * 0.9 / timedelta(minutes=1))
    ratings = (Rating(person=LI, score=6, reason=words["rating"]), Rating(person=SUN, score=9))
    held.step(meeting_rules.rate_meeting, ratings)
    _accept_what_is_open(held, words["decisions"]["accepted"])
    return held.step(meeting_rules.close_meeting)


def _record_item(held: MeetingHarness, item: str, kind: ItemKind, words: Mapping[str, Any]) -> None:
    for text in words["notes"].get(item, ()):
        held.step(note_rules.take_note, text)
    match kind:
        case ItemKind.OPENING:
            held.step(focus_rules.answer_focus, words["focus"])
            held.step(focus_rules.review_focus)
        case ItemKind.ACTION_REVIEW:
            _review_actions(held, words["carried"])
        case ItemKind.KPI_REVIEW:
            _answer_kpis(held, words["kpis"])
        case ItemKind.DECISIONS:
            _decide(held, words)
        case ItemKind.BUFFER:
            _read_back(held)
        case _:
            _discuss(held, item, words)


def _review_actions(held: MeetingHarness, said: list[str]) -> None:
    held.step(actions.toggle_in_progress, ActionId("A1"))
    held.step(actions.keep_action_open, ActionId("A1"), said[0], date(2026, 11, 25))
    held.step(actions.keep_action_open, ActionId("A2"))
    held.step(actions.finish_action, ActionId("A3"), said[1])
    held.step(actions.finish_action, ActionId("A4"))


def _answer_kpis(held: MeetingHarness, said: Mapping[str, list[str]]) -> None:
    for series in unanswered_series(held.meeting):
        if series.kpi not in said:
            held.step(kpi_answers.pass_kpi, series.kpi, series.marketplace)
            continue
        cause, proposal, evidence = said[series.kpi]
        answer = KpiAnswer(
            kpi=series.kpi,
            marketplace=series.marketplace,
            verdict=Verdict.EXPLAINED,
            causes=(cause,),
            proposal=proposal,
            evidence=evidence,
        )
        held.step(kpi_answers.explain_kpi, answer)


def _discuss(held: MeetingHarness, item: str, words: Mapping[str, Any]) -> None:
    match item:
        case "advertising":
            _add_action(held, words["actions"]["none"])
            held.step(risks.set_risk_state, RiskId("R1"), RiskState.CONTROLLED)
            lost = timedelta(minutes=6)
            held.step(meeting_rules.record_lost_time, LossCause.OFF_TOPIC, lost, words["lost"])
        case "listings":
            held.step(risks.set_risk_state, RiskId("R2"), RiskState.OUT_OF_CONTROL)
        case "supply":
            text, solution = words["risk"]
            held.step(risks.raise_risk, _risk(text, SUN, solution))
            held.step(note_rules.park_topic, words["parked"]["supply"])


def _decide(held: MeetingHarness, words: Mapping[str, Any]) -> None:
    said = words["decisions"]
    for name, comment in (("D2", said["words"]), ("D3", "")):
        vetted = (DecisionId(name), WANG, PositionKind.VETTED, comment)
        held.step(approval.take_position, *vetted)
    against = (DecisionId("D2"), LI, PositionKind.AGAINST, said["against"])
    held.step(approval.take_position, *against)
    held.step(decisions.choose_option, DecisionId("D1"), OptionId("A"), said["D1"], CHEN)
    for name, option in (("D2", "B"), ("D3", "A"), ("D4", "B")):
        held.step(decisions.choose_option, DecisionId(name), OptionId(option), "", CHEN)
    for name in ("D1", "D2", "D3"):
        _add_action(held, words["actions"][name], DecisionId(name))


def _add_action(held: MeetingHarness, told: list[str], decision: DecisionId | None = None) -> None:
    title, criterion, owner = told
    draft = ActionItem(
        id=ActionId(""),
        title=title,
        criterion=criterion,
        owner=PersonId(owner),
        due=FRIDAY,
        decision=decision,
    )
    held.step(actions.add_action, draft)


def _read_back(held: MeetingHarness) -> None:
    for person in (WANG, ZHAO):
        held.step(risks.sign_no_problem, person)
    for action in held.meeting.open_actions:
        if action.owner != SUN:
            held.step(actions.accept_action, action.id)


def _risk(text: str, raiser: PersonId, solution: str = "", owner: PersonId | None = WANG) -> Risk:
    return Risk(
        id=RiskId(""),
        text=text,
        solution=solution,
        owner=owner,
        raised_by=raiser,
        raised_on=MONDAY.date(),
    )


def _accept_what_is_open(held: MeetingHarness, reason: str) -> None:
    for point in open_points(held.meeting):
        if point.must_be_settled:
            held.step(meeting_rules.accept_open_point, point.key, reason)


def hold_busy_meeting(agenda: Agenda, card: Scorecard, words: Mapping[str, Any]) -> Meeting:
    """Hold a meeting with more people, questions, action items, notes and risks, and incidents."""
    busy = words["busy"]
    more = tuple(
        Person(id=PersonId(each), name=each, department="design") for each in busy["people"]
    )
    questions = tuple(_question(number, busy) for number in range(1, 7))
    held = MeetingHarness(
        replace(agenda, people=(*agenda.people, *more), decisions=questions),
        CarryOver(focus=busy["focus"], incidents=tuple(_incident(n, busy) for n in (1, 2))),
    )
    held.step(meeting_rules.take_attendance, ())
    held.step(meeting_rules.load_kpis, card)
    people = [each.id for each in held.meeting.agenda.people]
    for place, progress in enumerate(held.meeting.items):
        held.step(clock_rules.start_next_item)
        if progress.item.kind is ItemKind.KPI_REVIEW:
            _answer_kpis(held, words["kpis"])
        for number in (2 * place + 1, 2 * place + 2):
            held.step(note_rules.take_note, busy["note"].format(number=number))
        held.clock.advance(minutes=6)
    held.step(focus_rules.answer_focus, words["focus"])
    for number, decision in enumerate(held.meeting.decisions, start=1):
        why = busy["why"].format(number=number)
        held.step(decisions.choose_option, decision.id, OptionId("A"), why, CHEN)
    for number in range(1, 19):
        told = [busy["action"].format(number=number), busy["criterion"].format(number=number)]
        about = held.meeting.decisions[number % 6].id
        _add_action(held, [*told, people[number % len(people)]], about)
    for number in range(1, 6):
        text, solution = (busy[each].format(number=number) for each in ("risk", "solution"))
        held.step(risks.raise_risk, _risk(text, SUN, solution))
    for number, incident in enumerate(held.meeting.incidents, start=1):
        said = {name: busy[name].format(number=number) for name in ("cause", "loss", "lesson")}
        held.step(incidents.review_incident, incident.id, IncidentReview(**said))
    _read_back(held)
    _accept_what_is_open(held, words["decisions"]["accepted"])
    return held.step(meeting_rules.close_meeting)


def _question(number: int, busy: Mapping[str, Any]) -> Decision:
    return Decision(
        id=DecisionId(""),
        question=busy["question"].format(number=number),
        options=tuple(
            Option(
                id=OptionId(letter),
                title=busy["option"].format(letter=letter, number=number),
                cost=f"${number}00",
                expected=busy["expected"].format(number=number),
            )
            for letter in ("A", "B")
        ),
        proposer=WANG,
        decider=CHEN,
        proposed_on=date(2026, 11, 20),
    )


def _incident(number: int, busy: Mapping[str, Any]) -> Incident:
    found = MONDAY - timedelta(days=number)
    return Incident(
        id=IncidentId(f"I{number}"),
        series="weekly",
        kind=IncidentKind.OUT_OF_STOCK,
        phenomenon=busy["incident"].format(number=number),
        scope=busy["scope"].format(number=number),
        measures=busy["measures"].format(number=number),
        detected_at=found,
        reported_at=found,
        told=tuple((each, found + timedelta(minutes=20)) for each in Recipient),
    )
