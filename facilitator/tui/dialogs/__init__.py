"""Dialogs over a screen: each edits one value and hands it to the caller."""
