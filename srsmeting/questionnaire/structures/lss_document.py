"""The XML of a LimeSurvey structure, from rows: the tables and fields that LimeSurvey 6.4 writes."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping

#: The database layout of LimeSurvey 6.4.
DB_VERSION = 620

_QUESTION = (
    "qid parent_qid sid gid type title preg other mandatory encrypted question_order scale_id same_default relevance "
    "question_theme_name modulename same_script"
)
_FIELDS = {
    "answers": "aid qid code sortorder assessment_value scale_id",
    "answer_l10ns": "id aid answer language",
    "groups": "gid sid group_order randomization_group grelevance",
    "group_l10ns": "id gid group_name description language sid group_order randomization_group grelevance",
    "questions": _QUESTION,
    "subquestions": _QUESTION,
    "question_l10ns": "id qid question help script language",
    "question_attributes": "qid attribute value language",
    "surveys": (
        "sid gsid admin expires startdate adminemail anonymized format savetimings template language "
        "additional_languages datestamp usecookie allowregister allowsave autonumber_start autoredirect allowprev "
        "printanswers ipaddr ipanonymize refurl showsurveypolicynotice publicstatistics publicgraphs listpublic "
        "htmlemail sendconfirmation tokenanswerspersistence assessments usecaptcha usetokens bounce_email "
        "attributedescriptions emailresponseto emailnotificationto tokenlength showxquestions showgroupinfo "
        "shownoanswer showqnumcode bouncetime bounceprocessing bounceaccounttype bounceaccounthost bounceaccountpass "
        "bounceaccountencryption bounceaccountuser showwelcome showprogress questionindex navigationdelay nokeyboard "
        "alloweditaftercompletion googleanalyticsstyle googleanalyticsapikey tokenencryptionoptions"
    ),
    "surveys_languagesettings": (
        "surveyls_survey_id surveyls_language surveyls_title surveyls_description surveyls_welcometext "
        "surveyls_endtext surveyls_policy_notice surveyls_policy_error surveyls_policy_notice_label surveyls_url "
        "surveyls_urldescription surveyls_email_invite_subj surveyls_email_invite surveyls_email_remind_subj "
        "surveyls_email_remind surveyls_email_register_subj surveyls_email_register surveyls_email_confirm_subj "
        "surveyls_email_confirm surveyls_dateformat surveyls_attributecaptions surveyls_alias "
        "email_admin_notification_subj email_admin_notification email_admin_responses_subj email_admin_responses "
        "surveyls_numberformat attachments"
    ),
}


def document(language: str, tables: Mapping[str, Iterable[Mapping[str, object]]]) -> str:
    """Write the whole document; a field that a row does not have is left out of it, as LimeSurvey does with NULL."""
    return "\n".join(_document(language, tables)) + "\n"


def text(words: str) -> str:
    """Write plain text as the HTML that LimeSurvey takes, with braces that are not the start of an expression.

    Examples
    --------
    >>> text("Minder dan 5 fte (<5)"), text("Zorg & {welzijn}")
    ('Minder dan 5 fte (&lt;5)', 'Zorg &amp; &#123;welzijn&#125;')
    """
    escaped = html.escape(" ".join(words.split()), quote=False)
    return escaped.replace("{", "&#123;").replace("}", "&#125;")


def _document(language: str, tables: Mapping[str, Iterable[Mapping[str, object]]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<document>"
    yield " <LimeSurveyDocType>Survey</LimeSurveyDocType>"
    yield f" <DBVersion>{DB_VERSION}</DBVersion>"
    yield f" <languages>\n  <language>{language}</language>\n </languages>"
    for name, fields in _FIELDS.items():
        rows = list(tables.get(name, ()))
        if not rows:
            continue
        yield f" <{name}>\n  <fields>"
        yield from (f"   <fieldname>{field}</fieldname>" for field in fields.split())
        yield "  </fields>\n  <rows>"
        for row in rows:
            yield "   <row>"
            yield from (f"    <{field}>{_cdata(str(row[field]))}</{field}>" for field in fields.split() if field in row)
            yield "   </row>"
        yield f"  </rows>\n </{name}>"
    yield "</document>"


def _cdata(value: str) -> str:
    # What XML cannot hold was never typed by anyone.
    kept = "".join(sign if sign.isprintable() else " " for sign in value)
    return "<![CDATA[" + kept.replace("]]>", "]]]]><![CDATA[>") + "]]>" if kept else ""
