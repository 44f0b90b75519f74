"""The record of a publication: what was published, what it was made of, and whether it still comes out.

A record stands in the folder of its measurement and is never written over: a correction makes the next one, which says
what differs and why. It holds the figures, the questionnaire and the settings; of what holds respondents only hashes.
"""

from srsmeting.record.model import Record
from srsmeting.record.reading import pick_record, read_records
from srsmeting.record.replaying import Replay, replay_record
from srsmeting.record.writing import Recorded, record_meting

__all__ = ["Record", "Recorded", "Replay", "pick_record", "read_records", "record_meting", "replay_record"]
