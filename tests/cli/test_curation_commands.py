"""`extractor dictionary add|ignore|suggest|import`, as a shell runs them; the review on a pseudo-terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from helpers import COMMAND, call

CTRL_C = "\x03"
TEXT = "約塔鑫科技（99991）與鴻海簽約。艾克鑫科技（99992）上漲。"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="written for a POSIX shell")


def dictionary(*arguments: str | Path, given: str = "", **env: str) -> tuple[int, str, str]:
    """Status, stdout and stderr of `extractor dictionary …`."""
    result = call("dictionary", *arguments, given=given, **env)
    return result.returncode, result.stdout, result.stderr


def test_a_name_that_is_added_is_found(tmp_path: Path) -> None:
    own = tmp_path / "new" / "own"
    status, out, err = dictionary(
        "add",
        "company",
        "約塔鑫科技",
        "--en",
        "Eta Xin",
        "--alias",
        "約塔鑫",
        "--code",
        "tpex:99991",
        "--dictionary",
        own,
    )
    place = own / "companies.csv"
    assert (status, out) == (0, "")
    assert err == f"added company eta-xin: 約塔鑫科技|約塔鑫|Eta Xin|tpex:99991 ({place}:3)\n"
    found = call("--dictionary", own, given="約塔鑫與鴻海結盟。")
    assert (found.returncode, found.stdout) == (0, "Eta Xin–alliance with–Hon Hai\n")
    status, out, err = dictionary("add", "company", "約塔鑫", "--dictionary", own)
    assert (status, out) == (1, "")
    assert err == (
        f"error: 約塔鑫 is there already: 約塔鑫科技, company eta-xin ({place}:3); --id eta-xin --force adds to that one, "
        "--weak 約塔鑫 makes it a name that needs support, --force adds it anyway\n"
    )


def test_an_alias_for_a_built_in_name(tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert dictionary("add", "company", "鑫鴻海", "--id", "hon-hai", "--dictionary", own)[0] == 1
    assert not own.exists()
    assert dictionary("add", "company", "鑫鴻海", "--id", "hon-hai", "--force", "--dictionary", own)[0] == 0
    assert "hon-hai" in call("--dictionary", own, "--entities", given="鑫鴻海上漲。").stdout


# the names given; what is told of those that count only with support, or everywhere
REMARKS = [
    (["約塔鑫", "--alias", "鑫"], "鑫 is weak, and nothing can ever support it"),
    (
        ["約塔鑫", "--alias", "鑫", "--code", "twse:99991"],
        "鑫 is weak, it counts only with support: twse:99991 in brackets",
    ),
    (
        ["約塔鑫", "--weak", "約塔"],
        "約塔 is weak, it counts only with support: 約塔鑫 in the same document, or a title",
    ),
    (["約塔鑫", "--alias", "跑步"], "跑步 is an ordinary word and counts wherever it stands"),
    (["約塔鑫", "--alias", "約塔工"], ""),
]


@pytest.mark.parametrize(("arguments", "expected"), REMARKS, ids=[" ".join(case[0]) for case in REMARKS])
def test_what_a_name_is_good_for_is_told(tmp_path: Path, arguments: list[str], expected: str) -> None:
    status, _, err = dictionary("add", "company", *arguments, "--dictionary", tmp_path)
    assert (status, err.count("\n")) == (0, 1 + bool(expected))
    assert expected in err


def test_adding_at_the_same_moment(tmp_path: Path) -> None:
    words = [[*COMMAND, "dictionary", "add", "company", f"約塔{c}", "--dictionary", tmp_path] for c in "甲乙丙丁"]
    running = [subprocess.Popen(word, stderr=subprocess.DEVNULL) for word in words]
    assert [process.wait(timeout=120) for process in running] == [0] * 4
    assert len(files(tmp_path)["companies.csv"]) == 4


def test_the_configuration_folder_is_the_usual_place(tmp_path: Path) -> None:
    env = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert dictionary("add", "person", "約塔·鑫", "--weak", "約塔", **env)[0] == 0
    assert dictionary("ignore", "鴻海", "--context", "鴻海鑫", **env)[0] == 0
    assert sorted(path.name for path in tmp_path.rglob("*.csv")) == ["ignore.csv", "people.csv"]
    assert call("--entities", given="鴻海鑫。", **env).stdout == ""
    assert call("--entities", given="約塔·鑫。", **env).stdout.startswith("約塔·鑫 (person")


def test_ignore_tells_what_and_where(tmp_path: Path) -> None:
    own = tmp_path / "own"
    line = f"{own / 'ignore.csv'}:3"
    assert dictionary("ignore", "鴻海", "--type", "company", "--dictionary", own) == (
        0,
        "",
        f"ignored as a company: 鴻海 ({line}); until now a name of company hon-hai\n",
    )
    assert dictionary("ignore", "鴻海", "--type", "company", "--dictionary", own) == (
        1,
        "",
        f"error: 鴻海 is ignored already ({line})\n",
    )


USAGE = [
    (["add", "compny", "甲"], "did you mean company"),
    (["add", "company"], "NAME"),
    (["ignore", "甲", "--type", "firm"], "choose from company"),
    (["suggest", "--at-least", "0"], "--at-least"),
    (["suggest", "--encoding", "utf-9"], "did you mean utf-8"),
    (["import", "x.csv", "--format", "twes"], "did you mean twse"),
    (["import", "x.csv", "--map", "name"], "--map name: write it like name=公司簡稱"),
    (["import", "x.csv", "--map", "name=a", "--format", "twse"], "--map goes with --format csv"),
    (["import", "x.csv", "--date", "soon"], "is no date"),
]


@pytest.mark.parametrize(("arguments", "expected"), USAGE, ids=[" ".join(case[0]) for case in USAGE])
def test_wrong_usage_is_one_line_and_status_2(arguments: list[str], expected: str) -> None:
    status, out, err = dictionary(*arguments, given=TEXT)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("error: ")
    assert expected in err


@pytest.mark.parametrize("command", ["add", "ignore", "suggest", "import"])
def test_a_wrong_dictionary_stops_everything(tmp_path: Path, command: str) -> None:
    (tmp_path / "companies.csv").write_text("id,name\n,甲\n", "utf-8")
    arguments = {"add": ["company", "甲"], "ignore": ["甲"], "suggest": [], "import": [tmp_path / "companies.csv"]}
    status, out, err = dictionary(command, *arguments[command], "--dictionary", tmp_path, given=TEXT)
    assert (status, out, err) == (1, "", f"error: {tmp_path / 'companies.csv'}:2: id is empty\n")


def test_suggestions_in_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text("約塔鑫科技（99991）獲利。", "utf-8")
    status, out, err = dictionary("suggest", tmp_path)
    rows = [line.split("\t") for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [row[:4] for row in rows] == [["約塔鑫科技", "company", "2", "2"], ["艾克鑫科技", "company", "1", "1"]]
    assert rows[0][4] == "a:0-5 約塔鑫科技（99991）與鴻海簽約。艾克鑫; b:0-5 約塔鑫科技（99991）獲利。"
    status, out, _ = dictionary("suggest", tmp_path, "--at-least", "2", "--json")
    (found,) = json.loads(out)
    assert (status, found["name"], found["documents"]) == (0, "約塔鑫科技", 2)
    assert found["evidence"][1] == {
        "document": "b",
        "start": 0,
        "end": 5,
        "before": "",
        "text": "約塔鑫科技",
        "after": "（99991）獲利。",
    }
    assert dictionary("suggest", given="鴻海上漲。") == (0, "", "")


def test_suggestions_tell_of_inputs_that_fail(tmp_path: Path) -> None:
    status, out, err = dictionary("suggest", "-", tmp_path / "none.txt", given=TEXT)
    assert (status, out.count("\n")) == (3, 2)
    assert "none.txt: no such file" in err
    assert dictionary("suggest", tmp_path / "none.txt")[0] == 1


def test_an_import_tells_what_became_of_the_rows(tmp_path: Path) -> None:
    own, file = tmp_path / "own", tmp_path / "t187ap03_L.csv"
    header = "出表日期,公司代號,公司名稱,公司簡稱,董事長,英文簡稱\n"
    rows = [
        "1131021,99991,約塔鑫科技股份有限公司,約塔鑫-KY,王小鑫明,ETA XIN",
        "1131021,2317,,鴻海,,",
        "x,99993,,甲辰鑫,,",
    ]
    file.write_bytes((header + "\n".join(rows) + "\n").encode("cp950"))
    status, out, err = dictionary("import", file, "--dictionary", own)
    assert (status, out) == (3, "")
    assert err.splitlines() == [
        f"{file}: read as cp950, which is a guess; --encoding NAME overrules it",
        f"{file}:2: 董事長: '王小鑫明' left out: not sure to be a person's name",
        f"error: {file}:4: 'x' is no date; write it like 2024-10-21 or 113/10/21; left out",
        f"{file}: rows 3, wrong 1; into {own}",
        "  added: company 1",
        "  skipped: known already 1",
    ]
    assert call("--dictionary", own, given="約塔鑫與鴻海結盟。").stdout == "Eta Xin–alliance with–Hon Hai\n"


def test_a_file_that_cannot_be_taken_changes_nothing(tmp_path: Path) -> None:
    own, file = tmp_path / "own", tmp_path / "x.csv"
    file.write_text('name,en\n約塔鑫,"Eta\n', "utf-8")
    status, _, err = dictionary("import", file, "--type", "company", "--dictionary", own)
    assert (status, err) == (1, f"error: {file}:2: unexpected end of data\n")
    assert dictionary("import", tmp_path / "none.csv", "--dictionary", own)[2] == (
        f"error: {tmp_path / 'none.csv'}: No such file or directory\n"
    )
    file.write_text("name,en\n。,\n", "utf-8")
    assert dictionary("import", file, "--type", "company", "--dictionary", own)[0] == 1
    assert not own.exists()


def reviewed(answers: list[str], *arguments: str | Path) -> tuple[int, str]:
    """Runs the review on a pseudo-terminal and gives an answer at each question, then the end of the input."""
    pty = pytest.importorskip("pty", reason="a pseudo-terminal is needed")
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "dictionary", "suggest", *map(str, arguments)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env={**os.environ, "TERM": "dumb", "COLUMNS": "200", "NO_COLOR": "1"},
    )
    os.close(terminal)
    screen, shown, left = b"", 0, [*(f"{answer}\n" for answer in answers), "\x04"]
    while True:
        try:
            part = os.read(controller, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        screen += part
        # rich asks with a colon and a space, and a terminal echoes the answer behind them.
        if screen[shown:].endswith(b": ") and left:
            shown = len(screen)
            answer = left.pop(0)
            if answer == f"{CTRL_C}\n":  # the pseudo-terminal is not the one that controls the process
                process.send_signal(signal.SIGINT)
            else:
                os.write(controller, answer.encode())
    os.close(controller)
    return process.wait(timeout=120), screen.decode("utf-8")


def files(folder: Path) -> dict[str, list[str]]:
    return {path.name: path.read_text("utf-8").splitlines()[2:] for path in sorted(folder.glob("*.csv"))}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("約塔鑫科技（99991）上漲。約塔鑫電子（99992）下跌。", "utf-8")
    return path


def test_ctrl_c_keeps_and_tells_what_was_done(tmp_path: Path, article: Path) -> None:
    own = tmp_path / "own"
    status, screen = reviewed(["A", CTRL_C], article, "--dictionary", own)
    assert status == 130
    assert "accepted 1, aliases 0" in screen
    assert "Traceback" not in screen
    assert len(files(own)["companies.csv"]) == 1


# the answers, what is written of the two names, whichever comes first, and what is told in the end
ANSWERS = [
    pytest.param(["s", "a"], {"companies.csv": 1}, "accepted 1, aliases 0, ignored 0, skipped 1", id="skip, accept"),
    pytest.param(["a", "1"], {"companies.csv": 1}, "accepted 1, aliases 1", id="alias of what was accepted"),
    pytest.param(["i", "q"], {"ignore.csv": 1}, "accepted 0, aliases 0, ignored 1", id="ignore, quit"),
    pytest.param(["a"], {"companies.csv": 1}, "accepted 1, aliases 0", id="accept, end of the input"),
    pytest.param(["q"], {}, "accepted 0, aliases 0, ignored 0, skipped 0", id="quit"),
    pytest.param(["x", "9", "s", ""], {}, "skipped 2", id="no answer, then the default"),
]


@pytest.mark.parametrize(("answers", "rows", "tally"), ANSWERS)
def test_a_review(tmp_path: Path, article: Path, answers: list[str], rows: dict[str, int], tally: str) -> None:
    own = tmp_path / "own"
    status, screen = reviewed(answers, article, "--dictionary", own)
    assert status == 0, screen
    assert tally in screen
    assert {name: len(lines) for name, lines in files(own).items()} == rows


def test_what_was_answered_is_asked_no_more(tmp_path: Path, article: Path) -> None:
    own = tmp_path / "own"
    names = ["約塔鑫科技", "約塔鑫電子"]
    _, screen = reviewed(["a", "1"], article, "--dictionary", own)
    assert all(name in screen for name in names)
    (line,) = files(own)["companies.csv"]
    assert {line.split(",")[1], line.split(",")[3]} == set(names)
    assert dictionary("suggest", article, "--dictionary", own) == (0, "", "")


def test_a_review_that_edits(tmp_path: Path, article: Path) -> None:
    own = tmp_path / "own"
    answers = ["e", "鴻海", "company", "Hon", "-", "e", "約塔鑫", "organization", "Eta Xin", "約塔鑫科技|約塔鑫電子"]
    status, screen = reviewed(answers, article, "--dictionary", own)
    assert status == 0
    assert "error: 鴻海 is there already" in screen
    assert files(own) == {"organizations.csv": ["eta-xin,約塔鑫,Eta Xin,約塔鑫科技|約塔鑫電子,,"]}
    assert "accepted 1" in screen
