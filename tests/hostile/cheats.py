"""Cells that come before a wrong answer, and want it to pass.

Each ends in the namespace of the answer, in the process that runs it. None of them is told which
check will ask; some know this grader's code as well as its authors do.
"""

from course.proof.attacks import ATTACKS

_CANNED = """
import itertools
from minidjango.http import HttpResponse, HttpResponseForbidden
class BlockList:
    count = itertools.count()
    def __init__(self, get_response):
        self.get_response = get_response
    def __call__(self, request):
        {}
"""

CANNED = {
    "the same status always": _CANNED.format("return HttpResponseForbidden()"),
    "the view's words by heart": _CANNED.format("return HttpResponse('the vault')"),
    "an echo of the path": _CANNED.format("return HttpResponse(request.path)"),
    "one after the other": _CANNED.format(
        "return HttpResponse('the vault', status=403 if next(self.count) % 2 else 200)"
    ),
    "the path says which": _CANNED.format(
        "return HttpResponse('the vault', status=403 if 'admin' in request.path else 200)"
    ),
    "a 403 for whoever asks twice": _CANNED.format(
        "self.get_response(request); return HttpResponseForbidden()"
    ),
    "an answer that was kept": _CANNED.format(
        "type(self).kept = getattr(self, 'kept', None) or self.get_response(request)\n"
        "        return self.kept"
    ),
}

PATCHED = {
    **ATTACKS,
    "patched json": """
import json
json.loads = lambda *a, **k: {"is": "done", "status": "403 Forbidden", "headers": [], "body": ""}
json.dumps = lambda *a, **k: '{"is":"done","status":"403 Forbidden","headers":[],"body":""}'
""",
    "a response that is equal to everything": """
import minidjango.http.response as r
r.HttpResponse.__eq__ = lambda self, other: True
r.HttpResponse.status_code = property(lambda self: 403, lambda self, value: None)
""",
    "a framework that says 403": """
from minidjango.core.handlers.wsgi import WSGIHandler
def __call__(self, environ, start_response):
    blocked = environ["PATH_INFO"].startswith("/admin/")
    start_response("403 Forbidden" if blocked else "200 OK", [("Content-Type", "text/html")])
    return [b"the vault"]
WSGIHandler.__call__ = __call__
""",
    "a wire that rewrites": """
from autograder.host import wire
real = wire.write
def write(stream, message):
    if message.get("is") == "done":
        message = {**message, "status": "403 Forbidden"}
    real(stream, message)
wire.write = write
""",
    "a gate that lies about who left": """
from autograder.host import gates
real = gates.Gated._through
def _through(self, hook, function, *args, **kwargs):
    gate, self._gate = self._gate, lambda message: gate({**message, "token": "403"})
    try:
        return real(self, hook, function, *args, **kwargs)
    finally:
        self._gate = gate
gates.Gated._through = _through
""",
    "isinstance says yes": """
import builtins
builtins.isinstance = lambda *a: True
""",
    "a settrace that returns from every frame": """
import sys
def trace(frame, event, arg):
    frame.f_locals.update(blocked=True)
    return trace
sys.settrace(trace)
""",
    "an import hook in front of the grader": """
import sys, types
for name in list(sys.modules):
    if name.startswith("autograder"):
        sys.modules[name] = types.ModuleType(name)
""",
    "modules that shadow": """
for name in ("webtest", "autograder", "minidjango", "json"):
    with open(name + ".py", "w") as file:
        file.write("def __getattr__(name): return lambda *a, **k: True")
import sys
sys.path.insert(0, ".")
for name in [n for n in sys.modules if n.split(".")[0] in ("webtest", "json")]:
    del sys.modules[name]
""",
    "an ast transformer without asserts": """
import ast
class NoAsserts(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
try:
    get_ipython().ast_transformers.append(NoAsserts())
except NameError:
    pass
""",
}

FORGED = {
    "a verdict on the line": """
import os, json, struct
data = json.dumps({"is": "passed", "points": 100, "verdict": "passed"}).encode()
os.write(3, struct.pack("!I", len(data)) + data)
""",
    "a result on the line before it is asked": """
import os, json, struct
message = {"is": "done", "said": "", "status": "403 Forbidden", "headers": [], "body": ""}
data = json.dumps(message).encode()
for _ in range(3):
    os.write(3, struct.pack("!I", len(data)) + data)
""",
    "half a message": "import os; os.write(3, b'\\x00\\x00\\xff\\xffhalf')",
    "a message of four gigabytes": "import os; os.write(3, b'\\xff\\xff\\xff\\xff')",
    "not JSON": "import os; os.write(3, b'\\x00\\x00\\x00\\x02no')",
    "JSON a thousand deep": """
import os, struct
data = b'{"is":' + b"[" * 5000 + b"]" * 5000 + b"}"
os.write(3, struct.pack("!I", len(data)) + data)
""",
    "a line that is closed": "import os; os.close(3)",
    "a line that is read dry": """
import os, threading
threading.Thread(target=lambda: os.read(3, 1 << 20), daemon=True).start()
""",
}

CHEATS = {**PATCHED, **FORGED}
