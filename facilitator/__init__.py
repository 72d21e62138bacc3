"""Facilitator runs the weekly operations meeting of an Amazon seller's team."""

__version__ = "0.1.0"
