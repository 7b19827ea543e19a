"""Settings, signals, imports, logging and MiddlewareMixin, as Django's."""

import gc
import logging
import sys
import types

import pytest

from tests.minidjango.twoframeworks import Framework, agree, framework, logs


def unset(fw):
    """Return settings that nobody has configured."""
    return type(fw("conf.settings"))()


def test_settings_that_nobody_configured_say_how(monkeypatch):
    for name in ("DJANGO_SETTINGS_MODULE", "MINIDJANGO_SETTINGS_MODULE"):
        monkeypatch.delenv(name, raising=False)

    def case(fw):
        settings = unset(fw)
        found = fw.each(
            one=lambda: settings.DEBUG, all=lambda: dir(settings), set=lambda: settings.configured
        )
        setting = fw.outcome(lambda: setattr(settings, "DEBUG", 1))
        return [found, setting, repr(settings)]

    agree(case)


def test_settings_are_configured_once_and_in_capitals():
    def case(fw):
        settings = unset(fw)
        small = fw.outcome(lambda: settings.configure(debug=1))
        defaults = types.SimpleNamespace(OLD="old", DEBUG=False, SECRET_KEY="")
        settings.configure(defaults, DEBUG=1)
        found = [settings.configured, settings.DEBUG, settings.OLD, repr(settings._wrapped)]
        settings.NEW = 2
        wrapped = settings._wrapped
        holder = [wrapped.is_overridden(name) for name in ("DEBUG", "OLD", "NEW", "NONE")]
        del settings.DEBUG
        refused = fw.each(
            again=lambda: settings.configure(),
            key=lambda: settings.SECRET_KEY,
            deleted=lambda: settings.DEBUG,
            small=lambda: settings.small,
            wrapped=lambda: delattr(settings, "_wrapped"),
        )
        names = [name for name in dir(settings) if name.isupper()]
        return [small, found, holder, refused, names, settings.NEW]

    agree(case)


@pytest.mark.parametrize("hosts", [["a"], "a"])
def test_settings_come_from_the_module_that_the_environment_names(monkeypatch, hosts):
    module = types.ModuleType("settings_of_a_test")
    module.DEBUG, module.small, module.ALLOWED_HOSTS = True, 1, hosts
    module.TIME_ZONE = None  # or Django would change the time zone of this process
    monkeypatch.setitem(sys.modules, "settings_of_a_test", module)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "settings_of_a_test")
    monkeypatch.setenv("MINIDJANGO_SETTINGS_MODULE", "settings_of_a_test")

    def case(fw):
        settings = unset(fw)
        found = [settings.DEBUG, settings.ALLOWED_HOSTS, settings.APPEND_SLASH, repr(settings)]
        found += [hasattr(settings, "small"), repr(settings._wrapped)]
        return [*found, settings.is_overridden("DEBUG"), settings.is_overridden("APPEND_SLASH")]

    agree(case)


OTHER_DEFAULTS = {"DATABASES", "MIDDLEWARE_CLASSES", "PASSWORD_HASHERS", "SESSION_ENGINE"}


def test_every_default_setting_has_djangos_value():
    fw = Framework("minidjango")
    ours, theirs = (Framework(root)("conf.global_settings") for root in ("minidjango", "django"))
    names = {name for name in dir(ours) if name.isupper()} - OTHER_DEFAULTS
    assert len(names) > 20
    assert {name: fw.plain(getattr(ours, name)) for name in names} == {
        name: getattr(theirs, name) for name in names
    }


class Receiver:
    def hear(self, **kwargs):
        return "method"


def test_signals_call_in_order_once_and_weakly():
    def case(fw):
        signal, receiver = fw("dispatch.Signal")(), Receiver()

        def function(sender, **kwargs):
            return [sender, sorted(kwargs)]

        def fails(**kwargs):
            raise ValueError("no")

        signal.connect(function)
        signal.connect(function)
        signal.connect(receiver.hear)
        signal.connect(lambda **kwargs: "forgotten")
        signal.connect(lambda **kwargs: "kept", weak=False, dispatch_uid="uid")
        signal.connect(lambda **kwargs: "the same", weak=False, dispatch_uid="uid")
        fw("dispatch.receiver")([signal], sender=int)(fails)
        gc.collect()
        said = [answer for _, answer in signal.send("sender", x=1)]
        strict = fw.outcome(lambda: signal.send(int))
        robust = [str(answer) for _, answer in signal.send_robust(sender=int)]
        del receiver
        gc.collect()
        left = [answer for _, answer in signal.send(None)]
        gone = [signal.disconnect(dispatch_uid=uid) for uid in ("uid", "uid")]
        gone += [signal.disconnect(function), signal.has_listeners(), signal.has_listeners(int)]
        return [said, strict, robust, left, gone, signal.send(None)]

    def quietly(fw):
        with logs(fw) as lines:
            return [case(fw), [line.split(" (")[0].split("<locals>")[0] for line in lines]]

    agree(quietly)
    agree(lambda fw: fw.outcome(fw("dispatch.Signal")().connect, 7), DEBUG=True)
    agree(lambda fw: fw.outcome(fw("dispatch.Signal")().connect, unset), DEBUG=True)


@pytest.mark.parametrize("path", ["os.path.join", "os", "os.nothing", "no_module_x.y", "", ".x"])
def test_dotted_paths_lead_to_the_same_or_the_same_words(path):
    agree(lambda fw: repr(fw("utils.module_loading.import_string")(path)).split(" at ")[0])


@pytest.mark.parametrize("name", ["path", "nothing", "path.x"])
def test_submodules_are_found_without_import(name):
    import email
    import os

    find = "utils.module_loading.module_has_submodule"
    agree(lambda fw: [fw(find)(email, name), fw(find)(os, name), fw(find)(email, "message")])


def get_response(request):
    """The next layer."""
    return [*request, "next"]


def test_a_mixin_asks_its_methods_in_order():
    def case(fw):
        Mixin = fw("utils.deprecation.MiddlewareMixin")

        class In(Mixin):
            answer = None

            def process_request(self, request):
                request.append("in")
                return self.answer

        class Out(In):
            def process_response(self, request, response):
                return [*response, "out"]

        short = Out(get_response)
        short.answer = ["short"]
        found = [Mixin(get_response)([]), In(get_response)([]), Out(get_response)([]), short([])]
        words = [repr(Mixin(get_response)).split("<locals>")[-1], repr(Mixin(Mixin(get_response)))]
        return [found, words, fw.outcome(Mixin, None)]

    agree(case)


def test_logging_is_configured_as_the_settings_say():
    def case(fw):
        CALLS.clear()
        logger = logging.getLogger(fw.root)
        before = logger.handlers[:], logger.level
        fw("utils.log.configure_logging")(None, {"x": 1})
        unchanged = logger.handlers[:] == before[0]
        fw("utils.log.configure_logging")(__name__ + ".configure", {"x": 1})
        record = logging.LogRecord(fw.root, 20, "", 1, "m", (), None)
        console = next(h for h in logger.handlers if h.get_name() == "console")
        passes = [bool(console.filter(record))]
        fw("conf.settings").DEBUG = True
        passes.append(bool(console.filter(record)))
        found = [unchanged, logger.level, passes, list(CALLS)]
        logger.handlers[:], logger.level = before
        logger.setLevel(before[1])
        return found

    agree(case)


CALLS = []


def configure(config):
    """What LOGGING_CONFIG names."""
    CALLS.append(config)


def test_a_response_is_logged_once_at_the_level_of_its_status():
    def case(fw):
        lines = []
        for status in (200, 404, 503):
            logger = logging.Logger("x", 0)
            logger.handle = lambda record: lines.append([record.levelname, record.getMessage()])
            response = fw("http.HttpResponse")(status=status)
            for _ in range(2):
                fw("utils.log.log_response")("%s", "a\nb", response=response, logger=logger)
        return lines

    assert len(agree(case)[1]) == 3


def test_setup_sets_the_script_prefix():
    def case(fw):
        fw("conf.settings").FORCE_SCRIPT_NAME = "/forced"
        __import__(fw.root).setup()
        return fw("urls.get_script_prefix")()

    assert agree(case) == ["returned", "/forced/"]


def test_the_wsgi_application_is_made_by_its_path():
    with framework("minidjango") as fw:
        application = fw("core.wsgi.get_wsgi_application")()
        assert type(application) is fw("core.handlers.wsgi.WSGIHandler")


def test_exceptions_have_djangos_ancestors():
    ours, theirs = (Framework(root)("core.exceptions") for root in ("minidjango", "django"))
    names = [name for name in dir(ours) if isinstance(getattr(ours, name), type)]
    for name in names:
        lines = [[cls.__name__ for cls in getattr(m, name).__mro__] for m in (ours, theirs)]
        assert lines[0] == lines[1]
