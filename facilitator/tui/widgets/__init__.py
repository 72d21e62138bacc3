"""Widgets: one frozen value in, messages out."""
