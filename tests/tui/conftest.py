"""Fixtures of most tests of screens: an environment, and the app in a meeting."""

from pathlib import Path

import pytest

from facilitator.render.language import Language, set_language
from tests.environment import AppEnvironment
from tests.tui.harness import MeetingUi


@pytest.fixture(autouse=True)
def _terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with all colours, wherever the tests run."""
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(autouse=True)
def _english() -> None:
    """Begin in English, whatever language the test before left."""
    set_language(Language())


@pytest.fixture
def environment(tmp_path: Path) -> AppEnvironment:
    return AppEnvironment(tmp_path)


@pytest.fixture
def ui(environment: AppEnvironment) -> MeetingUi:
    return MeetingUi(environment)
