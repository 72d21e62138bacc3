"""Where most screens are tested: at a desk of their own, in a meeting of its own."""

from pathlib import Path

import pytest

from tests.tui.desks import DeskTop
from tests.tui.rooms import Room


@pytest.fixture
def top(tmp_path: Path) -> DeskTop:
    return DeskTop(tmp_path)


@pytest.fixture
def room(top: DeskTop) -> Room:
    return Room(top)
