"""An expression that is made of its code is the one that was compiled; a code of another Python does no harm."""

from __future__ import annotations

import re
from array import array

import pytest

from extractor.knowledge.compiled import load_knowledge
from extractor.text import codes
from extractor.text.codes import Code, _check, decode, encode

SOURCES = [
    "",
    "收購|併購",
    r"(?P<s>[\ue000-\uf8ff])(?!、)[^。!?\n]{0,40}?(?P<t>收購)(?P<o>[\ue000-\uf8ff])",
    r"(?<=甲)(?i:abc)(?=乙)|\d+(?:\.\d+)?%",
    r"(?P<first>a)(b)?(?P<last>c)(?P=first)",
]
TEXTS = ["", "\ue000擬收購\ue001", "甲ABC乙", "12.5%", "abca", "aca 併購"]


@pytest.mark.parametrize("source", SOURCES)
def test_it_finds_the_same(source: str) -> None:
    made, compiled = decode(source, encode(source)), re.compile(source)
    assert made == compiled
    for text in TEXTS:
        for one, other in zip(made.finditer(text), compiled.finditer(text), strict=True):
            assert (one.span(), one.groups(), one.groupdict()) == (other.span(), other.groups(), other.groupdict())


def checked(code: Code, source: str) -> Code:
    """`code`, as if it had been made of `source`."""
    return code._replace(check=_check(source, code.words))


@pytest.mark.parametrize(
    "code",
    [
        Code(32, 0, {}, 0, array("I", [4_000_000_000] * 9)),
        Code(32, 5, {"s": 9}, 0, array("I")),
        Code(32, 0, {}, 0, array("I", encode("(a)|b{2,}").words[:-2])),
    ],
)
def test_what_python_does_not_take_is_compiled_anew(code: Code) -> None:
    assert decode("收購", checked(code, "收購")).search("擬收購") is not None


@pytest.mark.parametrize("source", SOURCES)
def test_a_damaged_code_is_not_handed_over(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Some of these would end the process.
    monkeypatch.setattr(codes, "_sre", None)
    made = encode(source)
    for place in range(len(made.words)):
        for bit in range(32):
            words = array("I", made.words)
            words[place] ^= 1 << bit
            assert decode(source, made._replace(words=words)) == re.compile(source)


def test_a_code_of_another_expression_is_not_taken() -> None:
    assert decode("收購", encode("併購")).search("擬收購") is not None


def test_every_rule_is_made_of_its_code() -> None:
    for relation in load_knowledge().rules.relations.values():
        for rule in relation.rules:
            assert rule.code is not None
            assert rule.regex == re.compile(rule.source)
