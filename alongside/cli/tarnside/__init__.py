"""Tarnside: one invented district, its agencies, the people who work there and one family, used by the demo, the tour and the journeys."""
