"""Invented responses that meet targets: the reconstruction of a published measurement, or dummy data."""

from srsmeting.synthesis.codes import write_invented_codes
from srsmeting.synthesis.dummies import Dummies, invent_dummies
from srsmeting.synthesis.fieldwork import invent_tokens
from srsmeting.synthesis.frame import write_sampling_frame
from srsmeting.synthesis.invent import synthesise
from srsmeting.synthesis.limesurvey import write_limesurvey_export
from srsmeting.synthesis.repeating import Repeat, add_option, ask_more, read_invented, repeat_survey, write_invented
from srsmeting.synthesis.targets import Target
from srsmeting.synthesis.targets_file import read_targets
from srsmeting.synthesis.texts import read_text_themes, read_texts

__all__ = [
    "synthesise",
    "invent_dummies",
    "Dummies",
    "Target",
    "read_targets",
    "write_limesurvey_export",
    "write_sampling_frame",
    "read_texts",
    "read_text_themes",
    "write_invented_codes",
    "invent_tokens",
    "Repeat",
    "repeat_survey",
    "ask_more",
    "add_option",
    "read_invented",
    "write_invented",
]
