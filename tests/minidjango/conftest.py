"""Failures inside the helpers are explained as those in the tests are."""

import pytest

pytest.register_assert_rewrite("tests.minidjango.twoframeworks")
