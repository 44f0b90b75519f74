"""LimeSurvey: every format in which it exports responses, read to one contract."""

from srsmeting.intake.formats.limesurvey.dialect import LimeSurvey, what_is_added

__all__ = ["LimeSurvey", "what_is_added"]
