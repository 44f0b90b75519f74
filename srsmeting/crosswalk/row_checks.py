"""Check one row of a crosswalk: in itself, and against the two questionnaires."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from srsmeting.crosswalk.rows import COMPARABLE, KINDS, ONE_SIDED, OPEN, Key, Row
from srsmeting.crosswalk.subjects import KINDS_OF, Subject, lists_parts, subjects_of
from srsmeting.crosswalk.wording import plain, same_text, year_of
from srsmeting.errors import Fault, suggest
from srsmeting.questionnaire import Questionnaire


@dataclass(frozen=True)
class Sides:
    """The two questionnaires that a crosswalk goes between, and everything in them that needs a row."""

    earlier: Questionnaire
    later: Questionnaire
    orig: dict[Key, Subject] = field(init=False)
    target: dict[Key, Subject] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "orig", subjects_of(self.earlier))
        object.__setattr__(self, "target", subjects_of(self.later))

    @property
    def years(self) -> tuple[int | None, int | None]:
        """The years that the two are about."""
        return year_of(self.earlier.meting), year_of(self.later.meting)


def fault(file: str, row: Row, message: str, column: str, value: str, rule: str) -> Fault:
    """Return a fault of a row, told with what it is about."""
    return Fault(file, f"{row.name}: {message}", row.line, column, value, rule)


def check_row(file: str, row: Row, sides: Sides) -> Iterator[Fault]:
    """Yield what is wrong with one row, by itself and held against the questionnaires."""
    shape = list(_shape(file, row))
    if shape:
        yield from shape
        return
    orig, target = _subject(row.orig, sides.orig), _subject(row.target, sides.target)
    unknown = [
        *_names(file, row, row.orig, orig, sides.earlier, sides.orig, "orig"),
        *_names(file, row, row.target, target, sides.later, sides.target, "target"),
    ]
    yield from unknown
    if row.is_open:
        yield _open(file, row)
    elif not unknown:
        found = list(_fitting(file, row, orig, target))
        yield from found
        if not found:
            yield from _reasons(file, row)
            yield from _labels(file, row, orig, target, sides)
            if orig is not None and target is not None:
                yield from _contradiction(file, row, orig, target, sides)


def _subject(key: Key | None, known: dict[Key, Subject]) -> Subject | None:
    return None if key is None else known.get(key)


def _open(file: str, row: Row) -> Fault:
    columns = [name for name in ("kind", "comparable") if getattr(row, name) == OPEN]
    what = " and ".join(repr(name) for name in columns)
    hint = row.reason.removeprefix(OPEN).strip() if row.reason.startswith(OPEN) else ""
    if not columns:
        message = "'reason' is still the question of the proposal. Write the reason, or leave it empty"
    else:
        message = f"{what} {'is' if len(columns) == 1 else 'are'} still open. Decide"
    message = f"{message}: {hint}." if hint else f"{message}."
    return fault(file, row, message, (columns or ["reason"])[0], OPEN, "undecided")


def _shape(file: str, row: Row) -> Iterator[Fault]:
    """Yield words that are none of the lists, and sides that are filled in or empty against the kind."""
    for column, value, known in (("kind", row.kind, KINDS), ("comparable", row.comparable, COMPARABLE)):
        if value not in (*known, OPEN):
            yield fault(
                file, row, f"no {column} {value!r}. {suggest(value, known)}", column, value, f"unknown_{column}"
            )
    for key, side in ((row.orig, "orig"), (row.target, "target")):
        if key is not None and not key.variable:
            message = f"has a code, {key.code!r}, but no 'var_name_{side}'. Name its question."
            yield fault(file, row, message, f"var_name_{side}", key.code, "no_variable")
    if row.orig is None and row.target is None:
        message = "names nothing, neither in the earlier year nor in the later. Name it, or remove the row."
        yield Fault(file, message, row.line, "var_name_orig", rule="no_variable")
        return
    if row.kind not in KINDS:
        return
    for key, side, kind in ((row.orig, "orig", "new"), (row.target, "target", "dropped")):
        columns = f"var_name_{side}' and 'val_code_{side}"
        if row.kind == kind and key is not None:
            message = f"is {kind}, and stands for {key} all the same. Empty '{columns}', or write another kind."
            yield fault(file, row, message, "kind", kind, "one_sided")
        elif row.kind != kind and key is None:
            message = f"is {row.kind}, but '{columns}' are empty. Fill them in, or write '{kind}'."
            yield fault(file, row, message, f"var_name_{side}", row.kind, "one_sided")


def _names(
    file: str, row: Row, key: Key | None, found: Subject | None, of: Questionnaire, known: dict[Key, Subject], side: str
) -> Iterator[Fault]:
    if key is None or found is not None:
        return
    variables = dict.fromkeys(known_key.variable for known_key in known)
    if key.variable not in variables:
        message = f"{of.meting} has no {key.variable!r}. {suggest(key.variable, variables)}"
        yield fault(file, row, message, f"var_name_{side}", key.variable, "unknown_variable")
        return
    codes = [known_key.code for known_key in known if known_key.variable == key.variable and known_key.code]
    message = f"{key.variable!r} of {of.meting} has no {key.code!r} that needs a row. {suggest(key.code, codes)}"
    yield fault(file, row, message, f"val_code_{side}", key.code, "unknown_code")


def _fitting(file: str, row: Row, orig: Subject | None, target: Subject | None) -> Iterator[Fault]:
    """Yield a kind that does not go with what the row is about, and sides that are not of one sort."""
    subject = orig or target
    if subject is None:
        return
    if orig is not None and target is not None and orig.level != target.level:
        message = f"{_a(orig)} cannot become {_a(target)}, {target.key}. Write 'dropped' and 'new'."
        yield fault(file, row, message, "var_name_target", str(target.key), "other_level")
        return
    if row.kind not in KINDS_OF[subject.level]:
        known = ", ".join(repr(kind) for kind in KINDS_OF[subject.level])
        repair = ""
        if row.kind in ("merged", "split"):
            repair = " Write 'dropped' and 'new'."
        elif row.kind == "base_changed":
            repair = " The base belongs to the question: write it there."
        message = f"kind {row.kind!r} does not go with {_a(subject)}.{repair} Known: {known}."
        yield fault(file, row, message, "kind", row.kind, "kind_of_level")
    elif row.kind in ONE_SIDED and row.comparable != "no":
        message = f"is {row.kind}, so there is nothing to compare it with. Write 'no' under 'comparable'."
        yield fault(file, row, message, "comparable", row.comparable, "one_sided")


def _a(subject: Subject) -> str:
    return f"{'an' if subject.level == 'answer' else 'a'} {subject.level}"


def _reasons(file: str, row: Row) -> Iterator[Fault]:
    if row.reason or row.kind in ONE_SIDED:
        return
    if row.comparable != "yes":
        message = f"comparable is {row.comparable!r}, and no reason is given. Write it: it is printed."
        yield fault(file, row, message, "reason", "", "no_reason")
    elif row.kind in ("wording_changed", "base_changed"):
        what = "wording" if row.kind == "wording_changed" else "base"
        message = f"comparable is 'yes' though the {what} changed, and no reason is given. Write why it is."
        yield fault(file, row, message, "reason", "", "no_reason")


def _labels(file: str, row: Row, orig: Subject | None, target: Subject | None, sides: Sides) -> Iterator[Fault]:
    """Yield labels that are not those of the questionnaire: a code was changed, and its label was not."""
    for subject, label, of, side in (
        (orig, row.orig_label, sides.earlier, "orig"),
        (target, row.target_label, sides.later, "target"),
    ):
        if subject is not None and label and plain(label) != plain(subject.label):
            message = (
                f"{of.meting} has {plain(subject.label)!r} there, and the row says {label!r}. Correct or empty it."
            )
            yield fault(file, row, message, f"val_label_{side}", label, "other_label")


def _contradiction(file: str, row: Row, orig: Subject, target: Subject, sides: Sides) -> Iterator[Fault]:
    """Yield a kind that says less than the questionnaires show."""
    alike = same_text(orig.label, target.label, sides.years) and plain(orig.note) == plain(target.note)
    # Of a statement the question may have another name; that is said at the question.
    own = (orig.key.variable.partition(".")[2], target.key.variable.partition(".")[2])
    named_alike = orig.key == target.key if not orig.is_part else (own[0], orig.key.code) == (own[1], target.key.code)
    asked = orig.level in ("question", "statement")
    if row.kind == "same" and not named_alike:
        message = f"is called {target.key} now, so it is not 'same'. Write 'renamed', or what else became of it."
        yield fault(file, row, message, "kind", row.kind, "contradiction")
    elif row.kind in ("same", "renamed") and asked and not alike:
        message = (
            f"is said to be {row.kind!r}, but was {plain(orig.label)!r} and is {plain(target.label)!r}. "
            "Write 'wording_changed', and whether it can be compared."
        )
        yield fault(file, row, message, "kind", row.kind, "contradiction")
    elif row.kind == "same" and not alike and orig.level != "grouping":
        names = (orig.label, target.label)
        before, now = names if not same_text(*names, sides.years) else (orig.note, target.note)
        otherwise = "'wording_changed'" if "wording_changed" in KINDS_OF[orig.level] else "'dropped' and 'new'"
        message = (
            f"is said to be 'same', but was {plain(before)!r} and is {plain(now)!r}. "
            f"Write 'renamed' where only the name changed, or else {otherwise}."
        )
        yield fault(file, row, message, "kind", row.kind, "contradiction")
    elif row.kind == "wording_changed" and alike and not _answered_otherwise(orig, target, sides):
        message = (
            "is said to be 'wording_changed', but has the same text in both years. Write what else became of it, or "
            f"{'same' if named_alike else 'renamed'!r}: that too can be 'break' or 'no', with the reason."
        )
        yield fault(file, row, message, "kind", row.kind, "contradiction")
    elif row.kind == "renamed" and named_alike and alike:
        message = "is said to be 'renamed', and has the same name in both. Write 'same'."
        yield fault(file, row, message, "kind", row.kind, "contradiction")


def _answered_otherwise(orig: Subject, target: Subject, sides: Sides) -> bool:
    """Say whether a question is of another kind or range of marks: no kind of row says that apart."""
    if orig.level != "question":
        return False
    return not lists_parts(sides.earlier, sides.later, orig.key.variable, target.key.variable)
