"""Front matter and the markers of cells, written wrong: told through the `build` verb."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.lesson_samples import check_told

HEADER_KEYS = "title, summary, objectives, needs, minutes, points, out_of_scope"
NOT_A_KEY = "on the marker line is not a key with a value"
AS_KEYS = 'write keys as key="value", and text in a cell of its own'

# claim: (old text of the sample, new text, how the line begins that is told, what is told)
WRONG: dict[str, tuple[str, str, str, str]] = {
    # -- front matter --
    "an unknown header key": (
        "# minutes: 5",
        "# minutes: 5\n# author: me",
        "# author: me",
        f"the front matter has an unknown key `author`; its keys are {HEADER_KEYS}",
    ),
    "a missing header key": (
        "# minutes: 5\n",
        "",
        "# ---",
        "the front matter has no `minutes`; add it: a whole number above 0",
    ),
    "a header value of the wrong type": (
        "# minutes: 5",
        "# minutes: soon",
        "# minutes: soon",
        "`minutes` is 'soon'; make it a whole number above 0, not empty",
    ),
    "an empty list in the header": (
        "# objectives:\n#   - see one of each",
        "# objectives: []",
        "# objectives",
        "`objectives` is []; make it a list of sentences, not empty",
    ),
    "a header key twice": (
        "# minutes: 5",
        "# minutes: 5\n# minutes: 6",
        "# minutes: 6",
        "the key `minutes` stands here twice; keep one of the two",
    ),
    "a header that is not YAML": (
        "# minutes: 5",
        "# minutes: [5",
        "# points: 4",
        "the front matter is not YAML (expected ',' or ']', but got ':'); mend this line",
    ),
    "no header": (
        "# ---\n# title",
        "# title",
        "# title",
        "the file does not begin with its front matter; write `# ---` lines round title, summary, "
        "objectives, needs, minutes, points and out_of_scope at the top of the file",
    ),
    "a header without an end": (
        "#   - the rest\n# ---\n",
        "#   - the rest\n",
        "# ---",
        "the front matter does not end; close it with a second `# ---` line",
    ),
    "a lesson that is needed and is not there": (
        "#   - nothing",
        "#   - 07_missing",
        "# needs:",
        "there is no lesson `07_missing`; "
        "name a lesson that is there, or say in a sentence what is needed",
    ),
    "a points total that is not the header's": (
        "# points: 4",
        "# points: 5",
        "# points: 5",
        "the front matter promises 5 points, the cells give 4; "
        "write `points: 4`, or change a check's or a quiz's",
    ),
    # -- cells and their markers --
    "text before the first cell": (
        "# ---\n\n# %% [markdown]",
        "# ---\nhello = 1\n\n# %% [markdown]",
        "hello = 1",
        "this text stands before the first cell; begin each cell with a `# %%` line",
    ),
    "an unknown key": (
        'exercise="wall"',
        'exercise="wall" colour="red"',
        '# %% exercise="wall"',
        "the marker has an unknown key `colour`; a cell's keys are `check`, `exercise`, `hint`, "
        "`misconception`, `name`, `needs`, `points`, `quiz`, `raises`, `right`, `wrong`",
    ),
    "a misspelt key": (
        'exercise="wall"',
        'exersise="wall"',
        "# %% exersise",
        "the marker has an unknown key `exersise`; did you mean `exercise`?",
    ),
    "a title on a marker": (
        "# %% raises=true",
        "# %% Zero raises=true",
        "# %% Zero",
        f"`Zero` {NOT_A_KEY}; {AS_KEYS}",
    ),
    "a key without a value": (
        "raises=true",
        "raises",
        "# %% raises",
        f"`raises` {NOT_A_KEY}; {AS_KEYS}",
    ),
    "a value that cannot be read": (
        'check="wall" points=2',
        'check="wall" points=two',
        '# %% check="wall"',
        f'`check="wall" points=two` {NOT_A_KEY}; {AS_KEYS}',
    ),
    "points in quotes": (
        'check="wall" points=2',
        'check="wall" points="2"',
        '# %% check="wall"',
        "`points` is '2'; write it as points=2, a number above 0",
    ),
    "no points at all": (
        'check="wall" points=2',
        'check="wall" points=0',
        '# %% check="wall"',
        "`points` is 0; write it as points=2, a number above 0",
    ),
    "a check without points": (
        'check="wall" points=2',
        'check="wall"',
        '# %% check="wall"',
        "this check cell has no `points`; add points=2, a number above 0",
    ),
    "raises that is not true": (
        "raises=true",
        'raises="yes"',
        "# %% raises",
        "`raises` is 'yes'; write it as raises=true, or leave it out",
    ),
    "a slug that is none": (
        'exercise="wall"',
        'exercise="The Wall"',
        "# %% exercise",
        "`exercise` is 'The Wall'; write it as exercise=\"lower-case-words\"",
    ),
    "a key twice": (
        'exercise="wall"',
        'exercise="wall" exercise="wall"',
        "# %% exercise",
        "the key `exercise` stands here twice; keep one of the two",
    ),
    "a cell that is two things": (
        'exercise="wall"',
        'exercise="wall" check="wall"',
        "# %% exercise",
        "one cell cannot be `exercise` and `check`; make it two cells",
    ),
    "a key of another kind of cell": (
        'exercise="wall"',
        'exercise="wall" points=2',
        "# %% exercise",
        "`points` does not belong to an exercise; take it away, or make this a check",
    ),
    "an exercise in Markdown": (
        '# %% exercise="wall"',
        '# %% [markdown] exercise="wall"',
        "# %% [markdown] exercise",
        "this exercise is code; take `[markdown]` from its marker",
    ),
    "a hint in code": (
        '# %% [markdown] hint="wall"',
        '# %% hint="wall"',
        "# %% hint",
        "a hint is Markdown; begin its marker `# %% [markdown]`",
    ),
    "a raw cell": (
        "# %% raises=true\n1 / 0",
        "# %% [raw]\n# 1 / 0",
        "# %% [raw]",
        "this example is code; take `[raw]` from its marker",
    ),
    "a marker that is indented": (
        "# %% raises=true",
        "  # %% raises=true",
        "  # %% raises=true",
        "`# %% raises=true` starts a cell in disguise; write `# %%` at its beginning",
    ),
    "a marker of another format": (
        "# %% raises=true",
        "# In[3]:",
        "# In[3]:",
        "`# In[3]:` starts a cell in disguise; write `# %%` at its beginning",
    ),
    "an empty cell": (
        "# %% raises=true\n1 / 0",
        "# %% raises=true\n",
        "# %% raises",
        "this cell is empty; write it, or remove its `# %%` line",
    ),
    "Markdown that is not a comment": (
        "# Prose, with",
        "Prose, with",
        "Prose, with",
        "a line of a Markdown cell is not a comment; begin it with `# `",
    ),
    "a string that swallows the next marker": (
        "1 / 0",
        '1 / """',
        "# %% raises",
        "this cell does not end at the next `# %%` line; "
        "close its string or its ``` fence, and write no `# %%` line inside one",
    ),
}


@pytest.mark.parametrize(("old", "new", "at", "told"), WRONG.values(), ids=WRONG)
def test_one_sentence_names_file_line_and_mend_and_nothing_is_written(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    old: str,
    new: str,
    at: str,
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    check_told(tmp_path, capsys, (old, new), at, told)
