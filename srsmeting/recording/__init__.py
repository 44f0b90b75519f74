"""Recording a publication, and replaying it: whether its figures still come out, and why not."""

from srsmeting.recording.replaying import Replay, replay_record
from srsmeting.recording.writing import Recorded, record_meting

__all__ = ["Recorded", "Replay", "record_meting", "replay_record"]
