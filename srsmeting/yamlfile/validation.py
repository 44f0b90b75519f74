"""Check data against a pydantic model, and tell every fault in our own words.

pydantic finds the faults; what a person reads is made here: *where: what is wrong, with which value. The likely repair.
What exists.*
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails

from srsmeting.errors import ConfigurationError, Fault, SrsmetingError, suggest
from srsmeting.yamlfile.places import describe, locate, value_at
from srsmeting.yamlfile.reading import Loc, YamlFile, read_yaml

M = TypeVar("M", bound=BaseModel)

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "decimal_type": "a number, with a point (0.85)",
    "decimal_parsing": "a number, with a point (0.85)",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
}
_LIMITS = {"greater_than_equal": "at least {ge}", "less_than_equal": "at most {le}"}


def _as_text(value: Any) -> Any:
    # A bool is an int to Python; `true` as a code is more likely a slip than a wish.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


#: Text in a model, for codes and years: a whole number is taken as it was written.
Text = Annotated[str, BeforeValidator(_as_text), WithJsonSchema({"type": ["string", "integer"]})]


def validate(
    model: type[M],
    file: YamlFile | Path | str,
    error: type[SrsmetingError] = ConfigurationError,
    *,
    nouns: Mapping[str, str] | None = None,
) -> M:
    """Read a YAML file into a model.

    Parameters
    ----------
    model
        A pydantic model.
    file
        The path of a file, or one that was read before.
    error
        What to raise, with all the faults of the file.
    nouns
        What one entry is called, by the key of its list or mapping (`questions`: `question`), for the messages.

    Returns
    -------
    An instance of `model`.

    Examples
    --------
    >>> class Config(BaseModel, extra="forbid"):
    ...     title: str
    >>> validate(Config, YamlFile("m.yaml", {"titel": "X"}, {(): 1, ("titel",): 1}))
    Traceback (most recent call last):
    srsmeting.errors.ConfigurationError: m.yaml:1: unknown key 'titel'. Did you mean 'title'? Known: 'title'.
    """
    file = file if isinstance(file, YamlFile) else read_yaml(file, error)
    try:
        return model.model_validate(file.data)
    except ValidationError as problem:
        found = model_faults(model, file, problem, nouns=nouns)
    raise error(faults=[fault.fault for fault in found])


class ModelFault(NamedTuple):
    """What pydantic found: its path in the data, our words for it, and the key or word that was probably meant."""

    loc: Loc
    fault: Fault
    meant: str = ""


def model_faults(
    model: type[BaseModel], file: YamlFile, problem: ValidationError, *, nouns: Mapping[str, str] | None = None
) -> list[ModelFault]:
    """Tell what pydantic found, in the order of the file.

    A key that is missing because it is misspelt is one fault, not two.
    """
    found = []
    for details in problem.errors():
        if _is_echo(details):
            continue
        loc, meant = details["loc"], ""
        if details["type"] == "extra_forbidden":
            parent = value_at(file.data, loc[:-1])
            free = [key for key in _allowed_keys(model, loc[:-1]) if key not in parent]
            meant = next(iter(get_close_matches(str(loc[-1]), free, n=1)), "")
        elif details["type"] == "literal_error":
            meant = next(iter(get_close_matches(str(details["input"]), _allowed_values(model, loc), n=1)), "")
        found.append(ModelFault(loc, _fault(model, file, details, nouns or {}), meant))
    misspelt = {(*fault.loc[:-1], fault.meant) for fault in found if fault.fault.rule == "unknown_key"}
    kept = [fault for fault in found if fault.fault.rule != "missing_key" or fault.loc not in misspelt]
    return sorted(kept, key=lambda fault: fault.fault.line or 0)


def _is_echo(details: ErrorDetails) -> bool:
    """Say whether pydantic only repeats that something inside is wrong, in a default or in the length of a list."""
    if details["type"] == "default_factory_not_called":
        return True
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _fault(model: type[BaseModel], file: YamlFile, details: ErrorDetails, nouns: Mapping[str, str]) -> Fault:
    loc, kind, value = details["loc"], details["type"], details["input"]
    named = _named(loc)
    key = str(loc[named - 1]) if named else ""
    place = locate(file.data, loc[: named - 1] if named else (), nouns)
    where = f"{place}: " if place else ""
    shown = describe(value)
    position = loc[named] if named < len(loc) else None
    entry = f"entry {position + 1} of {key!r}" if isinstance(position, int) else repr(key)
    if kind == "extra_forbidden":
        wrong, rule, shown = f"unknown key {key!r}. {suggest(key, _allowed_keys(model, loc[:-1]))}", "unknown_key", key
    elif kind == "missing" and position is not None:
        wrong, rule, shown = f"{key!r} has too few entries.", "too_short", ""
    elif kind == "missing":
        wrong, rule, shown = f"key {key!r} is missing.", "missing_key", ""
    elif kind == "literal_error" and isinstance(value, str):
        # A key that is called that itself would be said twice.
        what = f"{key!r} cannot be" if key == "unknown" else f"unknown {key}"
        wrong, rule = f"{what} {value!r}. {suggest(value, _allowed_values(model, loc))}", f"unknown_{key}"
    elif kind in _LIMITS:
        wrong, rule = f"{entry} must be {_LIMITS[kind].format(**details['ctx'])}, not {shown}.", "out_of_range"
    elif kind == "too_short":
        wrong, rule = f"{key!r} must have at least {_entries(details['ctx']['min_length'])}.", "too_short"
    elif kind == "too_long":
        wrong, rule = f"{key!r} must have at most {_entries(details['ctx']['max_length'])}.", "too_long"
    elif kind == "value_error":
        wrong, rule = f"{entry}: {details['ctx']['error']}", "value"
    else:
        expected = (
            _EXPECTED.get(kind)
            or _one_of(_allowed_values(model, loc))
            or details["msg"].removeprefix("Input should be ")
        )
        quote = kind in ("string_type", "literal_error") and isinstance(value, bool | int | float)
        repair = f" Put it in quotes: '{shown}'." if quote else ""
        wrong, rule = f"{entry} must be {expected}, not {shown}.{repair}", "wrong_type"
    value = value if isinstance(value, str) and kind != "extra_forbidden" else shown
    return Fault(file.name, where + wrong, line=file.line(loc), column=key, value=value, rule=rule)


def _allowed_keys(model: type[BaseModel], loc: Loc) -> list[str]:
    kind = _type_at(model, loc)
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _allowed_values(model: type[BaseModel], loc: Loc) -> list[str]:
    kind = _type_at(model, loc)
    return [str(value) for value in get_args(kind)] if get_origin(kind) is Literal else []


def _type_at(kind: Any, loc: Loc) -> Any:
    """Return the type that a model has at a path in its data."""
    for step in loc:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(str(step))
            kind = field.annotation if field else None
        else:
            # A list or a mapping: the type of its entries is the last argument (or the one before `...`).
            kind = next((part for part in reversed(get_args(kind)) if part is not Ellipsis), None)
        kind = _given(kind)
    return kind


def _given(kind: Any) -> Any:
    """Return the type of what may be left out, where it is given: `X` of `X | None`."""
    parts = [part for part in get_args(kind) if part is not NoneType]
    return parts[0] if isinstance(kind, UnionType) and len(parts) == 1 else kind


def _named(loc: Loc) -> int:
    """Return how much of a path leads up to its last key."""
    return next((end for end in range(len(loc), 0, -1) if isinstance(loc[end - 1], str)), 0)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


def _one_of(choices: list[str]) -> str:
    return f"one of {', '.join(repr(choice) for choice in choices)}" if choices else ""
