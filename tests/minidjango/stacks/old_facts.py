"""What only the old style shows (1.9): the last of the recognisers."""

from tests.minidjango.stacks.reading import Facts, Run

OLD_STYLE = Facts()
fact, shows = OLD_STYLE.fact, OLD_STYLE.shows


@fact(18, "process_response runs of layers that were never entered")
def _(run: Run) -> object:
    return any(
        f"{name}.process_response(" in run.text and f"{name}.process_request" not in run.text
        for name in run.having("process_request")
    )


@fact(19, "a process_response that raises skips the rest")
def _(run: Run) -> object:
    found = run.shows(r"^(M\d)\.process_response\(.*\) < !\w+\n(?!M\d\.process_response)")
    return found and run.having("process_response")[0] < found[1]


@fact(19, "an Http404 of a process_response is a 500")
def _(run: Run) -> object:
    return run.status == 500 and run.shows(r"\.process_response\(.*\) < !Http404")


shows(
    20,
    "a late response of process_request gets the template hooks",
    r"\.process_request < \d+\*\nM\d\.process_template_response",
)
shows(20, "a late response of process_request is rendered", r"\.process_request\.render >")


@fact(20, "a KeyboardInterrupt is a 500")
def _(run: Run) -> object:
    return run.status == 500 and run.shows("< !KeyboardInterrupt")
