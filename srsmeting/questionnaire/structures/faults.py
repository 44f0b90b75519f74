"""The one error of this room: a structure file that cannot be read, and why."""

from __future__ import annotations

from srsmeting.errors import Fault, QuestionnaireError


def unreadable(name: str, message: str, rule: str, value: str = "") -> QuestionnaireError:
    """Make the error for a structure file; raise what it returns."""
    return QuestionnaireError(faults=[Fault(name, message, value=value, rule=rule)])
