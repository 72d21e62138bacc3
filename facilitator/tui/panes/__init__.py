"""Panes: each connects one widget of the meeting screen to the session."""
