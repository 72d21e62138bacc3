"""Adapters: one module for each library, file format or system service."""
