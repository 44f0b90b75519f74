"""Fetching responses: what is asked of LimeSurvey, what is written, and one message for whatever goes wrong."""

import base64
import builtins
import json
import stat
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner, Result

from srsmeting.cli import main
from srsmeting.errors import SrsmetingError
from srsmeting.fetching import fetch, plan_fetch
from srsmeting.intake.formats.limesurvey import remote
from srsmeting.intake.formats.limesurvey.lost import NOT_SHOWN

URL = "https://enquete.example.org/index.php/admin/remotecontrol"
METING = f"""\
meting: mini
title: Klein
questionnaire: questionnaire.yaml
export: answers/export.csv
limesurvey: {{url: "{URL}", survey: 123456}}
"""
RESPONSES = (
    '\ufeff"id";"submitdate";"lastpage";"startlanguage";"G01Q01"\r\n'
    '"1";"2022-03-14 10:00:00";"1";"nl";"A1"\r\n"2";"";"1";"nl";""\r\n\r\n'
)
KEY, WORD = "k3y", "geheim"


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


class Server:
    """A LimeSurvey that gives canned answers, and keeps what it was asked."""

    def __init__(self, **answers: Any) -> None:
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[str, list[Any]]] = []
        self.closed = False
        self.answers = {
            "get_session_key": KEY,
            "export_responses": encoded(RESPONSES),
            "release_session_key": "OK",
        } | answers

    def post(self, url: str, data: str, headers: dict[str, str]) -> requests.Response:
        assert url == URL
        call = json.loads(data)
        self.asked.append((call["method"], call["params"]))
        answer = self.answers[call["method"]]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, requests.Response):
            return answer
        return respond(json.dumps({"id": call["id"], "result": answer, "error": None}))

    def close(self) -> None:
        self.closed = True


def respond(text: str, status: int = 200) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response._content = text.encode()
    return response


@pytest.fixture
def meting(tmp_path: Path) -> Path:
    (tmp_path / "answers").mkdir()
    (tmp_path / "meting.yaml").write_text(METING, encoding="utf-8")
    return tmp_path


def failure(meting: Path, server: Server) -> str:
    with pytest.raises(SrsmetingError) as problem:
        fetch(plan_fetch(meting), "anna", "geheim", server)
    assert not list((meting / "answers").iterdir())
    assert "geheim" not in str(problem.value)
    return str(problem.value)


def test_responses_are_written_as_they_came_for_the_owner_alone(meting: Path) -> None:
    server = Server()

    export = fetch(plan_fetch(meting), "anna", "geheim", server)

    written = meting / "answers" / "export.csv"
    assert written.read_bytes() == RESPONSES.encode()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert (export.name, export.format, export.set_aside.tolist()) == (
        "export.csv",
        "LimeSurvey, antwoorden als codes (CSV)",
        ["", "incomplete"],
    )
    # There is no VV export or archive over the network, which would tell.
    assert export.lost == (NOT_SHOWN,)


def test_all_responses_are_asked_for_with_codes_and_the_session_is_closed(meting: Path) -> None:
    server = Server()

    fetch(plan_fetch(meting), "anna", "geheim", server)

    assert server.asked == [
        ("get_session_key", ["anna", "geheim", "Authdb"]),
        ("export_responses", [KEY, 123456, "csv", None, "all", "code", "short", None, None, None, None]),
        ("release_session_key", [KEY]),
    ]
    assert server.closed


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (
            {"get_session_key": {"status": "Invalid user name or password"}},
            "enquete.example.org does not know this user name and password. Set LIMESURVEY_USER and "
            "LIMESURVEY_PASSWORD to those of an account in LimeSurvey itself.",
        ),
        (
            {"get_session_key": {"status": "You have exceeded the number of maximum login attempts."}},
            "enquete.example.org has shut out this user after too many wrong passwords. Wait, then try again.",
        ),
        (
            {"export_responses": {"status": "No permission"}},
            "enquete.example.org does not let this user export the responses of survey 123456. Ask its owner for the "
            "right.",
        ),
        (
            {"export_responses": {"status": "No Data, survey table does not exist."}},
            "enquete.example.org has no survey 123456 with responses. Correct 'survey', or see whether it was "
            "activated.",
        ),
        (
            {"export_responses": {"status": "Error: Invalid survey ID"}},
            "enquete.example.org has no survey 123456. Correct 'survey'.",
        ),
        (
            {"export_responses": {"status": "No Data, could not get max id."}},
            "enquete.example.org has no responses of survey 123456 yet.",
        ),
        (
            {"export_responses": {"status": "Language code not found for this survey."}},
            "enquete.example.org refuses: 'Language code not found for this survey.'.",
        ),
        (
            {"get_session_key": respond("")},
            "enquete.example.org is no RemoteControl, or it is switched off. In LimeSurvey: Configuration, Global "
            "settings, Interfaces, JSON-RPC. The address is there too: https://…/index.php/admin/remotecontrol.",
        ),
        (
            {"get_session_key": respond("<html>Welkom</html>")},
            "enquete.example.org is no RemoteControl, or it is switched off. In LimeSurvey: Configuration, Global "
            "settings, Interfaces, JSON-RPC. The address is there too: https://…/index.php/admin/remotecontrol.",
        ),
        (
            {"get_session_key": respond("", 404)},
            "enquete.example.org is no RemoteControl, or it is switched off. In LimeSurvey: Configuration, Global "
            "settings, Interfaces, JSON-RPC. The address is there too: https://…/index.php/admin/remotecontrol.",
        ),
        (
            {"get_session_key": respond("", 403)},
            "enquete.example.org does not let this computer in (HTTP 403). Ask who keeps the server.",
        ),
        (
            {"export_responses": respond("", 500)},
            "enquete.example.org fails on this request (HTTP 500). Is there a survey 123456? If so, ask who keeps the "
            "server.",
        ),
        (
            {"get_session_key": requests.exceptions.ConnectionError("https://anna:geheim@…")},
            "enquete.example.org cannot be reached. Is there a network, and is 'url' right?",
        ),
        (
            {"export_responses": requests.exceptions.ReadTimeout()},
            "enquete.example.org does not answer within 120 seconds. Try again later.",
        ),
        (
            {"get_session_key": requests.exceptions.SSLError()},
            "enquete.example.org has no certificate that can be trusted, so the password was not sent. Ask who keeps "
            "the server.",
        ),
        (
            {"get_session_key": requests.exceptions.TooManyRedirects()},
            "enquete.example.org sends on to another address, and the password goes to no other. Correct 'url'.",
        ),
        (
            {"get_session_key": respond('{"id": 0, "result": "k", "error": null}')},
            "enquete.example.org gives an answer that is none of RemoteControl's. Correct 'url'.",
        ),
        (
            {"export_responses": None},
            "enquete.example.org gives an answer that is none of RemoteControl's. Correct 'url'.",
        ),
        (
            {"export_responses": encoded("<html>Er ging iets mis</html>")},
            "survey 123456: what came is no export of responses. Nothing was written.",
        ),
    ],
)
def test_what_goes_wrong_is_one_message_and_no_file(meting: Path, answers: dict[str, Any], message: str) -> None:
    assert failure(meting, Server(**answers)) == message


def test_a_request_is_given_up_and_not_sent_on() -> None:
    session = remote._session(requests.Session())

    assert session.request.keywords == {"timeout": 120}
    assert session.max_redirects == 0


def test_without_the_extra_it_says_what_to_install(meting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    importing = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("citric"):
            raise ImportError(name)
        return importing(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)

    assert failure(meting, Server()) == (
        "fetching needs the extra 'limesurvey'. Install it: pip install 'srsmeting[limesurvey]'."
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            METING.splitlines()[4],
            "",
            "meting.yaml: names no survey to fetch. Add 'limesurvey: {url: …, survey: …}'.",
        ),
        (
            "export: answers/export.csv",
            "",
            "meting.yaml: names no 'export' to write to. Add it: 'export: responses.csv'.",
        ),
        (
            "https://",
            "http://",
            "meting.yaml:5: limesurvey: 'url': would send the password as it is. Begin it with 'https://'.",
        ),
        (
            "https://",
            "https://anna:geheim@",
            "meting.yaml:5: limesurvey: 'url': has a user name or password in it. Set LIMESURVEY_USER and "
            "LIMESURVEY_PASSWORD instead.",
        ),
        (
            "/admin/remotecontrol",
            "",
            "meting.yaml:5: limesurvey: 'url': is not of a RemoteControl. It looks like "
            "'https://…/index.php/admin/remotecontrol'.",
        ),
        (
            URL,
            "enquete.example.org",
            "meting.yaml:5: limesurvey: 'url': is no address. It looks like 'https://…/index.php/admin/remotecontrol'.",
        ),
        ("123456", "0", "meting.yaml:5: limesurvey: 'survey' must be at least 1, not 0."),
    ],
)
def test_a_configuration_that_cannot_be_fetched(meting: Path, old: str, new: str, message: str) -> None:
    (meting / "meting.yaml").write_text(METING.replace(old, new), encoding="utf-8")

    with pytest.raises(SrsmetingError) as problem:
        plan_fetch(meting)

    assert str(problem.value) == message


def test_an_export_that_is_there_is_not_written_over(meting: Path) -> None:
    there = meting / "answers" / "export.csv"
    there.write_text("van vorige week", encoding="utf-8")

    with pytest.raises(SrsmetingError) as problem:
        plan_fetch(meting)

    assert str(problem.value) == (
        f"{there}: is there already, and is not written over. Move it away, or name another file under 'export'."
    )
    assert there.read_text(encoding="utf-8") == "van vorige week"


def test_a_folder_that_is_not_there_is_one_message(meting: Path) -> None:
    (meting / "answers").rmdir()
    (meting / "elsewhere").mkdir()

    with pytest.raises(SrsmetingError) as problem:
        fetch(plan_fetch(meting), "anna", "geheim", Server())

    assert str(problem.value) == f"{meting / 'answers' / 'export.csv'}: cannot be written: No such file or directory."


def test_answers_are_not_written_inside_a_repository(meting: Path) -> None:
    (meting / ".git").mkdir()

    with pytest.raises(SrsmetingError, match="lies in the git work tree"):
        plan_fetch(meting)
    assert plan_fetch(meting, inside_git=True).survey.survey == 123456


def command(monkeypatch: pytest.MonkeyPatch, server: Server, *arguments: object, user: str, password: str) -> Result:
    monkeypatch.setattr(remote, "_session", lambda session: server)
    environment = {"LIMESURVEY_USER": user, "LIMESURVEY_PASSWORD": password}
    return CliRunner().invoke(main, ["fetch", *map(str, arguments)], env=environment)


def test_the_command_takes_the_password_from_the_environment(meting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = command(monkeypatch, Server(), meting, user="anna", password=WORD)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{meting / 'answers' / 'export.csv'}: 2 responses, 1 complete.\n"


def test_without_a_password_and_without_anyone_to_ask_nothing_is_fetched(
    meting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server()

    result = command(monkeypatch, server, meting, user="anna", password="")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "srsmeting: LIMESURVEY_PASSWORD is not set, and there is nobody to ask. Set it in the environment.\n"
    )
    assert server.asked == []


def test_someone_at_the_keyboard_is_asked_and_the_password_is_not_shown(
    meting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, bool]] = []

    def prompt(text: str, *, hide_input: bool, err: bool) -> str:
        asked.append((text, hide_input))
        assert err
        return "geheim" if hide_input else "anna"

    monkeypatch.setattr("srsmeting.cli.exports.click.prompt", prompt)
    monkeypatch.setattr("srsmeting.cli.exports._is_watched", lambda: True)
    server = Server()

    result = command(monkeypatch, server, meting, user="", password="")

    assert result.exit_code == 0
    assert asked == [("User name in LimeSurvey", False), ("Password", True)]
    assert server.asked[0] == ("get_session_key", ["anna", "geheim", "Authdb"])
