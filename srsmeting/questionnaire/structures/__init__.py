"""Structure files of survey tools: read into one model, drafted as a questionnaire, and written for LimeSurvey."""

from srsmeting.questionnaire.structures.model import ToolQuestion, ToolStructure
from srsmeting.questionnaire.structures.read import read_structure

__all__ = ["read_structure", "ToolStructure", "ToolQuestion"]
