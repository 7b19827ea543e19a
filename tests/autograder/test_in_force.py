"""Settings that hold for a while say what they would say if each were looked up, and then go."""

from __future__ import annotations

import pytest

from autograder.host.framework import BASELINE, framework
from autograder.host.in_force import InForce
from minidjango import conf
from minidjango.conf import LazySettings, UserSettingsHolder, global_settings, settings
from minidjango.core.exceptions import ImproperlyConfigured

VALUES = {**BASELINE, "DEBUG": True, "X_OF_OURS": [1]}
NAMES = [name for name in dir(global_settings) if name.isupper()] + ["X_OF_OURS"]


def in_force() -> InForce:
    return InForce(conf, VALUES)


@pytest.mark.parametrize("name", NAMES)
def test_each_setting_is_what_a_look_up_finds(name: str) -> None:
    plain = LazySettings()
    holder = UserSettingsHolder(global_settings)
    vars(holder).update(VALUES)
    plain._wrapped = holder
    with in_force():
        assert getattr(settings, name) is getattr(plain, name)
        with framework("minidjango").settings({"DEBUG": False}):
            expected = False if name == "DEBUG" else getattr(plain, name)
            if name not in BASELINE:
                assert getattr(settings, name) is expected
        assert getattr(settings, name) is getattr(plain, name)


def test_what_is_set_or_deleted_inside_is_forgotten_with_it() -> None:
    with in_force():
        settings.DEBUG = "set"
        del settings.APPEND_SLASH
        assert settings.DEBUG == "set"
        with pytest.raises(AttributeError):
            _ = settings.APPEND_SLASH
        with framework("minidjango").settings({}), pytest.raises(AttributeError):
            _ = settings.APPEND_SLASH
    with in_force():
        assert settings.DEBUG is True
        assert settings.APPEND_SLASH is True


def test_a_default_that_is_changed_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    with in_force():
        assert settings.DEFAULT_CHARSET == "utf-8"
    monkeypatch.setattr(global_settings, "DEFAULT_CHARSET", "latin-1")
    with in_force():
        assert settings.DEFAULT_CHARSET == "latin-1"


def test_a_secret_key_that_is_empty_is_still_refused() -> None:
    with InForce(conf, {**VALUES, "SECRET_KEY": ""}), pytest.raises(ImproperlyConfigured):
        _ = settings.SECRET_KEY
