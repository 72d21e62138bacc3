"""What the screens look like. Look at a new picture before you accept it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Footer, Input

from facilitator.adapters.agenda_file import read_agenda
from facilitator.adapters.catalogs import load_language
from facilitator.adapters.scorecard_loader import load_scorecard
from facilitator.render.language import Language, set_language
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.meeting import MeetingScreen
from tests.environment import AppEnvironment, prepared_agenda
from tests.factories import ON, carried
from tests.tui.harness import press, wait_for_workers

AGENDAS = Path(__file__).parents[2] / "agendas"


@pytest.fixture(autouse=True)
def _freeze_screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A cursor that does not blink, and English again afterwards."""
    monkeypatch.setattr(Input, "cursor_blink", False)
    yield
    set_language(Language())


def sample(folder: Path, series: str = "weekly") -> AppEnvironment:
    """Return an environment with the agenda and the figures of the sample."""
    agenda, _problems = read_agenda(AGENDAS / series / "agenda.toml")
    assert agenda is not None
    environment = AppEnvironment(folder, prepared_agenda(agenda))
    environment.clock.advance(hours=7)  # to 17:00, when it begins
    environment.scorecard_loader.scorecard = load_scorecard(agenda, ON)
    return environment


def in_meeting(environment: AppEnvironment, *keys: str):
    """Begin the sample meeting, and press some keys in it."""

    async def begin(pilot: Pilot[int]) -> None:
        agenda = environment.agendas[0].agenda
        assert agenda is not None
        session = environment.services.rehearse(agenda, carried())
        await pilot.app.push_screen(
            MeetingScreen(environment.services, session, environment.services.load(agenda))
        )
        await wait_for_workers(pilot)
        if keys:  # what a dialog opens over may be between two footers at that moment
            pilot.app.screen.query_one(Footer).display = False
        await press(pilot, *keys)

    return begin


def test_the_lobby(snap_compare, tmp_path: Path) -> None:
    app = FacilitatorApp(sample(tmp_path).lobby_context)

    assert snap_compare(app, terminal_size=(120, 40), run_before=wait_for_workers)


def test_a_meeting_in_a_large_terminal(snap_compare, tmp_path: Path) -> None:
    environment = sample(tmp_path)

    assert snap_compare(
        FacilitatorApp(environment.lobby_context),
        terminal_size=(120, 40),
        run_before=in_meeting(environment),
    )


def test_a_meeting_in_a_small_terminal(snap_compare, tmp_path: Path) -> None:
    environment = sample(tmp_path)

    assert snap_compare(
        FacilitatorApp(environment.lobby_context),
        terminal_size=(80, 24),
        run_before=in_meeting(environment),
    )


def test_a_meeting_in_chinese(snap_compare, tmp_path: Path) -> None:
    set_language(load_language("zh_CN"))
    environment = sample(tmp_path, "weekly-zh")

    assert snap_compare(
        FacilitatorApp(environment.lobby_context),
        terminal_size=(120, 40),
        run_before=in_meeting(environment),
    )


def test_a_ruling_in_a_small_terminal(snap_compare, tmp_path: Path) -> None:
    environment = sample(tmp_path)

    assert snap_compare(
        FacilitatorApp(environment.lobby_context),
        terminal_size=(80, 24),
        run_before=in_meeting(environment, "2", "down", "enter"),
    )


def test_a_kpi_in_full(snap_compare, tmp_path: Path) -> None:
    environment = sample(tmp_path)

    assert snap_compare(
        FacilitatorApp(environment.lobby_context),
        terminal_size=(120, 40),
        run_before=in_meeting(environment, "1", "space", "space", "enter", "left"),
    )


def test_the_marketplaces_side_by_side_in_a_small_terminal(snap_compare, tmp_path: Path) -> None:
    set_language(load_language("zh_CN"))
    environment = sample(tmp_path, "weekly-zh")

    assert snap_compare(
        FacilitatorApp(environment.lobby_context),
        terminal_size=(80, 24),
        run_before=in_meeting(environment, "1", "s", "down"),
    )
