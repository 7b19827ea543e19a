"""Beliefs that a foretold walk shows, and their neighbours."""

from __future__ import annotations

from tests.autograder.recognised.asked import foretells
from tests.autograder.recognised.made import WALK
from tests.autograder.recognised.row import but, row

ROWS = [
    row(
        "view-runs-anyway",
        foretells("answers 403"),
        but(
            WALK,
            '["Outer", "Wall"], ["Wall", "Outer"]',
            '["Outer", "Wall", "Inner", "view"], ["view", "Inner", "Wall", "Outer"]',
        ),
        (', "Inner", "view"], ["view", "Inner", "Wall"', '], ["Wall"'),
        (', "view"], ["view", ', "], [", "failed"),
    ),
    row(
        "everyone-is-left",
        foretells("answers 403"),
        but(WALK, '["Wall", "Outer"]', '["Inner", "Wall", "Outer"]'),
        ('["Inner", "Wall"', '["Wall"'),
        ('["Inner", "Wall"', '["view", "Wall"', "failed"),
    ),
    row(
        "only-who-answers",
        foretells("answers 403"),
        but(WALK, '["Outer", "Wall"], ["Wall", "Outer"]', '["Wall"], ["Wall"]'),
        ('["Wall"], ', '["Outer", "Wall"], ', "only-on-the-way-in"),
        (', ["Wall"]', ", []", "failed"),
    ),
    row(
        "twice-is-once",
        foretells("calls on twice"),
        but(
            WALK,
            '["Outer", "Wall"], ["Wall", "Outer"]',
            '["Outer", "Wall", "Inner", "view"], ["view", "Inner", "Wall", "Outer"]',
        ),
        ("into] +", 'into] + ["view <", "Inner <", "Inner >", "view >"] +'),
        ('"view"], ["view", ', "], [", "failed"),
    ),
    row(
        "late-is-in-time",
        foretells("calls on, then answers 403"),
        WALK,
        ('"Wall"], ["Wall"', '"Wall", "Inner", "view"], ["view", "Inner", "Wall"'),
        ('"Wall"], ["Wall"', '"Wall", "Inner"], ["Inner", "Wall"', "view-left-out"),
    ),
    row(
        "answers-always",
        foretells("answers 403 to /admin/"),
        WALK,
        ('"Wall"], ["Wall"', '"Wall", "Inner", "view"], ["view", "Inner", "Wall"'),
        ('"Wall"], ["Wall", ', '"Wall"], [', "failed"),
    ),
]
