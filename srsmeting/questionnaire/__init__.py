"""The questionnaire: what was asked, of whom, and how its answers are published."""

from srsmeting.questionnaire.answer_checks import NO_CONTENT, OTHER_THEME
from srsmeting.questionnaire.breakdown import Breakdown
from srsmeting.questionnaire.entries import Category, Group, Item, Pijler, Sum, Theme
from srsmeting.questionnaire.loader import load_questionnaire, parse_questionnaire
from srsmeting.questionnaire.model import Questionnaire
from srsmeting.questionnaire.parsing import parse_routing
from srsmeting.questionnaire.question import Question
from srsmeting.questionnaire.routing import Routing

__all__ = [
    "load_questionnaire",
    "parse_questionnaire",
    "Questionnaire",
    "Question",
    "Category",
    "Sum",
    "Item",
    "Pijler",
    "Theme",
    "OTHER_THEME",
    "NO_CONTENT",
    "Breakdown",
    "Group",
    "parse_routing",
    "Routing",
]
