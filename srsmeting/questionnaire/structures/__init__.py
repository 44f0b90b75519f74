"""Structure files of survey tools: read into one model, drafted as a questionnaire, and written for LimeSurvey."""

from srsmeting.questionnaire.structures.draft import Draft, draft_questionnaire
from srsmeting.questionnaire.structures.model import ToolQuestion, ToolStructure
from srsmeting.questionnaire.structures.read import read_structure
from srsmeting.questionnaire.structures.to_lss import lss_text

__all__ = ["read_structure", "ToolStructure", "ToolQuestion", "draft_questionnaire", "Draft", "lss_text"]
