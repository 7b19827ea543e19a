"""What nobody put into somebody's CSV file comes out byte for byte."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.errors import GradingError
from autograder.grading.export.sheet import number, parse, read, shown

WORDS = st.text(st.sampled_from('ab,;\t"\r\né '), max_size=6)
TABLES = st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4)


@given(TABLES, st.sampled_from(["\r\n", "\n"]), st.sampled_from([csv.QUOTE_ALL, 0]))
def test_a_file_that_is_read_and_written_is_the_same(
    table: list[list[str]], end: str, quoting: int
) -> None:
    text = "name,other\n" + written(table, ",", end, quoting)
    sheet = parse(text)
    assert sheet.text() == text
    if quoting:  # else Python's writer leaves a lone carriage return bare
        values = [sheet.values(n) for n in range(1, len(sheet.rows))]
        assert values == list(csv.reader(io.StringIO(text, newline="")))[1:]


@given(TABLES, st.sampled_from(",;\t"), WORDS)
def test_only_the_cell_that_is_written_changes(
    table: list[list[str]], separator: str, value: str
) -> None:
    text = f"name{separator}other\n" + written(table, separator, "\n", csv.QUOTE_ALL)
    sheet, before = parse(text), parse(text)
    sheet.put(1, 0, value)
    after = parse(sheet.text())
    assert after.value(1, 0) == value
    assert after.rows[1].cells[1:] == before.rows[1].cells[1:]
    assert after.rows[2:] == before.rows[2:]


def written(table: list[list[str]], separator: str, end: str, quoting: int) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator=end, quoting=quoting).writerows(table)
    return file.getvalue()


def test_a_mark_at_the_beginning_and_a_line_without_an_end_are_kept() -> None:
    text = '\ufeffa;b\r\n1;"2"\r\n3;'
    sheet = parse(text)
    assert (sheet.separator, sheet.value(0, 0), sheet.value(2, 1)) == (";", "a", "")
    assert sheet.text() == text


def test_a_short_record_is_made_long_enough() -> None:
    sheet = parse("a,b,c\n1\n")
    sheet.put(1, 2, "x")
    assert sheet.text() == "a,b,c\n1,,x\n"


def test_a_quotation_mark_without_a_pair_is_told(tmp_path: Path) -> None:
    path = tmp_path / "there.csv"
    path.write_text('a,b\n1,"2\n', encoding="utf-8")
    with pytest.raises(GradingError, match=r"there\.csv: record 2 has a quotation mark without"):
        read(path)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "there.csv"
    path.write_bytes("Müller".encode("latin-1"))
    with pytest.raises(GradingError, match="download it again"):
        read(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match=r"no\.csv: cannot be read"):
        read(tmp_path / "no.csv")


@pytest.mark.parametrize(("text", "value"), [("24,00", 24), (" 7.5", 7.5), ("-", None), ("", None)])
def test_a_number_may_have_a_comma(text: str, value: float | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(("score", "text"), [(6.0, "6"), (100.0, "100"), (2.75, "2.75"), (0, "0")])
def test_a_score_has_no_more_decimals_than_it_needs(score: float, text: str) -> None:
    assert shown(score) == text


def test_a_third_has_five_decimals() -> None:
    assert shown(1 / 3) == "0.33333"
