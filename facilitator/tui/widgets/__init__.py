"""Widgets: one frozen value in, one or two messages out."""
