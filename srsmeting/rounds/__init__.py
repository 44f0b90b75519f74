"""Rounds of a monitor of goals: a workbook out to every unit, and what they filled in back in."""

from srsmeting.rounds.round import Round, Sent, new_round, read_round

__all__ = ["Round", "Sent", "new_round", "read_round"]
