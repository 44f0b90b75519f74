"""Intake: the export of a survey tool in, checked responses and an account of every row and cell out."""

from srsmeting.intake.account.report import IntakeReport
from srsmeting.intake.raw import RawExport
from srsmeting.intake.read import read_export
from srsmeting.intake.take import Intake, take_in

__all__ = ["Intake", "IntakeReport", "RawExport", "read_export", "take_in"]
