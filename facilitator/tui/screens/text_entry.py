"""Moved."""

from facilitator.tui.dialogs.text_entry import TextEntry as TextEntry
