"""Alongside: one person, one plan, many partners."""
