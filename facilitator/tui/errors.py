"""Show the errors that a person can cause as notifications."""

from types import TracebackType

from textual.notifications import SeverityLevel
from textual.widget import Widget

from facilitator.domain.errors import FacilitatorError, StorageError
from facilitator.render.language import _


class ErrorHandler:
    """A context manager that shows a FacilitatorError of its block as a notification.

    The rest of the block is skipped and the program goes on behind it, so what depends on success
    belongs into the block. May be used in a thread, as `Widget.notify` may.
    """

    def __init__(self, widget: Widget) -> None:
        """Show errors through `widget`."""
        self._widget = widget

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> bool:
        """Show the error; return whether it was one to show."""
        if not isinstance(error, FacilitatorError):
            return False
        notify_error(self._widget, error)
        return True


def notify_error(widget: Widget, error: FacilitatorError) -> None:
    """Show what went wrong; an error of the disk is shown as more severe than one of a rule."""
    severity: SeverityLevel = "error" if isinstance(error, StorageError) else "warning"
    widget.notify(error.message.translate(_), severity=severity, timeout=8, markup=False)
