"""Each key is handled to its end before the next one is delivered."""

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from facilitator.tui.key_queue import OrderedKeysApp
from tests.tui.harness import wait_for_keys


class Question(ModalScreen[str]):
    """Asks for two texts, each in a field of its own."""

    first: str = ""

    def compose(self) -> ComposeResult:
        yield Input(id="first")

    async def on_input_submitted(self, submitted: Input.Submitted) -> None:
        """Replace the field, which has the focus, by another; then hand over both texts."""
        if submitted.input.id == "second":
            self.dismiss(f"{self.first}/{submitted.value}")
            return
        self.first = submitted.value
        await submitted.input.remove()
        await self.mount(Input(id="second"))
        self.query_one(Input).focus()


class QuestionApp(OrderedKeysApp[None]):
    """Asks when `a` is pressed, and counts `n`."""

    BINDINGS = [Binding("a", "ask"), Binding("n", "count"), Binding("r", "remove")]

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str] = []
        self.counted = 0

    def compose(self) -> ComposeResult:
        yield Label("nothing to type in")

    def action_ask(self) -> None:
        self.push_screen(Question(), lambda answer: self.answers.append(answer or ""))

    def action_count(self) -> None:
        self.counted += 1

    def action_remove(self) -> None:
        self.query("*").remove()


def type_at_once(pilot: Pilot[None], keys: Iterator[str]) -> None:
    for key in keys:
        pilot.app.simulate_key(key)


async def test_text_typed_at_once_reaches_the_dialogs_that_its_keys_open() -> None:
    app = QuestionApp()
    async with app.run_test() as pilot:
        for _ in range(3):
            type_at_once(pilot, iter(["a", *"annan", "enter", *"n7", "enter", "n"]))
        await wait_for_keys(pilot)
    assert app.answers == ["annan/n7"] * 3
    assert app.counted == 3


async def test_backspace_takes_effect_in_the_field_that_it_was_typed_in() -> None:
    app = QuestionApp()
    async with app.run_test() as pilot:
        type_at_once(pilot, iter(["a", *"27x", "backspace", "enter", *"y", "backspace", "enter"]))
        await wait_for_keys(pilot)
    assert app.answers == ["27/"]


async def test_a_paste_keeps_its_place_between_keys() -> None:
    app = QuestionApp()
    async with app.run_test() as pilot:
        type_at_once(pilot, iter(["a", "x"]))
        app.post_message(Paste("一二"))
        type_at_once(pilot, iter(["y", "enter", "enter"]))
        await wait_for_keys(pilot)
    assert app.answers == ["x一二y/"]


async def test_a_focused_widget_that_is_removed_while_a_key_is_under_way_holds_nothing_back() -> (
    None
):
    app = QuestionApp()
    async with app.run_test() as pilot:
        await app.mount(field := Input())
        field.focus()
        await pilot.pause()
        type_at_once(pilot, iter(["x"]))
        removed = field.remove()
        type_at_once(pilot, iter(["n", "n"]))
        await removed
        await wait_for_keys(pilot)
    assert app.counted == 2


async def test_keys_of_a_screen_that_closes_by_itself_go_on_to_the_one_below() -> None:
    app = QuestionApp()
    async with app.run_test() as pilot:
        type_at_once(pilot, iter(["a", "x"]))
        await wait_for_keys(pilot)
        app.post_message(Key("y", "y"))
        app.screen.dismiss("closed")
        app.post_message(Key("n", "n"))
        await wait_for_keys(pilot)
    assert app.answers == ["closed"]
    assert app.counted == 1
