# ---
# title: Short-circuiting
# summary: A layer may answer a request itself. Then nobody further in ever hears of it.
# objectives:
#   - answer a request in a layer, so that the view never runs
#   - say which layers still see that answer, and which do not
#   - write a block list that stops what it should and nothing else
# needs:
#   - a middleware class with `__init__` and `__call__` (lesson 04)
#   - which layer is outermost, and in which order layers run (lesson 05)
# minutes: 20
# points: 3
# out_of_scope:
#   - changing a response on its way out (lesson 07)
#   - stopping a request once its view is known, with `process_view` (lesson 09)
# ---

# %% [markdown]
# ## A guess first
#
# Here is a layer that never calls `self.get_response`. It makes a response of its own and
# returns that. What will a visitor get, and how often will the view `hello` run?

# %%
from minidjango.http import HttpResponse


class Closed:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return HttpResponse("Back in an hour.", status=503)


def hello(request):
    return HttpResponse("Hello!")


# %% [markdown]
# Guess, then run the next cell. `onion` builds a stack from layers and a view, `app.get` sends
# it a request, and `app.trace` draws what happened.

# %%
from autograder import onion

app = onion(Closed, view=hello)
app.get("/", status=503)
app.trace

# %% [markdown]
# The visitor gets the 503, and `hello` did not run at all. Nothing told Django to skip it: a
# layer reaches what is further in only by calling `get_response`, and `Closed` does not call it.
# This is called *short-circuiting*.
#
# ## Who still sees the answer?
#
# Now two more layers: `Stamp` outside the closed one, `Inner` inside it.


# %%
class Stamp:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["X-Stamp"] = "seen"
        return response


class Inner(Stamp):
    pass


app = onion(Stamp, Closed, Inner, view=hello)
response = app.get("/", status=503)
print("X-Stamp:", response.headers["X-Stamp"])
app.trace

# %% [markdown]
# `Stamp` was waiting for `get_response` to return, and it did: with a 503 that came from
# `Closed`. It cannot tell that from an answer of the view's, and stamps it. `Inner` was never
# entered, on the way in or on the way out.
#
# **The rule.** A layer that does not call `get_response` answers for all that is inside it. The
# layers outside see its answer as they see any other; the layers inside, and the view, see
# nothing.

# %% [markdown] quiz="who-still-sees-it" points=1
# **Predict.** A site has this setting, and `BlockList` answers requests for `/admin/` itself:
#
# ```python
# MIDDLEWARE = ["site.Timing", "site.BlockList", "site.Session"]
# ```
#
# A request for `/admin/` comes in. Which layers see the 403 on its way out?
#
# - [ ] none: the answer goes straight to the visitor
#   The answer is returned, and a return goes to whoever called: `Timing` called `BlockList`.
# - [x] `Timing` alone
#   `Timing` called `BlockList` and gets its answer; `Session` stands inside and was never called.
# - [ ] `Session` alone
#   `Session` stands inside `BlockList`, which never called it. First in the list is outermost.
# - [ ] `Timing` and `Session`: every layer sees every response
#   Only layers that were entered can be left. `BlockList` answered before `Session` was entered.

# %% [markdown]
# ## Your turn: a block list
#
# Write `BlockList`. It answers **403** to `/admin/` and to everything below it, such as
# `/admin/users/7/`, and the view never runs. Every other request passes through untouched, as
# does its response.
#
# What counts is how the path *begins*: `/administrators/` and `/blog/admin/` are nobody's
# business but the view's, and pass. `request.path` is the path, and
# `HttpResponseForbidden` a response with status 403.

# %% exercise="block-list"
from minidjango.http import HttpResponseForbidden


class BlockList:
    """Answer 403 to /admin/ and everything below it; let everything else through."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ### BEGIN SOLUTION
        if request.path.startswith("/admin/"):
            return HttpResponseForbidden("Nothing to see here.")
        return self.get_response(request)
        ### END SOLUTION


# %% [markdown] hint="block-list"
# Two ways out of one method
#
# A request leaves `__call__` in one of two ways: with a response that you make, or with the one
# that `self.get_response(request)` gives you. What decides between them, and is it decided
# *before* anyone inside is called?

# %% [markdown] hint="block-list"
# Nearly the answer
#
# Ask `request.path.startswith("/admin/")`, with both slashes. If it does, return
# `HttpResponseForbidden(...)`. If not, return what `self.get_response(request)` returns: call it
# once, and do not forget the `return`.

# %% check="block-list" points=2
from minidjango.http import HttpResponse


def secret(request):
    return HttpResponse("the vault")


app = onion(BlockList, view=secret)
app.get(fresh("/public/{}/"))
app.get("/admin/", status=403)
app.trace.never_reached(secret)
app.get(fresh("/admin/{}/"), status=403)
app.trace.never_reached(secret)
app.get(fresh("/administrators/{}/"))
app.get(fresh("/blog/{}/admin/"))
### BEGIN HIDDEN TESTS
# The same again, in an order that nobody can answer by counting.
closed = ["/admin/", fresh("/admin/{}"), fresh("/admin/{}/"), fresh("/admin/{}/{}/")]
others = ["/", fresh("/{}/"), fresh("/admin{}/"), fresh("/{}/admin/"), fresh("/{}/?next=/admin/")]
for path in fresh([*closed, *others]):
    app.get(path, status=403 if path in closed else None)
    (app.trace.never_reached if path in closed else app.trace.reached)(secret)
### END HIDDEN TESTS

# %% right="block-list"
# A function factory: the layer is a closure, and no class is needed.
from minidjango.http import HttpResponse


def BlockList(get_response):
    def layer(request):
        blocked = request.path.startswith("/admin/")
        return HttpResponse("No.", status=403) if blocked else get_response(request)

    return layer


# %% right="block-list"
# Hooks instead of a call: what `process_request` returns is the answer, None goes on.
from minidjango.http import HttpResponseForbidden
from minidjango.utils.deprecation import MiddlewareMixin


class BlockList(MiddlewareMixin):
    blocked = ("/admin/",)

    def process_request(self, request):
        if request.path_info.startswith(self.blocked):
            return HttpResponseForbidden()
        return None


# %% right="block-list"
# An exception: whoever stands outside is handed the 403 that it is turned into.
import re

from minidjango.core.exceptions import PermissionDenied


class BlockList:
    pattern = re.compile(r"/admin/")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.pattern.match(request.path):
            raise PermissionDenied("not for visitors")
        return self.get_response(request)


# %% wrong="block-list" misconception="forgot-return"
# Calls on, and drops the response that comes back.
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/"):
            return HttpResponseForbidden()
        self.get_response(request)


# %% wrong="block-list" misconception="never-short-circuits"
# Makes the response, and goes on as if it had not.
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/"):
            HttpResponseForbidden()
        return self.get_response(request)


# %% wrong="block-list" misconception="short-circuit-too-late"
# Asks the view first, as a layer that changes responses does, and throws its answer away.
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            return HttpResponseForbidden()
        return response


# %% wrong="block-list" misconception="called-next-twice"
# Keeps a response that it then does not use.
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/"):
            return HttpResponseForbidden()
        response = self.get_response(request)
        response.headers["X-Checked"] = "yes"
        return self.get_response(request)


# %% wrong="block-list" misconception="not-a-response"
# Returns the text that a visitor should read.
class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/"):
            return "403 Forbidden"
        return self.get_response(request)


# %% wrong="block-list" misconception="wrong-status"
# Says no in words; the status says that all is well.
from minidjango.http import HttpResponse


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/"):
            return HttpResponse("Forbidden")
        return self.get_response(request)


# %% wrong="block-list" misconception="condition-too-narrow"
# Stops the front page of the admin, and nothing below it.
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/admin/":
            return HttpResponseForbidden()
        return self.get_response(request)


# %% wrong="block-list" misconception="condition-too-wide"
# Leaves out the last slash, and shuts the door on /administrators/ too.
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin"):
            return HttpResponseForbidden()
        return self.get_response(request)
