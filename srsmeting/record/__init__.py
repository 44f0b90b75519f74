"""The record of a publication: what was published, and what it was made of.

A record stands in the folder of its measurement and is never written over: a correction makes the next one, which says
what differs and why. It holds the figures, the years beside them, the questionnaire and the settings; of what holds
respondents only hashes.
"""

from srsmeting.record.model import Record
from srsmeting.record.reading import pick_record, read_records

__all__ = ["Record", "pick_record", "read_records"]
