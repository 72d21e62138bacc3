"""Give all text enough contrast: in every theme, without colours, and with sixteen of them."""

from functools import lru_cache

from rich.color import Color, ColorSystem, ColorType, blend_rgb
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as TextualColor
from textual.filter import LineFilter

TEXT, GRAPHICS = 4.5, 3.0
"""The least contrast that WCAG 2.2 asks for: of text (1.4.3), of frames and charts (1.4.11)."""
GRAPHIC = "".join(map(chr, range(0x2500, 0x25A0))) + " "
"""Box-drawing characters and blocks."""
STEPS = 12
"""In how many steps a colour is moved to black or white."""
BLACK, WHITE = Color.from_rgb(0, 0, 0), Color.from_rgb(255, 255, 255)

PALETTES = tuple(
    tuple(ColorTriplet(*bytes.fromhex(each)) for each in palette.split())
    for palette in (
        # xterm
        "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5"
        " 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
        # the consoles of Linux and of older terminals
        "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa"
        " 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
        # Windows Terminal
        "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc"
        " 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
    )
)
"""What terminals show for the sixteen colours; text must be readable in each of them."""


def luminance(color: ColorTriplet) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in color.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return the contrast as WCAG 2.2 defines it, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


class ReadableText(LineFilter):
    """Moves the colour of a text to black or white until it can be read on its ground."""

    def __init__(self, color_system: ColorSystem) -> None:
        """Choose among the colours that the terminal has."""
        super().__init__()
        self._color_system = color_system
        self._readable = lru_cache(4096)(self._make_readable)

    def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
        """Return the segments with readable colours."""
        readable = self._readable
        return [
            segment
            if style is None or style.bgcolor is None
            else Segment(segment.text, readable(style, not segment.text.strip(GRAPHIC)), None)
            for segment in segments
            for style in (segment.style,)
        ]

    def _make_readable(self, style: Style, is_graphic: bool) -> Style:
        front, ground = style.color or WHITE, style.bgcolor or BLACK
        if front.is_default or ground.is_default:  # the terminal's own, which nobody knows
            return style
        if style.reverse:
            front, ground = ground, front
        ground = self._usable_ground(ground)
        front = self._readable_front(front, ground, GRAPHICS if is_graphic else TEXT)
        if style.reverse:
            front, ground = ground, front
        return style + Style.from_color(front, ground)

    def _usable_ground(self, ground: Color) -> Color:
        """Return `ground`, or black or white where nothing can be read on it everywhere."""
        nearer, farther = sorted((BLACK, WHITE), key=lambda each: self._contrast(each, ground))
        return ground if self._contrast(farther, ground) >= TEXT else nearer

    def _readable_front(self, front: Color, ground: Color, wanted: float) -> Color:
        goal = max(BLACK, WHITE, key=lambda each: self._contrast(each, ground))
        mixed = (_mix(front, goal, step / STEPS) for step in range(STEPS))
        return next((each for each in mixed if self._contrast(each, ground) >= wanted), goal)

    def _contrast(self, one: Color, other: Color) -> float:
        """Return the contrast in the terminal where it is least."""
        return min(map(contrast, self._shown(one), self._shown(other)))

    def _shown(self, color: Color) -> tuple[ColorTriplet, ...]:
        """Return what terminals show for a colour."""
        nearest = color.downgrade(self._color_system)
        if nearest.type in (ColorType.STANDARD, ColorType.WINDOWS) and nearest.number is not None:
            return tuple(palette[nearest.number] for palette in PALETTES)
        return (nearest.get_truecolor(),) * len(PALETTES)


def _mix(front: Color, goal: Color, share: float) -> Color:
    return Color.from_triplet(blend_rgb(front.get_truecolor(), goal.get_truecolor(), share))
