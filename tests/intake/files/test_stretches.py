import io

from hypothesis import given, settings
from hypothesis import strategies as st

from srsmeting.intake.files.stretches import stretches


def cut(raw: bytes, least: int, most: int = 1000) -> list[bytes]:
    return list(stretches(io.BytesIO(raw), least, most))


def test_a_stretch_ends_where_a_record_does() -> None:
    assert cut(b'a;b\n"c\nd";e\nf;g\n', 5) == [b"a;b\n", b'"c\nd";e\n', b"f;g\n"]
    assert cut(b'a;"b""\n""c"\nd;e', 8) == [b'a;"b""\n""c"\n', b"d;e"]
    assert cut(b"", 8) == []


def test_a_record_that_never_ends_is_the_rest_of_the_file() -> None:
    assert cut(b'a\n"b\nc\nd\ne\nf\ng\n', 2, most=4) == [b"a\n", b'"b\nc\nd\ne\nf\ng\n']


@settings(derandomize=True, deadline=None, database=None)
@given(raw=st.text(st.sampled_from('a;"\n'), max_size=80).map(str.encode), least=st.integers(1, 90))
def test_nothing_is_lost_and_every_stretch_but_the_last_has_whole_records(raw: bytes, least: int) -> None:
    parts = cut(raw, least)
    assert b"".join(parts) == raw
    assert all(part.endswith(b"\n") and part.count(b'"') % 2 == 0 for part in parts[:-1])
    assert all(parts)


@settings(derandomize=True, deadline=None, database=None)
@given(rows=st.lists(st.text(st.sampled_from('a;"\n'), max_size=6), min_size=1, max_size=30), least=st.integers(1, 40))
def test_stretches_are_no_larger_than_they_need_to_be(rows: list[str], least: int) -> None:
    records = [f'"{row.replace(chr(34), chr(34) * 2)}"\n'.encode() for row in rows]
    longest = max(map(len, records))
    assert all(len(part) < least + longest + least for part in cut(b"".join(records), least))
