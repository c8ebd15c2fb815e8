"""From bytes that come in chunks to text: `decode` for what is too large to be held, or has not come to its end."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator

from extractor.errors import InputError
from extractor.text.decoding import (
    CONTROLS,
    MARKS,
    NOT_IN,
    SAMPLE,
    decode,
    find_encoding,
    guess_encoding,
    is_text,
    mend_surrogates,
)

GUESSED = "read as {}, which is a guess; --encoding NAME overrules it"

_HEAD = 2**20  # bytes; what is no longer is decoded as a whole


def decode_pieces(
    chunks: Iterable[bytes], encoding: str | None = None, notice: Callable[[str], None] = lambda line: None
) -> Iterator[str]:
    """The text of `chunks`, a piece at a time; none ends inside a character or between CR and LF.

    Up to a mebibyte it is what `decode` gives. Of more, what is up to the first byte that is not ASCII and somewhat
    beyond decides the encoding; bytes further on that do not fit it are U+FFFD, and where `encoding` is given an
    InputError behind the pieces before them. `notice` gets one line where the encoding is a guess, and one for the first
    bytes that do not fit. An InputError of `chunks` comes behind the pieces that could be read.
    """
    held = ""
    for piece in _pieces(_Chunks(chunks), encoding, notice):
        text = held + piece
        # What a piece ends in may go on in the next: CR before LF, the first half of a pair of surrogates.
        held = text[-1] if text and (text[-1] == "\r" or "\ud800" <= text[-1] <= "\udbff") else ""
        if len(text) > len(held):
            yield mend_surrogates(text[: len(text) - len(held)])
    if held:
        yield mend_surrogates(held)


class _Chunks:
    """Chunks that can be taken several at once; `done` and perhaps `error` tell why no more come."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self.done = False
        self.error: InputError | None = None

    def take(self, least: int = 1) -> bytes:
        """The next chunks, joined, that make `least` bytes or more; what is left where that is less."""
        taken, size = [], 0
        while size < least and not self.done:
            try:
                chunk = next(self._chunks)
                taken.append(chunk)
                size += len(chunk)
            except StopIteration:
                self.done = True
            except InputError as error:
                self.done, self.error = True, error
        return b"".join(taken)


def _pieces(chunks: _Chunks, encoding: str | None, notice: Callable[[str], None]) -> Iterator[str]:
    head = chunks.take(_HEAD)
    if chunks.done and chunks.error is None:
        decoded = decode(head, encoding)
        if decoded.guessed:
            notice(GUESSED.format(decoded.encoding))
        yield decoded.text
        return
    if encoding is not None:
        yield from _decode_pieces(chunks, head, find_encoding(encoding), True, notice)
        return
    mark, name = next(((mark, name) for mark, name in MARKS if head.startswith(mark)), (b"", ""))
    line = 1
    if not mark and is_text(head.decode("latin-1")):
        while head.isascii() and not chunks.done:  # which is the same in every encoding that is still possible
            yield head.decode("ascii")
            line += head.count(b"\n")
            head = chunks.take()
        head += chunks.take(SAMPLE)
    if mark:
        head, name = head.removeprefix(mark), name.removesuffix("-sig")
    else:
        name, guessed = _judge(head, chunks.done and chunks.error is None)
        if guessed:
            notice(GUESSED.format(name))
    yield from _decode_pieces(chunks, head, name, False, notice, line)


def _judge(data: bytes, whole: bool) -> tuple[str, bool]:
    """The encoding of what begins with `data`, and whether it is a guess."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data, whole)
    except UnicodeDecodeError:
        return guess_encoding(data, whole), True
    return ("utf-8", False) if is_text(text) else (guess_encoding(data, whole), True)


def _decode_pieces(
    chunks: _Chunks, head: bytes, encoding: str, strict: bool, notice: Callable[[str], None], line: int = 1
) -> Iterator[str]:
    """`head` and all other `chunks`; `line` is the number of the first line."""
    decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
    data, start, damaged = head, 0, False
    while True:
        state = decoder.getstate()
        final = chunks.done and chunks.error is None
        try:
            text = decoder.decode(data, final)
        except UnicodeError as error:
            if strict:
                at = start - len(state[0]) + error.start if isinstance(error, UnicodeDecodeError) else start
                raise InputError(NOT_IN.format(encoding, f"byte {at} is not {encoding}")) from None
            decoder.setstate(state)
            decoder.errors = "replace"
            text = decoder.decode(data, final)
            decoder.errors = "surrogatepass"
            if not damaged:
                damaged = True
                at = line + text[: text.find("\ufffd")].count("\n")
                notice(f"line {at}: bytes that are not {encoding}; these and any others are read as U+FFFD")
        if not start:
            text = text.removeprefix("\ufeff") if strict else text
            if not is_text(text):
                raise InputError(NOT_IN.format(encoding, "full of control characters") if strict else CONTROLS)
        yield text
        line += text.count("\n")
        start += len(data)
        if chunks.done:
            break
        data = chunks.take()
    if chunks.error is not None:
        raise chunks.error
