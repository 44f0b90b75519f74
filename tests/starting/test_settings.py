"""What of a measurement goes along to the next one: every key of its configuration is one or the other."""

from pathlib import Path

from srsmeting.configuration import MetingConfig, read_config
from srsmeting.starting.folder import OF_ONE
from srsmeting.starting.settings import FILES, KEPT, settings_text


def test_every_key_is_kept_or_a_file_or_of_one_measurement() -> None:
    written = {"meting", "title", "report"}

    assert set(MetingConfig.model_fields) == {*KEPT, *FILES, *OF_ONE, *written}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    kept = {
        "breakdowns": ["wgo", "wgo*branche"],
        "response_by": "",
        "partial": 0.5,
        "weights": {"margins": ["wgo"], "bounds": [0.3, 3]},
        "publication": {"min_base": 5, "groups": {"wgo": {"min_respondents": 10, "min_response": 0.2}}},
        "comparisons": {"by": ["wgo"], "adjusted": [{"question": "rol", "by": "wgo", "for": ["branche"]}]},
    }
    text = settings_text(
        "peiling-1",
        'Peiling "1": #een',
        files={"questionnaire": "q.yaml", "export": "no"},
        later={"coded": "coded.csv"},
        kept=kept,
        report={"source": "Enquête: 2027 ‘x’", "period": "2027"},
        about="A trial.",
    )
    (tmp_path / "meting.yaml").write_text(text, encoding="utf-8")
    _, config, _ = read_config(tmp_path)

    assert config.model_dump(exclude_unset=True, by_alias=True) == MetingConfig.model_validate(
        {
            "meting": "peiling-1",
            "title": 'Peiling "1": #een',
            "questionnaire": "q.yaml",
            "export": "no",
            "report": {"source": "Enquête: 2027 ‘x’", "period": "2027"},
            **kept,
        }
    ).model_dump(exclude_unset=True, by_alias=True)
