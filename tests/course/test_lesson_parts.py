"""Exercises, checks, hints, questions and answers that do not fit together, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.lesson_samples import check_told

OPTIONS = "write `- [ ] option` or `- [x] right option`, each with its reason indented beneath"
NO_EXERCISE = "belongs to `fence`, and there is no such exercise"
NAME_ONE = "name one of the lesson's exercises: `wall`"


# claim: (old text of the sample, new text, how the line begins that is told, what is told)
WRONG: dict[str, tuple[str, str, str, str]] = {
    # -- what belongs to what --
    "a slug of two exercises": (
        '# %% [markdown] hint="wall"',
        '# %% exercise="wall"\ndef Wall():\n    ### BEGIN SOLUTION\n    return 1\n'
        '    ### END SOLUTION\n\n\n# %% [markdown] hint="wall"',
        '# %% exercise="wall"\ndef Wall',
        "the slug `wall` is that of line 32 already; give this one another",
    ),
    "a slug of an exercise and a quiz": (
        'quiz="which-one"',
        'quiz="wall"',
        "# %% exercise",
        "the slug `wall` is that of line 23 already; give this one another",
    ),
    "ids that fall together": (
        'quiz="which-one"',
        'quiz="wall-check"',
        '# %% check="wall"',
        "the cell id `wall-check` is taken; give this cell another slug or name",
    ),
    "an id that is too long": (
        'name="edges"',
        f'name="{"e" * 60}"',
        '# %% check="wall" name',
        f"the cell id `wall-check-{'e' * 60}` is longer than the 64 letters of an id; "
        "shorten the slug or the name",
    ),
    "a check without its exercise": (
        'check="wall" name',
        'check="fence" name',
        '# %% check="fence"',
        f"this check {NO_EXERCISE}; {NAME_ONE}",
    ),
    "a hint without its exercise": (
        'hint="wall"',
        'hint="fence"',
        "# %% [markdown] hint",
        f"this hint {NO_EXERCISE}; {NAME_ONE}",
    ),
    "a right answer without its exercise": (
        'right="wall"',
        'right="fence"',
        "# %% right",
        f"this right answer {NO_EXERCISE}; {NAME_ONE}",
    ),
    "a wrong answer without its exercise": (
        'wrong="wall"',
        'wrong="fence"',
        "# %% wrong",
        f"this wrong answer {NO_EXERCISE}; {NAME_ONE}",
    ),
    "a hint before its exercise": (
        '# %% exercise="wall"',
        '# %% [markdown] hint="wall"\n# Too\n#\n# soon\n\n# %% exercise="wall"',
        '# %% [markdown] hint="wall"\n# Too',
        "this hint stands before its exercise `wall`; move it beneath line 37",
    ),
    "an exercise without a check": (
        '# %% exercise="wall"',
        '# %% exercise="door"\ndef f():\n    ### BEGIN SOLUTION\n    return 1\n'
        '    ### END SOLUTION\n\n\n# %% [markdown] hint="door"\n# A\n#\n# B\n\n'
        '# %% exercise="wall"',
        '# %% exercise="door"',
        'the exercise `door` has no check; add a cell `# %% check="door" points=1`',
    ),
    "a missing hint": (
        '# %% [markdown] hint="wall"\n# Where to look\n#\n# In the `return`.\n\n',
        "",
        "# %% exercise",
        'the exercise `wall` has no hint; add a cell `# %% [markdown] hint="wall"`',
    ),
    "a hint without a title": (
        "# Where to look\n#\n# In",
        "# In",
        "# %% [markdown] hint",
        "this hint has no line of its own for its fold; "
        "write the line that stands on its fold, an empty line, and then the hint",
    ),
    "a second check without a name": (
        ' name="edges"',
        "",
        '# %% check="wall" points=1',
        "this is the second check of `wall` with no name; "
        'give it one of its own, such as name="edges"',
    ),
    "a check that needs one that is not there": (
        'name="edges"',
        'name="edges" needs="wal"',
        '# %% check="wall" name',
        'no check of `wall` above this one is called `wal`; write needs="wall"',
    ),
    "a check that needs itself": (
        '# %% check="wall" points=2',
        '# %% check="wall" needs="wall" points=2',
        '# %% check="wall" needs',
        "no check of `wall` above this one is called `wall`; take `needs` away, it is the first",
    ),
    "a check that needs one that bears the name of another": (
        'name="edges" points=1\napp = onion(Wall)\napp.get("/edge/")\n',
        'name="edges" points=0.5\napp = onion(Wall)\n\n'
        '# %% check="wall" name="last" needs="wall-edges" points=0.25\napp = onion(Wall)\n\n'
        '# %% exercise="wall-edges"\ndef Fence():\n    ### BEGIN SOLUTION\n    return\n'
        '    ### END SOLUTION\n\n# %% [markdown] hint="wall-edges"\n# A\n#\n# B\n\n'
        '# %% check="wall-edges" points=0.25\nvalue(Fence)\n',
        '# %% check="wall" name="last"',
        "two exercises have a check that is called `wall-edges`; give one of the two another name",
    ),
    "a wrong answer without a misconception": (
        ' misconception="forgot-return"',
        "",
        "# %% wrong",
        'this wrong cell has no `misconception`; add misconception="forgot-return"',
    ),
    "a bank before other cells": (
        '# %% check="wall" name',
        '# %% right="wall"\nWall = None\n\n# %% check="wall" name',
        '# %% right="wall"\nWall = None',
        "a right answer stands before other cells; "
        "move it to the end of the file, out of students' way",
    ),
    "a bank answer without the name that is checked": (
        "def Wall(get_response):\n    return get_response\n",
        "def Wal(get_response):\n    return get_response\n",
        "# %% right",
        "this answer has no `Wall`, which is checked; let it define `Wall`, however it is written",
    ),
    # -- quiz --
    "two right options": (
        "- [ ] this",
        "- [x] this",
        "# %% [markdown] quiz",
        "the quiz has 2 right options; mark exactly one with `[x]`",
    ),
    "no right option": (
        "- [x] that",
        "- [ ] that",
        "# %% [markdown] quiz",
        "the quiz has 0 right options; mark exactly one with `[x]`",
    ),
    "one option": (
        "# - [ ] this\n#   [inside-out] Not this.\n",
        "",
        "# %% [markdown] quiz",
        f"the number of options is 1; give it two or more: {OPTIONS}",
    ),
    "an option without a reason": (
        "#   [inside-out] Not this.\n",
        "",
        "# - [ ] this",
        "this option has no reason; say beneath it why it is right or wrong",
    ),
    "an option twice": (
        "- [x] that",
        "- [x] this",
        "# - [x] this",
        "this option stands here twice; make it another one",
    ),
    "a line that is neither option nor reason": (
        "#   [inside-out] Not this.",
        "# Not this.",
        "# Not this.",
        f"this line is neither an option nor a reason; {OPTIONS}",
    ),
    "a wrong option that follows from nothing": (
        "#   [inside-out] Not this.",
        "#   Not this.",
        "# - [ ] this",
        "this wrong option follows from nothing; "
        "begin its reason with the misconception that it follows from, `[inside-out] ...`",
    ),
    "a misconception of an option that is not known": (
        "[inside-out]",
        "[insid-out]",
        "# - [ ] this",
        "there is no misconception `insid-out`; did you mean `inside-out`?",
    ),
    "a quiz without a question": (
        "# Which one?\n#\n",
        "",
        "# %% [markdown] quiz",
        "the quiz does not ask anything; write its question first",
    ),
    "a quiz whose function has a taken name": (
        'quiz="which-one"',
        'quiz="onion"',
        "# %% [markdown] quiz",
        "the answer to `onion` would be a function called `onion`, which is taken; "
        "give it a slug of two words",
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
