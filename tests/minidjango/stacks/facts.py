"""What a run shows of how Django 5.2 works: a recogniser for each fact, and each part of one.

What the old style adds, from 18 on, is in `old_facts`.
"""

from tests.minidjango.stacks.reading import Facts, Run

BETWEEN = r"(?:(?:signal|handler|M\d\.process_exception).*\n)*"
"""What may happen between an exception and the layer outside."""
GETS_AN_ERROR = r"M\d(?: got |\.process_response\()[45]\d\d"
VIEW_FAILS = r"^view\(.*\) < !\w+\n"

NEW_STYLE = Facts()
fact, shows = NEW_STYLE.fact, NEW_STYLE.shows


shows(
    1,
    "what a layer raises is a response for the layer outside",
    rf"^M\d(?:\.process_re\w+.*)? < !\w+\n{BETWEEN}{GETS_AN_ERROR}",
)
shows(1, "the innermost handler is wrapped too", rf"{VIEW_FAILS}{BETWEEN}{GETS_AN_ERROR}")


@fact(1, "a try round get_response does not fire")
def _(run: Run) -> object:
    tried = [name for name in run.doing("request", "try") if f"{name} caught" not in run.text]
    return any(run.shows(rf"< !\w+\n{BETWEEN}{name} got [45]") for name in tried)


@fact(2, "process_exception is not asked about process_view")
def _(run: Run) -> object:
    return run.skips_exception_hooks and run.shows(r"^M\d\.process_view\(.*\) < !")


@fact(2, "process_exception is not asked about process_template_response")
def _(run: Run) -> object:
    fails = run.shows(r"\.process_template_response\(.*\) < !")
    return run.skips_exception_hooks and fails


@fact(2, "process_exception is not asked about a URL that nobody answers to")
def _(run: Run) -> object:
    nowhere = run.scenario.requests[0].path == "/nope/" and not run.shows("< !")
    return run.skips_exception_hooks and nowhere and run.status == 404


@fact(2, "process_exception is not asked about a view that returns None")
def _(run: Run) -> object:
    return run.skips_exception_hooks and run.shows(r"^view\(.*\) < None")


shows(
    2,
    "process_exception is asked about a view's own Http404",
    r"^view\(.*\) < !Http404\nM\d\.process_exception\(Http404\) >",
)
shows(
    2,
    "process_exception is asked about rendering",
    r"\.render < !(\w+)\nM\d\.process_exception\(\1\) >",
)


@fact(3, "a failing handler500 is called by each wrapper, then leaks")
def _(run: Run) -> object:
    return run.raised and run.count("^handler500 < !") > 1


shows(
    3,
    "a failing handler404 falls to the 500",
    r"^handler404\(\w+\) < !\w+\nsignal got_request_exception.*\n(?:handler500 >|.* (?:got )?500)",
)
shows(3, "only then, or with propagation, a try round get_response fires", r"^M\d caught \w+")


@fact(4, "with propagation a 500 leaks, but process_exception was asked")
def _(run: Run) -> object:
    asked = run.shows(r"process_exception\(.*\) < None\nsignal got_request_exception")
    return run.propagates and run.raised and asked


@fact(4, "with propagation got_request_exception is sent by each wrapper")
def _(run: Run) -> object:
    return run.propagates and run.raised and run.count("^signal got_request_exception") > 1


@fact(4, "with propagation a 4xx stays a response")
def _(run: Run) -> object:
    return run.propagates and 400 <= run.status < 500 and run.shows("< !")


@fact(5, "a short circuit skips the process_view even of layers outside it")
def _(run: Run) -> object:
    short = run.shows(r"^(M\d) >\n\1 < \d") or run.shows(r"^(M\d)\.process_request < \d")
    outside = short and [name for name in run.having("process_view") if name < short[1]]
    return outside and "process_view" not in run.text


@fact(6, "an answer of process_view skips later ones and the view")
def _(run: Run) -> object:
    answered = run.shows(r"^(M\d)\.process_view\(.*\) < \d+\*?\n(?!M\d\.process_view)")
    return answered and run.having("process_view")[-1] > answered[1]


@fact(6, "an answer of process_view gets all template hooks, innermost first")
def _(run: Run) -> object:
    hook = r"\.process_template_response"
    found = run.shows(
        rf"process_view\(.*\) < \d+\*\n(M\d){hook}.* >\n\1{hook}.* < .*\n(M\d){hook}.* >"
    )
    return found and found[1] > found[2]


shows(7, "a layer outside gets the None", r"^M\d got None")


@fact(7, "None from the outermost layer is an AttributeError at the server")
def _(run: Run) -> object:
    return run.raised == "AttributeError" and run.shows(r"^M\d\S* < None\Z")


@fact(8, "a late response of a layer is never rendered")
def _(run: Run) -> object:
    return run.raised == "ContentNotRenderedError" and run.shows(r"^start_response")


shows(
    9,
    "a late response of process_exception is rendered for a view's error",
    rf"{VIEW_FAILS}(?:M\d\.process_.*\n)*M\d\.process_exception\.render >",
)


shows(
    9,
    "a late response of process_exception is not rendered for a render error",
    r"\.render < !\w+\n(?:M\d\.process_exc.*\n)*M\d\.process_exception.* < \d+\*\n(?!.*render >)",
)
shows(
    10,
    "an ordinary response of a template hook fails at render, and process_exception is asked",
    r"process_template_response\(.*\) < 226\n"
    r"(?:M\d\.process_t.*\n)*M\d\.process_exception\(AttributeError\) >",
)


@fact(11, "a process_exception that raises ends the asking")
def _(run: Run) -> object:
    found = run.shows(r"^(M\d)\.process_exception\(.*\) < !\w+\n(?!M\d\.process_exception)")
    return found and run.having("process_exception")[0] < found[1]


@fact(12, "got_request_exception is sent for a 500")
def _(run: Run) -> object:
    return run.status == 500 and run.shows("^signal got_request_exception")


@fact(12, "got_request_exception is not sent for 400, 403, 404")
def _(run: Run) -> object:
    quiet = "got_request_exception" not in run.text
    return run.status in (400, 403, 404) and run.shows("< !") and quiet


shows(
    12,
    "got_request_exception is sent for an error handler that fails",
    r"^handler4\d\d\(.*\) < !\w+\nsignal got_request_exception",
)


@fact(12, "SuspiciousOperation is logged under security, not request")
def _(run: Run) -> object:
    return run.status == 400 and [line.split(".")[0] for line in run.logs] == ["ERROR security"]


shows(13, "handler404 is given a Resolver404", r"^handler404\(Resolver404\) >")
shows(13, "handler500 is given no exception", r"^handler500 >")
shows(
    13,
    "a late response of an error handler is rendered",
    r"^(handler\d+).* < \d+\*\n\1\.render >",
)


@fact(14, "a returned 404 is logged, and handler404 does not hear of it")
def _(run: Run) -> object:
    logged = any(line.startswith("WARNING request: Not Found") for line in run.logs)
    returned = logged and run.shows(r"^view\(.*\) < 404$")
    return returned and "handler404" in run.scenario.does and "handler404" not in run.text


@fact(15, "calling get_response twice runs the view, and process_view of outer layers, twice")
def _(run: Run) -> object:
    outer = run.having("process_view")
    return run.count(r"^view\(.*\) >") > 1 and any(
        run.count(rf"^{name}\.process_view\(.*\) >") > 1 and name < twice
        for twice in run.doing("request", "twice")
        for name in outer
    )


@fact(16, "a stream that fails leaks after a 200, and is closed")
def _(run: Run) -> object:
    return run.raised and run.shows(r"^start_response 200\n(?:\w+\.next\n)+\w+\.close")


@fact(17, "layers are made innermost first")
def _(run: Run) -> object:
    return len(run.layers) > 1 and [n for n in run.made if " " not in n] == [*run.layers][::-1]


@fact(17, "SystemExit and KeyboardInterrupt pass every wrapper")
def _(run: Run) -> object:
    return run.raised in ("SystemExit", "KeyboardInterrupt") and run.shows(r"^M\d <")
