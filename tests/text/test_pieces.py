"""Decoding in pieces: what `decode` promises, for texts of any size and chunks of any length."""

import codecs
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import ExtractorError, InputError
from extractor.text import pieces
from extractor.text.decoding import decode
from extractor.text.pieces import decode_pieces

NEWS = "和碩與仁寶昨天宣布，雙方將合資在越南設立新公司。\r\n碁石科技也表示有意投資。\n"
MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-32-be": codecs.BOM_UTF32_BE}


@pytest.fixture(params=[4, 2**20], ids=["long", "short"])
def head(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many bytes are decoded as a whole, so that a short text can stand for one of gigabytes."""
    monkeypatch.setattr(pieces, "_HEAD", request.param)
    return int(request.param)


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


def broken(data: bytes) -> Iterator[bytes]:
    yield data
    raise InputError("broken off")


@pytest.mark.parametrize("size", [1, 2, 3, 5, 64, 10_000])
@pytest.mark.parametrize(
    "data",
    [
        *(mark + NEWS.encode(encoding) for encoding, mark in MARKS.items()),
        NEWS.encode(),
        *(NEWS.encode(encoding) for encoding in ("cp950", "gb18030", "utf-16-le", "utf-16-be")),
        b"x, y\n" * 5_000 + NEWS.encode("cp950"),
        b"x, y\n" * 5_000 + NEWS.encode(),
        b"plain words\r\nand no more\r",
        NEWS.encode()[:-2],
        b"",
    ],
)
def test_the_text_is_that_of_decode(data: bytes, size: int, head: int) -> None:
    told: list[str] = []
    expected = decode(data)
    parts = list(decode_pieces(cut(data, size), notice=told.append))
    assert "".join(parts) == expected.text
    assert all(parts)
    assert any(f"read as {expected.encoding}, which is a guess" in line for line in told) == expected.guessed


@pytest.mark.parametrize("encoding", ["utf-8", "cp950", "gb18030", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_given_encoding(encoding: str, size: int, head: int) -> None:
    assert "".join(decode_pieces(cut(NEWS.encode(encoding), size), encoding)) == NEWS
    assert "".join(decode_pieces(cut("\ufeff仁寶".encode(), size), "utf-8")) == "仁寶"


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_a_given_encoding_that_does_not_fit_names_the_byte(size: int, head: int) -> None:
    data = NEWS.encode() + "仁寶".encode("cp950")
    with pytest.raises(InputError, match=f"^not text in utf-8: byte {len(NEWS.encode())} is not utf-8"):
        list(decode_pieces(cut(data, size), "utf-8"))


def test_an_encoding_that_does_not_exist(head: int) -> None:
    with pytest.raises(ExtractorError, match="unknown encoding"):
        list(decode_pieces([b"x" * 100], "utf-9"))


@pytest.mark.parametrize("data", [bytes(range(32)) * 4, b"\x00" * 100, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00"])
@pytest.mark.parametrize("encoding", [None, "latin-1"])
def test_no_text(data: bytes, encoding: str | None, head: int) -> None:
    with pytest.raises(InputError, match="^not text"):
        list(decode_pieces(cut(data, 64), encoding))


def test_damage_far_behind_the_head_is_told_once_and_costs_its_characters() -> None:
    told: list[str] = []
    data = NEWS.encode() * 20_000 + "仁\n寶".encode("cp950") * 2  # over 2 MB
    read = "".join(decode_pieces(cut(data, 10_007), notice=told.append))
    assert read.startswith(NEWS * 20_000)
    assert set(read[len(NEWS) * 20_000 :]) <= {"\ufffd", "\n", *map(chr, range(128))}
    assert told == ["line 40001: bytes that are not utf-8; these and any others are read as U+FFFD"]


def test_what_came_before_a_break_is_read(head: int) -> None:
    read = []
    with pytest.raises(InputError, match="^broken off$"):
        for piece in decode_pieces(broken(NEWS.encode())):
            read.append(piece)
    assert "".join(read) == NEWS


chunked = st.lists(st.binary(max_size=20), max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chunked, st.sampled_from([None, "utf-8", "cp950"]))
def test_any_chunks_give_text_that_can_be_written_or_one_error(
    head: int, chunks: list[bytes], encoding: str | None
) -> None:
    try:
        for piece in decode_pieces(chunks, encoding):
            piece.encode()
            assert piece
    except InputError as error:
        assert "\n" not in str(error)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\r\n\t")),
    st.integers(1, 9),
)
def test_utf8_is_read_as_it_is_and_lines_stay_whole(head: int, text: str, size: int) -> None:
    text = text.removeprefix("\ufeff")
    parts = list(decode_pieces(cut(text.encode(), size)))
    assert "".join(parts) == text
    assert not any(a.endswith("\r") and b.startswith("\n") for a, b in zip(parts, parts[1:], strict=False))


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_a_pair_of_surrogates_stays_one(size: int, head: int) -> None:
    data = codecs.BOM_UTF16_BE + "a😀b".encode("utf-16-be")
    assert "".join(decode_pieces(cut(data, size))) == "a😀b"
    lone = codecs.BOM_UTF16_BE + "a\ud800b".encode("utf-16-be", "surrogatepass")
    assert "".join(decode_pieces(cut(lone, size))) == "a\ufffdb"
