"""The questionnaire: what was asked, of whom, and how its answers are published."""

from srsmeting.questionnaire.breakdown import Breakdown, Group
from srsmeting.questionnaire.entries import Category, Item, Pijler, Sum
from srsmeting.questionnaire.loader import load_questionnaire, parse_questionnaire
from srsmeting.questionnaire.model import Question, Questionnaire
from srsmeting.questionnaire.parsing import parse_routing
from srsmeting.questionnaire.routing import Reference, Routing

__all__ = [
    "load_questionnaire",
    "parse_questionnaire",
    "Questionnaire",
    "Question",
    "Category",
    "Sum",
    "Item",
    "Pijler",
    "Breakdown",
    "Group",
    "parse_routing",
    "Routing",
    "Reference",
]
