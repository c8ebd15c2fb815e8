"""Decoding: the order of the tries, the guesses, and what is no text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import ExtractorError, InputError
from extractor.text.decoding import Decoded, decode, find_encoding, mend_surrogates

NEWS = "和碩與仁寶昨天宣布，雙方將合資在越南設立新公司。\r\n碁石科技也表示有意投資。\n"
SIMPLIFIED = "小米昨天表示，公司将与比亚迪合作，在武汉建设新的工厂。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (codecs.BOM_UTF8 + NEWS.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + NEWS.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + NEWS.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + NEWS.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + NEWS.encode("utf-32-be"), "utf-32-be"),
        (NEWS.encode(), "utf-8"),
    ],
)
def test_certain(data: bytes, encoding: str) -> None:
    assert decode(data) == Decoded(NEWS, encoding, guessed=False)


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        (NEWS, "cp950", "cp950"),
        (NEWS, "gb18030", "gb18030"),
        (NEWS, "utf-16-le", "utf-16-le"),
        (NEWS, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "gbk", "gb18030"),
        ("香港電訊與匯豐銀行的負責人在會上說：「我哋唔會咁做。」", "big5hkscs", "big5hkscs"),
        ("仁寶投資和碩", "cp950", "cp950"),
        ("plain words only", "utf-16-le", "utf-16-le"),
        ("x" * 300_000 + NEWS, "cp950", "cp950"),
        (NEWS * 20_000, "cp950", "cp950"),
    ],
)
def test_guessed(text: str, written: str, read: str) -> None:
    assert decode(text.encode(written)) == Decoded(text, read, guessed=True)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        b"\x00" * 100,
        bytes(range(32)) * 4,
        b"\x7fELF\x02\x01\x01" + b"\x00" * 9 + b"\x03\x00\x3e\x00\x01\x00\x00\x00\xd0\x5b",
        "Müller señor naïve".encode("latin-1"),
        b"\xff",
        codecs.BOM_UTF8 + b"\x00\x01\x02",
    ],
)
def test_no_text(data: bytes) -> None:
    with pytest.raises(InputError, match="^not text"):
        decode(data)


def test_a_damaged_byte_costs_one_character() -> None:
    data = NEWS.encode()
    assert decode(data[:-2]).text == NEWS.removesuffix("。\n") + "\ufffd"
    assert decode(data[:-2]).guessed


@pytest.mark.parametrize(
    ("name", "codec"),
    [("UTF8", "utf-8"), ("Big5", "cp950"), ("GBK", "gb18030"), ("gb2312", "gb18030"), ("Shift_JIS", "shift_jis")],
)
def test_find_encoding(name: str, codec: str) -> None:
    assert find_encoding(name) == codec


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("utf-9", "did you mean utf-8"),
        ("gb-2312", "did you mean gb2312?"),
        ("cp905", "did you mean cp950"),
        ("hex", "choose from utf-8"),
        ("rot13", "choose from utf-8"),
        ("undefined", "choose from utf-8"),
        ("", "choose from utf-8"),
        ("a\0b", "choose from utf-8"),
    ],
)
def test_unknown_encoding(name: str, hint: str) -> None:
    with pytest.raises(ExtractorError, match="unknown encoding") as caught:
        decode(b"x", name)
    assert hint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_given_encoding_overrules() -> None:
    assert decode("緯創".encode("cp950"), "big5") == Decoded("緯創", "cp950", guessed=False)
    assert decode("é".encode("latin-1"), "latin-1").text == "é"
    assert decode("\ufeff緯創".encode(), "utf-8").text == "緯創"
    with pytest.raises(InputError, match="byte 0 is not utf-8"):
        decode("緯創".encode("cp950"), "utf-8")


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("a\ud800b", "a\ufffdb"),
        ("\udfff", "\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("台", "台"),
        ("\udc00\ud800", "\ufffd\ufffd"),
    ],
)
def test_surrogates(text: str, mended: str) -> None:
    assert mend_surrogates(text) == mended
    assert decode(codecs.BOM_UTF8 + text.encode("utf-8", "surrogatepass")).text == mended
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be", "surrogatepass")).text == mended


def test_empty() -> None:
    assert decode(b"") == Decoded("", "utf-8", guessed=False)


printable = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\r\n\t"))


@given(printable.filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8", guessed=False)


@given(st.binary(max_size=200))
def test_any_bytes_give_a_text_that_can_be_written_or_one_error(data: bytes) -> None:
    try:
        decode(data).text.encode()
    except InputError as error:
        assert "\n" not in str(error)


@given(st.text(st.characters(exclude_categories=[])))
def test_mended_text_can_be_written(text: str) -> None:
    mended = mend_surrogates(text)
    mended.encode()
    if not any("\ud800" <= char <= "\udfff" for char in text):
        assert mended == text
