"""Mutants: what a check lets through that it should catch, found by changing what is right.

A solution is changed in one place, in all the ways that are known (`flow`, `conditions`, `values`,
`state`), and each of the answers that come of it, a *mutant*, is judged by the checks of its
exercise. What a check lets through is played beside the solution, in scenarios that are made up
(`scenarios`): if nobody can tell the two apart, it is a right answer; else the check has a hole.

    sites        the places of an answer, and a tree with one of them changed
    operators    the ways to change one, with the names under which a mutant may fail
    making       from a solution to its mutants
    judging      what the checks of an exercise say of each
    scenarios    what is asked of a mutant and of the solution; `playing` asks it
    telling      whether the two can be told apart
    survivors    the file of those that are let through, with a reason each
    proving      all of it, for a curriculum; `report` says what came of it
"""
