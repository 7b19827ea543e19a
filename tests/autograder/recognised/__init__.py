"""For each mistake that can be seen: an answer that makes it, and others, close by, that do not."""

from __future__ import annotations

from tests.autograder.recognised import answers, beliefs, conditions, contract, order

ROWS = [*contract.ROWS, *order.ROWS, *conditions.ROWS, *answers.ROWS, *beliefs.ROWS]
