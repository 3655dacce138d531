"""Carrying work from one copy of a project to another: bundles, what they hold, and merging them."""
