"""The composition root: arguments, the parts put together, and one module for each command.

A command's module is imported when it is asked for, so that `--help` and the way to the first
screen load nothing that they do not need.
"""
