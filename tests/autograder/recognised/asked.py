"""What the answers are asked: small checks, in the words of the lessons."""

from __future__ import annotations

STOPS = """
vault = returns("the vault")
app = onion(Layer, view=vault)
app.get(fresh("/public/{}/"))
app.get("/admin/", status=403)
app.trace.never_reached(vault)
app.get(fresh("/admin/{}/"), status=403)
app.trace.never_reached(vault)
app.get(fresh("/administrators/{}/"))
app.get(fresh("/blog/{}/admin/"))
"""
NEEDS_A_KEY = """
vault = returns("the vault")
app = onion(Layer, view=vault)
app.get(fresh("/{}/"), headers={"X-Key": "sesame"})
app.get(fresh("/{}/"), status=403)
app.trace.never_reached(vault)
"""
SAYS_CLOSED = """
shop = returns("pears")
app = onion(Layer, view=shop)
app.get(fresh("/{}/"))
app.get(fresh("/closed/{}/"), status=503)
app.trace.never_reached(shop)
app.trace.content("closed")
"""
STAMPS = """
for status in (200, 404):
    app = onion(Layer, view=returns("tea", status=status))
    app.get(fresh("/{}/"))
    app.trace.header("X-Kind", "tea")
"""
NO_STAMP = """
app = onion(Layer)
app.get(fresh("/{}/"))
app.trace.no_header("X-Kind")
"""
TIMES = """
app = onion(Layer, view=returns("tea", takes=0.25))
for _ in range(2):
    app.get(fresh("/{}/"))
    app.trace.header("X-Ms", at_least=249, at_most=251)
"""
PASSES = """
app = onion(Layer)
app.get(fresh("/{}/"))
"""
PASSES_TWICE = PASSES + 'app.get(fresh("/{}/"))\n'
ECHOES = """
app = onion(view=echo)
word = fresh()
app.get(f"/?q={word}", status=200)
app.trace.content(word)
app.get("/", status=200)
app.trace.content("")
"""
ARRANGES = """
app = onion(*arranged(call(middleware), Outer, Middle, Inner))
app.get("/")
app.trace.outside(Outer, Middle)
app.trace.outside(Middle, Inner)
"""
FORETELLS = 'predicts(walk, "Timing", "Log", "Session")\n'


def foretells(does: str) -> str:
    return f'predicts(walk, "Outer", "Wall", "Inner", Wall="{does}")\n'
