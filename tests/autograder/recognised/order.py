"""Mistakes in the order of the onion, and their neighbours."""

from __future__ import annotations

from tests.autograder.recognised.asked import ARRANGES, FORETELLS
from tests.autograder.recognised.made import THREE
from tests.autograder.recognised.row import but, row

ROWS = [
    row(
        "inside-out",
        ARRANGES,
        but(THREE, '["Outer", "Middle", "Inner"]', '["Inner", "Middle", "Outer"]'),
        ('"Inner", "Middle"', '"Middle", "Inner"', "wrong-order"),
    ),
    row(
        "inside-out",
        FORETELLS,
        'def walk(names):\n    into, out = [*names[::-1], "view"], ["view", *names]\n'
        '    return [f"{name} >" for name in into] + [f"{name} <" for name in out]\n',
        ("names[::-1]", "names", "same-order-out"),
        ("*names]", "*names[::-1]]", "failed"),
    ),
    row(
        "same-order-out",
        FORETELLS,
        'def walk(names):\n    into, out = [*names, "view"], ["view", *names]\n'
        '    return [f"{name} >" for name in into] + [f"{name} <" for name in out]\n',
        ('"view", *names]', '"view", *names[::-1]]'),
        ('"view", *names]', '"view", *names[1:], names[0]]', "failed"),
    ),
    row(
        "same-order-out",
        FORETELLS,
        'def walk(names):\n    into = [*names, "view"]\n'
        '    return [f"{name} >" for name in into] + [f"{name} <" for name in into]\n',
        ('<" for name in into', '<" for name in into[::-1]'),
        ('<" for name in into', '<" for name in names', "failed"),
    ),
    row(
        "one-at-a-time",
        FORETELLS,
        'def walk(names):\n    stack = [*names, "view"]\n'
        '    return [f"{name} {way}" for name in stack for way in "><"]\n',
        ('[*names, "view"]', '["view", *names[::-1]]', "only-on-the-way-out"),
        ("for name in stack for way in", "for way in", "failed"),
        (
            'for name in stack for way in "><"',
            'for way in "><" for name in stack',
            "same-order-out",
        ),
    ),
    row(
        "only-on-the-way-in",
        FORETELLS,
        'def walk(names):\n    return [*(f"{name} >" for name in names), "view >", "view <"]\n',
        (', "view <"', "", "failed"),
        ('"view >", "view <"', '*(f"{name} <" for name in names[::-1])', "view-left-out"),
    ),
    row(
        "only-on-the-way-out",
        FORETELLS,
        'def walk(names):\n    stack = ["view", *names[::-1]]\n'
        '    return [f"{name} {way}" for name in stack for way in "><"]\n',
        ("[::-1]", "", "failed"),
        ('["view", *names[::-1]]', '[*names, "view"]', "one-at-a-time"),
    ),
    row(
        "view-left-out",
        FORETELLS,
        "def walk(names):\n    into, out = names, names[::-1]\n"
        '    return [f"{name} >" for name in into] + [f"{name} <" for name in out]\n',
        ("into, out = names, ", 'into, out = [*names, "view"], ', "failed"),
        ("names[::-1]", "names", "failed"),
    ),
    row(
        "layer-left-out",
        ARRANGES,
        but(THREE, '"Middle", "Inner"]', '"Inner"]'),
        ('"Inner"]', '"Inner", "Middle"]', "wrong-order"),
    ),
    row(
        "layer-listed-twice",
        ARRANGES,
        but(THREE, '"Inner"]', '"Inner", "Middle"]'),
        ('"Inner", "Middle"]', '"Inner", "Other"]', "failed"),
    ),
    row(
        "wrong-order",
        ARRANGES,
        but(THREE, '["Outer", "Middle"', '["Middle", "Outer"'),
        ('"Middle", "Outer"', '"Outer", "Middle"'),
        ('"Middle", "Outer", "Inner"', '"Inner", "Middle", "Outer"', "inside-out"),
    ),
]
