"""Panes: each joins one widget of the meeting to the session's pen."""
