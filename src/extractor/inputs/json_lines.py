"""JSON Lines: a document a line, ``{"id": …, "text": …, "title": …, "date": …}``, all but the text optional."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from extractor.inputs.failures import Failure, RecordError, failure, listed
from extractor.inputs.opening import Source
from extractor.records import Document
from extractor.text.decoding import mend_surrogates

_DECODER = json.JSONDecoder()


def read_json_lines(lines: Iterable[str], source: Source) -> Iterator[Document | Failure]:
    """The document of each line that is not blank, or why it is none."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _document(line.removesuffix("\n"), number, source)
        except RecordError as error:
            yield failure(source.path, source.name, error)


def is_record(line: str) -> bool:
    """Whether `line` is a JSON object with a text: the beginning of JSON Lines, and of hardly any article."""
    if not line.lstrip().startswith("{"):
        return False
    try:
        value = _DECODER.decode(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and isinstance(value.get("text"), str)


def _document(line: str, number: int, source: Source) -> Document:
    try:
        value = _DECODER.decode(line)
    except json.JSONDecodeError as error:
        raise RecordError(f"not JSON: {error.msg}", number, error.pos + 1) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, a thousand nested lists
        raise RecordError("not JSON that can be read: a number too long or lists nested too deep", number) from None
    if not isinstance(value, dict):
        raise RecordError('not an object: a line is {"id": …, "text": …}', number)
    if not isinstance(value.get("text"), str):
        what = '"text" is not a string' if "text" in value else f'no "text" (found: {listed(value)})'
        raise RecordError(what, number)
    text = mend_surrogates(value["text"])
    id_, title, date = (_string(value, key, number) for key in ("id", "title", "date"))
    return Document(id_ or f"{source.stem}-{number}", text, source.path, title, date)


def _string(value: dict[str, Any], key: str, number: int) -> str | None:
    """A string or a whole number as a string; None where there is none."""
    item = value.get(key)
    if item is None or item == "":
        return None
    if isinstance(item, bool) or not isinstance(item, str | int):
        raise RecordError(f'"{key}" is not a string', number)
    return mend_surrogates(str(item))
