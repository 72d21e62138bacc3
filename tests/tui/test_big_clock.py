"""The digits of the clock, as large as the space allows."""

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region, Size

from facilitator.tui.widgets.big_clock import BigClock, DigitLayout


class BigClockApp(App[None]):
    """An app with a clock alone."""

    def compose(self) -> ComposeResult:
        yield BigClock()


def shown(clock: BigClock) -> list[str]:
    return [clock.render_line(y).text for y in range(clock.size.height)]


@pytest.mark.parametrize("size", [(20, 6), (40, 10), (80, 24), (120, 40), (200, 60), (240, 70)])
@pytest.mark.parametrize("digits", ["0:48", "+0:12", "59:59", "1:02:03", "+1:02:03"])
def test_the_digits_fill_the_space_without_overflow(size: tuple[int, int], digits: str) -> None:
    place = Size(*size)
    setting = DigitLayout.of(digits, place)
    rows = [setting.row(y) for y in range(place.height)]

    assert max(len(row) for row in rows) <= place.width
    assert any(row.strip() for row in rows)
    assert setting.top + setting.height <= place.height
    larger = DigitLayout.of(digits, Size(place.width * 2, place.height * 2))
    assert larger.scale >= 2 * setting.scale


def test_twice_the_space_gives_digits_of_twice_the_size() -> None:
    assert (
        DigitLayout.of("0:48", Size(80, 24)).scale == 2 * DigitLayout.of("0:48", Size(40, 12)).scale
    )


def test_the_digits_are_centred() -> None:
    setting = DigitLayout.of("8:88", Size(39, 9))  # 13 dots of 3 cells: the whole width
    assert (setting.left, setting.scale, setting.top) == (0, 3, 0)

    wider = DigitLayout.of("8:88", Size(59, 9))
    assert (wider.left, wider.scale) == (10, 3)


def test_all_digits_differ() -> None:
    place = Size(20, 6)
    pictures = {
        digit: tuple(DigitLayout.of(digit, place).row(y) for y in range(place.height))
        for digit in "0123456789+:"
    }
    assert len(set(pictures.values())) == len(pictures)


def test_eight_is_drawn_dot_by_dot() -> None:
    setting = DigitLayout.of("8", Size(3, 3))

    assert [setting.row(y) for y in range(3)] == ["█▀█", "█▀█", "▀▀▀"]


def test_digits_that_do_not_fit_are_plain_text() -> None:
    setting = DigitLayout.of("+1:02:03", Size(12, 3))

    assert [setting.row(y) for y in range(3)] == ["", "  +1:02:03", ""]


async def test_the_widget_shows_the_digits_it_is_given() -> None:
    app = BigClockApp()
    async with app.run_test(size=(40, 10)) as pilot:
        clock = app.query_one(BigClock)
        clock.digits = "0:48"
        await pilot.pause()
        first = shown(clock)
        clock.digits = "0:47"
        await pilot.pause()

        setting = DigitLayout.of("0:47", clock.size)
        assert shown(clock) != first
        assert [row.rstrip() for row in shown(clock)] == [
            setting.row(y).rstrip() for y in range(clock.size.height)
        ]


async def test_an_empty_clock_draws_nothing() -> None:
    app = BigClockApp()
    async with app.run_test(size=(40, 10)):
        assert "".join(shown(app.query_one(BigClock))).strip() == ""


async def test_no_previous_digit_remains() -> None:
    app = BigClockApp()
    async with app.run_test(size=(40, 10)) as pilot:
        clock = app.query_one(BigClock)
        for second in range(59, 49, -1):
            clock.digits = f"1:{second}"
            await pilot.pause()
        painted = [strip.text for strip in clock.render_lines(Region(0, 0, 40, 10))]

        assert painted == shown(clock)
