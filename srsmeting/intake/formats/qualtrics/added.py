"""What Qualtrics adds to an export itself: which columns, what they are, and which rows it does not count."""

from __future__ import annotations

import re

from srsmeting.intake.formats.uploads import UPLOAD
from srsmeting.intake.personal import ADDRESS, KEY, MOMENT, NAME, REFERRER, TECHNICAL
from srsmeting.intake.raw import PREVIEW, SPAM, TEST

#: What a column is, in Dutch; printed in the intake report.
LOCATION, EMBEDDED, ANALYSIS = (
    "plaats van de computer",
    "gegeven dat met de uitnodiging is meegestuurd",
    "door Qualtrics berekend",
)
#: The columns with which a reader does something, by any of their names.
ROLES = {
    "responseid": "id",
    "recordid": "id",
    "status": "status",
    "finished": "finished",
    "progress": "progress",
    "externalreference": "token",
    "externaldatareference": "token",
    "startdate": "start",
    "enddate": "end",
    "durationinseconds": "seconds",
    "qtotalduration": "seconds",
}
_NAMED = {
    **dict.fromkeys(("responseid", "recordid", "responseset", "status", "finished", "progress"), TECHNICAL),
    **dict.fromkeys(("distributionchannel", "userlanguage", "qlanguage", "qdatapolicyviolations"), TECHNICAL),
    **dict.fromkeys(("startdate", "enddate", "recordeddate", "durationinseconds", "qtotalduration"), MOMENT),
    "duration": MOMENT,
    **dict.fromkeys(("recipientlastname", "recipientfirstname", "recipientemail", "emailaddress", "name"), NAME),
    **dict.fromkeys(("ipaddress", "qip"), ADDRESS),
    **dict.fromkeys(("externalreference", "externaldatareference"), KEY),
    **dict.fromkeys(("locationlatitude", "locationlongitude", "locationaccuracy"), LOCATION),
    **dict.fromkeys(("qurl", "referer", "referrer", "httpreferer"), REFERRER),
}
# Columns of a question that hold no answer to it: the end of the heading, and of the ImportId where that is needed too.
_BESIDE = (
    ("_(Browser|Version|Operating System|Resolution)", "_(BROWSER|VERSION|OS|RESOLUTION)", TECHNICAL),
    ("_(First Click|Last Click|Page Submit|Click Count)", "", MOMENT),
    ("_(Id|Name|Size|Type)", "_FILE_(ID|NAME|SIZE|TYPE)", UPLOAD),
    (r"_DO(_-?\d+)?", "", TECHNICAL),
    ("_NPS_GROUP", "", ANALYSIS),
    (" - (Topics|Parent Topics|Topic .*|Tags|Sentiment.*|Actionability|Effort.*|Emotion.*)", "", ANALYSIS),
)
_QUESTION = re.compile(r"(\d+_)?QID", re.IGNORECASE)
# Codes and texts of the column Status; a code adds up what a response is.
_SET_ASIDE = {
    **dict.fromkeys(("0", "4", "16", "ip address", "imported", "offline"), ""),
    **dict.fromkeys(("1", "9", "17", "survey preview", "offline survey preview", "survey preview spam"), PREVIEW),
    **dict.fromkeys(("2", "survey test"), TEST),
    **dict.fromkeys(("8", "12", "spam", "imported spam", "offline spam"), SPAM),
}
_FINISHED = {
    **dict.fromkeys(("1", "true", "waar", "wahr", "vrai", "verdadero"), True),
    **dict.fromkeys(("0", "false", "onwaar", "falsch", "faux", "falso"), False),
}


def what_is_added(heading: str, import_id: str = "") -> str:
    """Say in Dutch what a column is that Qualtrics adds; empty for an answer.

    With an ImportId every column is known: that of an answer names its question. Without, only the names are known that
    Qualtrics always gives.

    Examples
    --------
    >>> what_is_added("IPAddress", "ipAddress"), what_is_added("Status", "QID7"), what_is_added("wgo", "wgo")
    ('adres van de computer', '', 'gegeven dat met de uitnodiging is meegestuurd')
    >>> what_is_added("Q2_Page Submit", "QID2_PAGE_SUBMIT"), what_is_added("Q2_1")
    ('moment of duur', '')
    """
    if import_id and not _QUESTION.match(import_id):
        named = _NAMED.get(plain_key(import_id)) or _NAMED.get(plain_key(heading))
        return named or (ANALYSIS if import_id.startswith("SC_") else EMBEDDED)
    for ends, identity, what in _BESIDE:
        if re.search(f"({ends})$", heading) and re.search(f"({identity})$", import_id):
            return what
    return "" if import_id else _NAMED.get(plain_key(heading), "")


def role_of(heading: str, import_id: str = "") -> str:
    """Return what a reader does with a column that Qualtrics adds; "" for nothing.

    Examples
    --------
    >>> role_of("ResponseID"), role_of("Antworttyp", "status"), role_of("Finished", "QID3")
    ('id', 'status', '')
    """
    if _QUESTION.match(import_id):
        return ""
    return ROLES.get(plain_key(import_id)) or ROLES.get(plain_key(heading)) or ""


def reason_of(status: str) -> str | None:
    """Return why a response with this status does not count; "" when it does, None when the status is not known.

    Examples
    --------
    >>> reason_of("0"), reason_of("Survey Preview"), reason_of("2"), reason_of("Antwort")
    ('', 'preview', 'test', None)
    """
    return _SET_ASIDE.get(" ".join(status.lower().split()))


def is_finished(value: str) -> bool | None:
    """Return whether a response is finished, in any language of a spreadsheet; None when that cannot be told.

    Examples
    --------
    >>> is_finished("1"), is_finished("ONWAAR"), is_finished("misschien")
    (True, False, None)
    """
    return _FINISHED.get(value.strip().lower())


def plain_key(name: str) -> str:
    """Return a name without case, spaces and signs: "ResponseID", "_recordId", "Duration (in seconds)"."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
