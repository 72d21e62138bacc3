"""Every form can be walked by keyboard alone, forwards and back; no letter is a command in it."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC
from typing import Any

import pytest
from textual.widget import Widget
from textual.widgets import Input

import facilitator.tui
from facilitator.adapters.catalogs import load_language
from facilitator.render.language import Language, set_language
from facilitator.tui.controller import MeetingController
from facilitator.tui.dialogs.action_forms import ActionEditor, ActionRulingDialog, CarryOverForm
from facilitator.tui.dialogs.decision_forms import DecisionEditor
from facilitator.tui.dialogs.form import Form, FormHandler
from facilitator.tui.dialogs.incident_dialogs import IncidentForm, IncidentReviewForm
from facilitator.tui.dialogs.kpi_answer import KpiAnswerDialog
from facilitator.tui.dialogs.lost_time import LostTimeForm, ParkTopicForm
from facilitator.tui.dialogs.questions import TextEntry
from facilitator.tui.dialogs.ratings import RatingsForm
from facilitator.tui.dialogs.risk_dialogs import RiskForm
from facilitator.tui.dialogs.ruling_dialog import RulingDialog
from facilitator.tui.i18n import Dialog
from tests.factories import incident_draft
from tests.tui.harness import MeetingUi

KEYS: dict[type[Form[Any]], tuple[str, ...]] = {
    ActionEditor: ("a",),
    CarryOverForm: ("3", "w"),
    DecisionEditor: ("d",),
    KpiAnswerDialog: ("1", "c"),
    LostTimeForm: ("l",),
    ParkTopicForm: ("k",),
    RiskForm: ("exclamation_mark", "n"),
    RulingDialog: ("2", "enter"),
    TextEntry: ("g",),
}
"""The keys that open a form on the meeting's screen."""


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Go back to English after each test."""
    yield
    set_language(Language())


def ignore(_value: object) -> None:
    """Take what a form submits."""


def incident_form(ui: MeetingUi) -> Form[Any]:
    handler: FormHandler[Any] = FormHandler(submit=ignore)
    return IncidentForm("weekly", now=ui.clock.now, zone=UTC, handler=handler)


def incident_review(_ui: MeetingUi) -> Form[Any]:
    return IncidentReviewForm(incident_draft(), "told late", handler=FormHandler(submit=ignore))


def action_ruling(ui: MeetingUi) -> Form[Any]:
    controller = MeetingController(ui.screen, ui.environment.services, ui.session)
    meeting = ui.meeting
    return ActionRulingDialog(
        meeting.actions[0],
        people=meeting.agenda.people,
        dates=controller.dates,
        handler=FormHandler(submit=ignore),
    )


def ratings(ui: MeetingUi) -> Form[Any]:
    return RatingsForm(ui.meeting.agenda.people, (), handler=FormHandler(submit=ignore))


MADE: dict[type[Form[Any]], Callable[[MeetingUi], Form[Any]]] = {
    IncidentForm: incident_form,
    IncidentReviewForm: incident_review,
    ActionRulingDialog: action_ruling,
    RatingsForm: ratings,
}
"""How the other forms are made."""


def every_dialog() -> set[type[Dialog[Any]]]:
    """Return the dialogs of the program, from its modules."""
    for module in pkgutil.walk_packages(facilitator.tui.__path__, "facilitator.tui."):
        importlib.import_module(module.name)
    return set(_subclasses(Dialog))


def _subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _subclasses(each)


async def open_form(ui: MeetingUi, kind: type[Form[Any]]) -> Form[Any]:
    if kind in KEYS:
        await ui.press(*KEYS[kind])
    else:
        await ui.app.push_screen(MADE[kind](ui))
        await ui.pilot.pause()
    form = ui.app.screen
    assert isinstance(form, kind)
    return form


async def walk(ui: MeetingUi, key: str) -> list[Widget | None]:
    """Press a key until the focus comes back to where it was; return where it was meanwhile."""
    form = ui.app.screen
    places = [form.focused]
    for _step in range(len(form.focus_chain)):
        await ui.press(key)
        if form.focused is places[0]:
            break
        places.append(form.focused)
    return places


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", [*KEYS, *MADE], ids=lambda kind: kind.__name__)
async def test_tab_and_shift_tab_reach_every_field_of_a_form(
    ui: MeetingUi, kind: type[Form[Any]], language: str
) -> None:
    set_language(load_language(language))
    async with ui.open():
        form = await open_form(ui, kind)
        fields = form.focus_chain
        forwards = await walk(ui, "tab")
        assert sorted(map(id, forwards)) == sorted(map(id, fields))
        back = await walk(ui, "shift+tab")
        assert back[1:] == forwards[:0:-1]


@pytest.mark.parametrize("kind", [*KEYS, *MADE], ids=lambda kind: kind.__name__)
async def test_a_letter_is_text_wherever_the_focus_is_in_a_form(
    ui: MeetingUi, kind: type[Form[Any]]
) -> None:
    async with ui.open():
        form = await open_form(ui, kind)
        for field in form.focus_chain:
            form.set_focus(field)
            before = sum(len(line.value) for line in form.query(Input) if line.id)
            is_replaced = isinstance(field, Input) and field.select_on_focus
            replaced = len(field.value) if isinstance(field, Input) and is_replaced else 0
            await ui.press("b")
            after = sum(len(line.value) for line in form.query(Input) if line.id)
            assert ui.app.screen is form
            assert isinstance(form.focused, Input)
            assert after == before - replaced + 1, field


def test_every_form_of_the_program_is_walked() -> None:
    forms = {each for each in every_dialog() if issubclass(each, Form)}
    assert forms - {Form} == {*KEYS, *MADE}


@pytest.mark.parametrize("kind", [*KEYS, *MADE], ids=lambda kind: kind.__name__)
def test_no_form_binds_a_letter_or_a_digit(kind: type[Form[Any]]) -> None:
    keys = {key for key, bindings in kind._merge_bindings().key_to_bindings.items() if bindings}
    assert not [each for each in keys if len(each) == 1]
