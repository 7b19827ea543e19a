"""Code in a lesson, and nbgrader's markers in it, written wrong: told through the `build` verb."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.course.lesson_samples import check_told

SOLUTION_OR = "write `### BEGIN SOLUTION` or `### END SOLUTION`, or another comment"
HIDDEN_OR = "write `### BEGIN HIDDEN TESTS` or `### END HIDDEN TESTS`, or another comment"
ELSEWHERE = "solutions stand in exercises, hidden tests in checks: say it another way"
NOT_ONE = "looks like a marker of nbgrader's and is none"
INSIDE = "put the solution region inside a function or a method"

# claim: (old text of the sample, new text, how the line begins that is told, what is told)
WRONG: dict[str, tuple[str, str, str, str]] = {
    # -- code --
    "a check that uses a name it may not": (
        'app.get("/edge/")',
        "app.get(HttpRequest)",
        "app.get(HttpRequest)",
        "a check may not use the name `HttpRequest`; "
        "import or define it in the check, or let the exercise `wall` define it",
    ),
    "a visible part that uses a name of the hidden part": (
        'app = onion(Wall)\napp.get("/edge/")',
        '### BEGIN HIDDEN TESTS\npath = "/x/"\n### END HIDDEN TESTS\nonion(Wall).get(path)',
        "onion(Wall).get(path)",
        "a check may not use the name `path`; "
        "import or define it in the check, or let the exercise `wall` define it",
    ),
    "a check that calls what the student wrote": (
        'app.get("/edge/")',
        "Wall(None)",
        "Wall(None)",
        "a check may only hand `Wall` to the checking API; "
        "ask what it is or has with value(Wall.…)",
    ),
    "a check of which a student sees nothing done": (
        'app = onion(Wall)\napp.get("/edge/")',
        "def f():\n    onion(Wall)\n\n\n### BEGIN HIDDEN TESTS\nf()\n### END HIDDEN TESTS",
        '# %% check="wall" name',
        "the visible part of this check does nothing; "
        "let a student see at least one thing that is asked",
    ),
    "a hidden part that is half a statement": (
        'app.get("/edge/")',
        'app.get(\n### BEGIN HIDDEN TESTS\n"/edge/")\n### END HIDDEN TESTS',
        "app.get(\n### BEGIN",
        "without its hidden part this is not Python (*); let the hidden part hold whole statements",
    ),
    "an exercise without a solution region": (
        "        ### BEGIN SOLUTION\n        marker",
        "        marker",
        "        ### END SOLUTION",
        "`### END SOLUTION` closes nothing; add `### BEGIN SOLUTION` above it",
    ),
    "an exercise without any marker": (
        '        ### BEGIN SOLUTION\n        marker = "sesame"\n'
        "        return self.get_response(request)\n        ### END SOLUTION\n",
        "        return self.get_response(request)\n",
        "# %% exercise",
        "the exercise `wall` has no solution region; "
        "put `### BEGIN SOLUTION` and `### END SOLUTION` round what a student writes",
    ),
    "a stub that raises when its cell runs": (
        "class Wall:\n",
        "### BEGIN SOLUTION\nDOOR = 1\n### END SOLUTION\n\n\nclass Wall:\n",
        "### BEGIN SOLUTION\nDOOR",
        f"the stub would raise when its cell runs; {INSIDE}",
    ),
    "a stub that raises while its class is made": (
        "        ### BEGIN SOLUTION",
        "        pass\n\n    ### BEGIN SOLUTION\n    def more(self, request):",
        "    ### BEGIN SOLUTION",
        f"the stub would raise when its cell runs; {INSIDE}",
    ),
    "a stub that does not define a name": (
        "        return self.get_response(request)\n        ### END SOLUTION\n",
        "        return self.get_response(request)\n\n\nDOOR = 1\n        ### END SOLUTION\n",
        "# %% exercise",
        "the stub does not define `DOOR`, the solution does; "
        "define it outside the solution region, with the region inside it",
    ),
    "a stub that is not Python": (
        "        return self.get_response(request)\n        ### END SOLUTION",
        "        try:\n            pass\n"
        "        ### END SOLUTION\n        finally:\n            pass",
        "        finally:",
        "without its solution this is not Python (*); "
        "let the solution region replace whole statements",
    ),
    "an example that does not compile": (
        "1 / 0",
        "1 /",
        "1 /",
        "this is not Python (*); mend the code",
    ),
    "an exercise that does not compile": (
        'marker = "sesame"',
        'marker = = "sesame"',
        "        marker",
        "this is not Python (*); mend the code",
    ),
    "a check that does not compile": (
        'app.get("/edge/")',
        "return 3",
        "return 3",
        "this is not Python (*); mend the code",
    ),
    "a bank answer that does not compile": (
        "lambda request: None",
        "lambda request: None None",
        "    return lambda",
        "this is not Python (*); mend the code",
    ),
    # -- nbgrader's markers --
    "a typo in a marker": (
        "### END HIDDEN TESTS",
        "### END HIDDEN TEST",
        "### END HIDDEN TEST",
        f"`### END HIDDEN TEST` {NOT_ONE}; {HIDDEN_OR}",
    ),
    "a marker in small letters": (
        "### BEGIN SOLUTION",
        "### begin solution",
        "        ### begin",
        f"`### begin solution` {NOT_ONE}; {SOLUTION_OR}",
    ),
    "a marker without its space": (
        "### BEGIN SOLUTION",
        "###BEGIN  SOLUTION",
        "        ###BEGIN",
        f"`###BEGIN  SOLUTION` {NOT_ONE}; {SOLUTION_OR}",
    ),
    "a marker with more on its line": (
        "### BEGIN SOLUTION",
        "### BEGIN SOLUTION here",
        "        ### BEGIN",
        f"`### BEGIN SOLUTION here` {NOT_ONE}; {SOLUTION_OR}",
    ),
    "a marker with one hash": (
        "### BEGIN HIDDEN TESTS",
        "# Begin hidden tests",
        "# Begin hidden",
        f"`# Begin hidden tests` {NOT_ONE}; {HIDDEN_OR}",
    ),
    "a marker of another kind of cell": (
        "1 / 0",
        "### BEGIN SOLUTION",
        "### BEGIN SOLUTION\n\n# %% [markdown] quiz",
        f"`### BEGIN SOLUTION` means nothing in this example; {ELSEWHERE}",
    ),
    "a marking scheme": (
        "1 / 0",
        "### BEGIN MARK SCHEME",
        "### BEGIN MARK",
        f"`### BEGIN MARK SCHEME` means nothing in this example; {ELSEWHERE}",
    ),
    "nbgrader's words in prose": (
        "# Prose, with",
        "# BEGIN SOLUTION, with",
        "# BEGIN SOLUTION, with",
        f'`BEGIN SOLUTION, with "quotes", it\'s here.` {NOT_ONE}; {ELSEWHERE}',
    ),
    "a region that is never closed": (
        "        ### END SOLUTION\n",
        "",
        "        ### BEGIN",
        "`### BEGIN SOLUTION` is never closed; add `### END SOLUTION`",
    ),
    "a region inside another": (
        '        marker = "sesame"\n',
        "        ### BEGIN SOLUTION\n",
        "        ### BEGIN SOLUTION\n        return",
        "`### BEGIN SOLUTION` stands inside another; add `### END SOLUTION` above it",
    ),
    "a word that starts a kernel in nbgrader": (
        "1 / 0",
        "### AUTOTEST f(1)",
        "### AUTOTEST",
        "nbgrader acts on the word AUTOTEST; write it another way",
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
