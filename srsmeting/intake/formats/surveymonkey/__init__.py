"""SurveyMonkey: its dialect and the reader of its exports."""
