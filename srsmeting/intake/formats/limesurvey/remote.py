"""LimeSurvey: the responses of a survey through its RemoteControl, as the CSV with codes that one would export by hand.

The one place in this package that reaches for the network, and only when it is asked to. `citric` speaks the protocol.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from srsmeting.errors import IntakeError

#: Seconds until a server that says nothing is given up.
_PATIENCE: Final = 120
_ADDRESS: Final = "https://…/index.php/admin/remotecontrol"
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST: Final = 200

_ACCOUNT: Final = (
    "does not know this user name and password. Set LIMESURVEY_USER and LIMESURVEY_PASSWORD to those of an account in "
    "LimeSurvey itself."
)
_INTERFACE: Final = (
    "is no RemoteControl, or it is switched off. In LimeSurvey: Configuration, Global settings, Interfaces, JSON-RPC. "
    f"The address is there too: {_ADDRESS}."
)
#: What LimeSurvey says when it refuses, as far as it stands in the sentence; and what that means.
_REFUSALS: Final = (
    ("invalid user", _ACCOUNT),
    ("login attempts", "has shut out this user after too many wrong passwords. Wait, then try again."),
    ("no permission", "does not let this user export the responses of survey {survey}. Ask its owner for the right."),
    ("survey table", "has no survey {survey} with responses. Correct 'survey', or see whether it was activated."),
    ("invalid survey", "has no survey {survey}. Correct 'survey'."),
    ("max id", "has no responses of survey {survey} yet."),
)


def check_address(url: str) -> str:
    """Say what is wrong with the address of a RemoteControl; "" when nothing is.

    Examples
    --------
    >>> check_address("https://enquete.example.org/index.php/admin/remotecontrol")
    ''
    >>> check_address("http://enquete.example.org/index.php/admin/remotecontrol")
    "would send the password as it is. Begin it with 'https://'."
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https"):
        return f"is no address. It looks like {_ADDRESS!r}."
    if parts.username or parts.password:
        return "has a user name or password in it. Set LIMESURVEY_USER and LIMESURVEY_PASSWORD instead."
    if parts.scheme == "http" and host not in _HERE:
        return "would send the password as it is. Begin it with 'https://'."
    if "remotecontrol" not in url:
        return f"is not of a RemoteControl. It looks like {_ADDRESS!r}."
    return ""


def fetch_responses(url: str, survey: int, user: str, password: str, session: Any = None) -> bytes:
    """Fetch all responses of a survey as CSV: question codes as headings, answer codes as answers.

    Parameters
    ----------
    url
        The address of the RemoteControl.
    survey
        The number of the survey.
    user, password
        Of an account in LimeSurvey that may export responses.
    session
        What to send requests with, as `requests.Session`.

    Returns
    -------
    bytes
        The file as LimeSurvey made it.

    Raises
    ------
    IntakeError
        The extra `limesurvey` is not installed; the server is not reached, refuses, or says something else.
    """
    if wrong := check_address(url):
        raise IntakeError(f"the address {wrong}")
    try:
        import requests
        from citric import Client
        from citric.exceptions import LimeSurveyError, ResponseMismatchError
    except ImportError:
        message = "fetching needs the extra 'limesurvey'. Install it: pip install 'srsmeting[limesurvey]'."
        raise IntakeError(message) from None
    host = urlsplit(url).hostname
    try:
        with Client(url, user, password, requests_session=session or _session(requests.Session())) as client:
            raw = client.export_responses(
                survey, file_format="csv", heading_type="code", response_type="short", completion_status="all"
            )
    except LimeSurveyError as problem:
        raise IntakeError(f"{host} {_refusal(str(problem), survey)}") from None
    except requests.exceptions.HTTPError as problem:
        status = problem.response.status_code if problem.response is not None else 0
        raise IntakeError(f"{host} {_status(status, survey)}") from None
    except requests.exceptions.SSLError:
        message = "has no certificate that can be trusted, so the password was not sent. Ask who keeps the server."
        raise IntakeError(f"{host} {message}") from None
    except requests.exceptions.Timeout:
        raise IntakeError(f"{host} does not answer within {_PATIENCE} seconds. Try again later.") from None
    except requests.exceptions.TooManyRedirects:
        message = "sends on to another address, and the password goes to no other. Correct 'url'."
        raise IntakeError(f"{host} {message}") from None
    except requests.exceptions.JSONDecodeError:
        raise IntakeError(f"{host} {_INTERFACE}") from None
    except requests.exceptions.RequestException:
        raise IntakeError(f"{host} cannot be reached. Is there a network, and is 'url' right?") from None
    except (ResponseMismatchError, KeyError, TypeError, ValueError):
        raise IntakeError(f"{host} gives an answer that is none of RemoteControl's. Correct 'url'.") from None
    return raw


def _session(session: Any) -> Any:
    session.request = partial(session.request, timeout=_PATIENCE)
    session.max_redirects = 0
    return session


def _refusal(said: str, survey: int) -> str:
    if "interface" in said.lower():
        return _INTERFACE
    for mark, meaning in _REFUSALS:
        if mark in said.lower():
            return meaning.format(survey=survey)
    return f"refuses: {said[:_LONGEST]!r}."


def _status(status: int, survey: int) -> str:
    if status in (401, 403):
        return f"does not let this computer in (HTTP {status}). Ask who keeps the server."
    if status in (404, 405):
        return _INTERFACE
    return f"fails on this request (HTTP {status}). Is there a survey {survey}? If so, ask who keeps the server."
