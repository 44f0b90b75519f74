"""What a pydantic model allows at a path in the data: the keys and the values to name in a message."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from srsmeting.yamlfile.reading import Loc


def allowed_keys(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the keys of the mapping at a path."""
    return [
        field.alias or name
        for part in _annotations(model, loc)
        if isinstance(part, type) and issubclass(part, BaseModel)
        for name, field in part.model_fields.items()
    ]


def allowed_values(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the words that can stand at a path; empty when any can."""
    return [str(arg) for part in _annotations(model, loc) if get_origin(part) is Literal for arg in get_args(part)]


def _annotations(annotation: Any, loc: Loc) -> Iterator[Any]:
    """Yield the types that a model allows at a path, unions taken apart."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _annotations(get_args(annotation)[0], loc)
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _annotations(part, loc)
    elif not loc:
        yield annotation
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = annotation.model_fields.get(str(loc[0]))
        if field is not None:
            yield from _annotations(field.annotation, loc[1:])
    elif get_args(annotation):
        # A list or a mapping: the type of its entries is the last argument (or the one before `...`).
        arguments = [part for part in get_args(annotation) if part is not Ellipsis]
        yield from _annotations(arguments[-1], loc[1:])
