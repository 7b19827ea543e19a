# ---
# title: Short-circuiting
# summary: A layer may answer a request itself. Then nobody further in ever hears of it.
# objectives:
#   - answer a request in a layer, so that the view never runs
#   - say which layers still see that answer, and which do not
#   - write conditions on paths that stop what they should and nothing else
#   - refuse by raising, and say what the layer outside is handed
#   - refuse in time, before the view has done its work
#   - answer health checks and preflights where they have to be answered
# needs:
#   - a middleware class with `__init__` and `__call__` (lesson 04)
#   - which layer is outermost, and in which order layers run (lesson 05)
# minutes: 90
# points: 24
# out_of_scope:
#   - changing a response on its way out (lesson 07)
#   - stopping a request once its view is known, with `process_view` (lesson 09)
#   - who is logged in, and who may do what (lesson 12)
# ---

# %% [markdown]
# ## A guess first
#
# Here is a layer that never calls `self.get_response`. It makes a response of its own and
# returns that. What will a visitor get, and how often will the view `hello` run?
#
# The number in the response is its *status*, which programs read: 200 says that all went well,
# 403 that it is forbidden, 503 that the site is not available at the moment.

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
# it a request, and `app.trace` draws what happened. With `status=503` you say which status you
# expect: a cell that gets another one ends in an error.

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
# Now two more layers: `Stamp` outside the closed one, `Inner` inside it. Each sets a header on
# every response that it sees. Which of the two headers will the visitor's 503 have?


# %%
class Stamp:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["X-Stamp"] = "seen"
        return response


class Inner:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["X-Inner"] = "seen"
        return response


app = onion(Stamp, Closed, Inner, view=hello)
response = app.get("/", status=503)
for name in ["X-Stamp", "X-Inner"]:
    print(name, response.headers.get(name))
app.trace

# %% [markdown]
# `Stamp` was waiting for `get_response` to return, and it did: with a 503 that came from
# `Closed`. It cannot tell that from an answer of the view's, and stamps it. `Inner` was never
# entered, on the way in or on the way out.
#
# **The rule.** A layer that does not call `get_response` answers for all that is inside it. The
# layers outside see its answer as they see any other; the layers inside, and the view, see
# nothing.
#
# **Change something.** Move `Stamp` to the other side, `onion(Closed, Stamp, Inner, view=hello)`,
# and run the cell again. Who is missing now?

# %% [markdown]
# Older articles tell it otherwise. Up to Django 1.9 a layer had one method for the way in and
# another for the way out, and of the second the documentation said that it "is always called, even
# if" the first was skipped. So it was in that Django, and lesson 15 shows it. Today a layer is one
# call, and who was not called has nothing to return: that is why `X-Inner` is None above.

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
#   [only-on-the-way-in] The answer is returned, and a return goes to whoever called:
#   `Timing` called `BlockList`.
# - [x] `Timing` alone
#   `Timing` called `BlockList` and gets its answer; `Session` stands inside and was never called.
# - [ ] `Session` alone
#   [inside-out] `Session` stands inside `BlockList`, which never called it. First in the list
#   is outermost.
# - [ ] `Timing` and `Session`: every layer sees every response
#   [everyone-is-left] Only layers that were entered can be left. `BlockList` answered before
#   `Session` was entered.

# %% [markdown] quiz="closed-for-the-night" points=1
# **Predict.** The shop is closed for the night. Which calls are made, and which return?
#
# ```scenario
# Timing
# Log
# Maintenance: answers 503
# Session
# view: shop
# GET /basket/
# ```
#
# - [x] happens
#   `Timing` calls `Log`, `Log` calls `Maintenance`, and that one answers. Its answer goes back
#   the way that the calls came.
# - [ ] only-who-answers
#   Nobody knows beforehand that `Maintenance` will answer. It is reached because `Timing` and
#   `Log` call on.
# - [ ] everyone-is-left
#   `Session` was never called, so it has nothing to return.
# - [ ] view-runs-anyway
#   `shop` is called by the innermost `get_response` and by nobody else, and that call was never
#   made.

# %% [markdown]
# ## Only some requests
#
# A layer that answers everything closes the site. Most decide: some requests they answer, the
# others they hand on. What they decide by is often the path, which is `request.path`.
#
# This one keeps visitors out of `/staff/`, where a shop's people have their rota. Six paths are
# asked for. Guess which of them are refused. (With `status="*"` any answer will do; `app.get`
# returns what the visitor got, and `status_int` is the status of that.)

# %%
from minidjango.http import HttpResponseForbidden


class StaffOnly:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/staff"):
            return HttpResponseForbidden("Staff only.")
        return self.get_response(request)


PATHS = ["/", "/staff/", "/staff/rota/", "/blog/staff/", "/?next=/staff/", "/staffroom-chairs/"]

app = onion(StaffOnly, view=hello)
for path in PATHS:
    response = app.get(path, status="*")
    print(response.status_int, path)
app.trace

# %% [markdown]
# The last one is a surprise: the shop sells chairs for staff rooms, and nobody can look at them.
# `/staffroom-chairs/` begins with `/staff` too. (What follows a `?` is no part of `request.path`,
# so the fifth is the front page.)
#
# **The rule.** A section of a site is everything whose path begins with the section's own path,
# the last slash included.


# %%
class StaffOnly:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/staff/"):
            return HttpResponseForbidden("Staff only.")
        return self.get_response(request)


app = onion(StaffOnly, view=hello)
for path in PATHS:
    response = app.get(path, status="*")
    print(response.status_int, path)
app.trace

# %% [markdown]
# **Change something.** Put other conditions in its place and run the cell again:
# `request.path == "/staff/"`, and then `"/staff/" in request.path`. Each is wrong about one of the
# six paths. Which?

# %% [markdown] quiz="which-condition" points=1
# A library keeps its own catalogue under `/books/`, and has a page `/books-for-sale/` besides.
# Which condition stops every page of the catalogue and nothing else?
#
# - [ ] `request.path == "/books/"`
#   [condition-too-narrow] That is the front page of the catalogue alone: `/books/7/` is another
#   path.
# - [ ] `"/books/" in request.path`
#   [condition-too-wide] `/blog/books/` has these letters in it as well, and is no page of the
#   catalogue.
# - [ ] `request.path.startswith("/books")`
#   [condition-too-wide] `/books-for-sale/` begins so too.
# - [x] `request.path.startswith("/books/")`
#   All that lies below `/books/` begins with it, slash included, and nothing else does.

# %% [markdown] quiz="not-my-path" points=1
# **Predict.** A page about administrators is asked for. Which way does the request take?
#
# ```scenario
# Log
# BlockList: answers 403 to /admin/
# Session
# view: about
# GET /administrators/
# ```
#
# - [ ] answers-always
#   `/administrators/` does not begin with `/admin/`: after `/admin` comes an `i`, and no slash. So
#   `BlockList` calls on.
# - [ ] only-on-the-way-in
#   Each of the three called on, and gets back what it asked for: they are all left again.
# - [x] happens
#   The condition does not hold, so `BlockList` is a layer as any other: entered, and left.
# - [ ] same-order-out
#   Who was entered last is left first: `Session` returns to `BlockList`, `BlockList` to `Log`.

# %% [markdown] quiz="far-below" points=1
# **Predict.** Somebody asks for a page that lies deep inside a closed section.
#
# ```scenario
# Timing
# Log
# Guard: answers 403 to /staff/
# view: rota
# GET /staff/rota/june/
# ```
#
# - [ ] passes-always
#   `/staff/rota/june/` begins with `/staff/`, and that is all that is asked.
# - [x] happens
#   The path begins with `/staff/`, so `Guard` answers, and the two outside are left in turn.
# - [ ] only-who-answers
#   `Guard` is called by `Log`, and `Log` by `Timing`.

# %% [markdown]
# ## Two ways to refuse nobody
#
# The first: the refusal is made, and not returned. Django does not complain, and the visitor walks
# in. Because of `status=403` it is `app.get` that complains: this cell is meant to fail, and says
# what was expected and what happened.


# %% raises=true
class Toothless:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/staff/"):
            HttpResponseForbidden("Staff only.")
        return self.get_response(request)


app = onion(Toothless, view=hello)
app.get("/staff/rota/", status=403)

# %% [markdown]
# A response that is made stops nobody; it has to be returned. Write `return` before
# `HttpResponseForbidden` and run the cell again.
#
# The second: what is returned is no response. `app.raised` is what went through the whole stack
# to the server.


# %%
class Wordy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/staff/"):
            return "403 Forbidden"
        return self.get_response(request)


app = onion(Wordy, view=hello)
app.get("/staff/rota/", status="*")
print(app.raised)
app.trace

# %% [markdown]
# You know the sister of this message from lesson 04, where a layer returned nothing. Django does
# not look at what a layer returns. It hands it on, and the first who needs something that every
# response has finds that a text has no such thing. Read it so: *a str has no attribute that I never
# heard of: which layer returned a str?*
#
# **Change something.** Return `HttpResponseForbidden("Staff only.")` instead, and run the cell
# again.

# %% [markdown]
# ## Your turn: a block list
#
# Write `BlockList`. It answers **403** to `/admin/` and to everything below it, such as
# `/admin/users/7/`, and the view never runs. Every other request passes through untouched, as
# does its response.
#
# What counts is how the path *begins*: `/administrators/`, `/Admin/` and `/blog/admin/` are
# nobody's business but the view's, and pass. `request.path` is the path, and
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
for path in fresh([*closed, *others, fresh("/Admin/{}/")]):
    app.get(path, status=403 if path in closed else None)
    (app.trace.never_reached if path in closed else app.trace.reached)(secret)
app.post(fresh("/admin/{}/"), status=403)
app.trace.never_reached(secret)
app.post(fresh("/{}/"))
### END HIDDEN TESTS

# %% [markdown]
# ## Too late is not in time
#
# This shop takes no orders on Sundays, and today is Sunday. The layer refuses, the visitor reads
# 403. Guess: how many orders are in the list `orders` afterwards?

# %%
orders = []


def place_order(request):
    orders.append(request.path)
    return HttpResponse("Thank you for your order.")


class NoOrdersToday:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST":
            return HttpResponseForbidden("No orders on Sundays.")
        return response


app = onion(NoOrdersToday, view=place_order)
app.post("/orders/", status=403)
print("orders:", orders)
app.trace

# %% [markdown]
# One. The visitor reads "No orders on Sundays", and on Monday the parcel comes. By the time that
# the layer looks, `place_order` has run; all that is left to decide is what the visitor is told.
# (A *POST* is a request that sends something, such as a form; `request.method` says which kind of
# request it is.)
#
# **The rule.** What stands before the call of `get_response` decides what is done. What stands
# after it decides only what is said about it. Orders, mails and payments are not taken back by an
# answer.


# %%
class NoOrdersToday:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST":
            return HttpResponseForbidden("No orders on Sundays.")
        return self.get_response(request)


orders.clear()
app = onion(NoOrdersToday, view=place_order)
app.post("/orders/", status=403)
print("orders:", orders)
app.trace

# %% [markdown]
# **Change something.** Ask with `app.get("/orders/")` instead, and run the cell again: what is in
# the list now, and whose fault is that?

# %% [markdown] quiz="somebody-presses-buy" points=1
# **Predict.** Somebody presses *Buy*. Who hears of it, and in which order?
#
# ```scenario
# Log
# Sunday: calls on, then answers 403
# Session
# view: buy
# POST /orders/
# ```
#
# - [ ] late-is-in-time
#   `Sunday` calls `get_response` first, and with that everything inside it. Its own answer comes
#   when they are done.
# - [ ] only-on-the-way-in
#   `buy` returns to `Session`, and `Session` to `Sunday`, which puts an answer of its own in the
#   place of what it got, and returns that to `Log`.
# - [ ] same-order-out
#   Calls that stand inside each other return from the inside out: `Session` first, `Log` last.
# - [x] happens
#   Everyone is entered and left as if `Sunday` did nothing. What differs is the answer that it
#   hands to `Log`.

# %% [markdown] quiz="mails-have-gone" points=1
# A view sends the visitor a mail each time that it is called. A layer round it counts the
# requests of each visitor, calls `get_response`, and then returns status 429 (*too many requests*)
# if the count is above 3, the view's answer otherwise. One visitor asks five times in a minute.
# How many mails has the visitor got?
#
# - [ ] 3: the fourth and the fifth request were refused
#   [late-is-in-time] They were refused on the way out. The view had been called by then, and the
#   mail was on its way.
# - [x] 5: one for each request
#   The layer calls `get_response` each time, and looks at its count only afterwards.
# - [ ] none: where a layer answers with an error, Django takes back what the view has done
#   [answer-undoes-work] A mail that has been sent is sent. And the layer answers the first three
#   with the view's own answer.

# %% [markdown]
# ## A refusal can be raised
#
# Python has another way to say no: raising an exception. Django has some for this purpose, and
# `PermissionDenied` is one of them. Here the inner layer raises it, and the outer one is careful.
# Guess: which of the two lines will it print?

# %%
from minidjango.core.exceptions import PermissionDenied


class Careful:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            response = self.get_response(request)
        except PermissionDenied:
            print("caught an exception")
            return HttpResponse("caught", status=400)
        print("was handed a response with status", response.status_code)
        return response


class MembersOnly:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        raise PermissionDenied("Members only.")


app = onion(Careful, MembersOnly, view=hello)
app.get("/", status=403)
app.trace

# %% [markdown]
# `Careful` caught nothing. Round each layer Django puts a wrapper of its own: what the layer
# raises, the wrapper turns into a response, before the layer outside gets anything. "Wrap
# `get_response` in `try`/`except`", some articles say: you have seen what it catches.
#
# **The rule.** What a layer raises, the layer outside is handed as a response: `PermissionDenied`
# as 403, `Http404` (from `minidjango.http`) as 404, and what Django has no status for as 500.
#
# **Change something.** Let `MembersOnly` raise `ValueError("oh")`, and write the status that you
# expect.

# %% [markdown]
# An exception does its work when it is raised. Here it is returned, and this is soon written:


# %%
class MembersOnly:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return PermissionDenied("Members only.")


app = onion(MembersOnly, view=hello)
app.get("/", status="*")
print(app.raised)
app.trace

# %% [markdown]
# The same message as with the text: an exception is no response either. Say `raise`, and you get
# the 403.


# %%
class MembersOnly:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        raise PermissionDenied("Members only.")


app = onion(MembersOnly, view=hello)
app.get("/", status=403)
app.trace

# %% [markdown]
# **Change something.** Raise `HttpResponseForbidden("Members only.")` here, and run the cell again.
# It ends in an error: a response is no exception, Python refuses to raise it, and that gives a 500.
# Exceptions are raised, responses are returned.

# %% [markdown] quiz="what-the-outside-is-handed" points=1
# `Log` stands directly outside `Members`, and `Members` raises `PermissionDenied`. What does
# `response = self.get_response(request)` do in `Log`?
#
# - [ ] it raises `PermissionDenied`, unless `Log` catches it
#   [exception-flies-through] There is a wrapper between the two, and it has caught the exception
#   already.
# - [ ] it gives None, for nothing was returned
#   [forgot-return] None is what a function gives that ends without `return`. One that raises
#   gives nothing, and the wrapper round it makes a response.
# - [x] it gives a response with status 403
#   The wrapper round `Members` turned the exception into a response, as it would have for any
#   layer.
# - [ ] nothing any more: Django sends its 403 page straight to the visitor
#   [only-on-the-way-in] The page is returned, as every answer is, to whoever called: that is
#   `Log`.

# %% [markdown]
# ## Closed for an hour
#
# Sometimes a whole site has to be closed: its database is moved, a mistake is mended. What
# decides that is no path but a *setting*. A project's settings are names in capitals in one file,
# `MIDDLEWARE` among them, and code reads them as attributes of `settings`.
#
# This layer closes only half of the shop: one can look, and not buy. `onion(..., READ_ONLY=True)`
# gives the setting that value, for this onion alone.

# %%
from minidjango.conf import settings


class ReadOnly:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.READ_ONLY and request.method == "POST":
            return HttpResponse("Nothing can be saved today.", status=503)
        return self.get_response(request)


app = onion(ReadOnly, view=hello, READ_ONLY=True)
app.get("/basket/", status=200)
app.post("/basket/", status=503)
app.trace

# %% [markdown]
# **Change something.** Let `READ_ONLY` be False and run the cell again: it ends in an error, for
# the POST gets 200.
#
# And a site that has no such setting at all? Guess the status.

# %%
app = onion(ReadOnly, view=hello)
app.post("/basket/", status="*")
app.trace

# %% [markdown]
# Who asks for a setting that is not there gets an AttributeError, and what becomes of an exception
# you know: here a 500. A layer that others are to use asks with a value to fall back on,
# `getattr(settings, "READ_ONLY", False)`.
#
# **Change something.** Put that into `ReadOnly`, and run the two cells again.

# %% [markdown] quiz="two-could-answer" points=1
# **Predict.** Two layers could answer this request. Which does, and who else is called?
#
# ```scenario
# Log
# Maintenance: answers 503
# BlockList: answers 403 to /admin/
# Session
# view: users
# GET /admin/
# ```
#
# - [ ] inside-out
#   The first in the list is the outermost: the request comes to `Log` first, and `BlockList`
#   stands inside `Maintenance`.
# - [x] happens
#   `Maintenance` is reached first, and answers. What `BlockList` would have said, nobody knows.
# - [ ] everyone-is-left
#   `BlockList` and `Session` stand inside the one that answered. They were never entered.
# - [ ] view-runs-anyway
#   Nobody calls `users`: `Maintenance` does not call on.

# %% [markdown]
# ## Your turn: maintenance
#
# Write `Maintenance`. While `settings.MAINTENANCE` is True, it answers every request with
# **503** and the header `Retry-After: 3600`, and the view never runs. `Retry-After` says in
# seconds when to come again: search engines and other programs keep to it.
#
# One path stays open, so that people can read how long it will take: `/status/`, this path
# exactly, whatever follows a `?`. `/status/old/` and `/Status/` are closed as everything else.
# While the setting is False, every request and every response pass through untouched.
#
# For example, with `MAINTENANCE=True`: `GET /basket/` gets 503 and `Retry-After: 3600`;
# `GET /status/` gets the view's own answer, without that header.

# %% exercise="maintenance"
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    """While settings.MAINTENANCE is True, answer 503 to everything but /status/."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ### BEGIN SOLUTION
        if settings.MAINTENANCE and request.path != "/status/":
            return HttpResponse("Back soon.", status=503, headers={"Retry-After": "3600"})
        return self.get_response(request)
        ### END SOLUTION


# %% [markdown] hint="maintenance"
# Two questions, one answer
#
# Before you call anybody, ask two things: is the site closed, and is this another path than the
# one that stays open? Only if both are so, the answer is yours.

# %% [markdown] hint="maintenance"
# How a response gets a header
#
# Either at once, `HttpResponse("Back soon.", status=503, headers={"Retry-After": "3600"})`, or
# afterwards: keep the response in a name, say `response.headers["Retry-After"] = "3600"`, and
# return it. The value is a text.

# %% [markdown] hint="maintenance"
# Nearly the answer
#
# `if settings.MAINTENANCE and request.path != "/status/":` and below it, return the 503 with its
# header. After the `if`, on its own, return what `self.get_response(request)` returns.

# %% check="maintenance" points=2
from minidjango.http import HttpResponse


def basket(request):
    return HttpResponse("three pears")


closed = onion(Maintenance, view=basket, MAINTENANCE=True)
closed.get(fresh("/{}/"), status=503)
closed.trace.never_reached(basket)
closed.trace.header("Retry-After", "3600")
closed.get("/status/")
closed.trace.no_header("Retry-After")
closed.get(fresh("/status/{}/"), status=503)
closed.trace.never_reached(basket)

open_again = onion(Maintenance, view=basket, MAINTENANCE=False)
open_again.get(fresh("/{}/"))
open_again.trace.no_header("Retry-After")
### BEGIN HIDDEN TESTS
# Other paths and methods, in an order that nobody can answer by counting.
paths = ["/", "/status/", "/status", fresh("/{}/"), fresh("/status{}/"), fresh("/{}/status/")]
for path in fresh([*paths, "/Status/", fresh("/status/?{}")]):
    allowed = path.partition("?")[0] == "/status/"
    for method in fresh(["GET", "POST"]):
        closed.request(path, method=method, status=None if allowed else 503)
        (closed.trace.reached if allowed else closed.trace.never_reached)(basket)
        if not allowed:
            closed.trace.header("Retry-After", "3600")
        open_again.request(path, method=method)
### END HIDDEN TESTS

# %% [markdown] quiz="not-for-the-first" points=1
# **Predict.** The same two guards stand the other way round, and the front page is asked for.
#
# ```scenario
# BlockList: answers 403 to /admin/
# Maintenance: answers 503
# Session
# view: front
# GET /
# ```
#
# - [x] happens
#   `/` does not begin with `/admin/`, so `BlockList` calls on; `Maintenance` answers whatever it
#   is asked.
# - [ ] answers-always
#   `BlockList` answers only where the path begins with `/admin/`.
# - [ ] view-runs-anyway
#   `Maintenance` does not call on, so `Session` and `front` are never called.
# - [ ] everyone-is-left
#   `Session` was not entered, and cannot be left.

# %% [markdown]
# ## First of all: the health check
#
# A large site runs as several copies of one program. Before them stands a *load balancer*, which
# sends each visitor to one of them, and every few seconds asks each copy: are you there? It asks
# for an agreed path. A copy that does not answer 200 gets no more visitors, and is often started
# anew.
#
# Here the agreed path is `/ping`. The layer `Customers` reads for each request who is asking, from
# a database, and that is down today. Guess: what will the load balancer read?


# %%
class Customers:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        raise ConnectionError("the database does not answer")


class Ping:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/ping":
            return HttpResponse("pong")
        return self.get_response(request)


app = onion(Customers, Ping, view=hello)
app.get("/ping", status="*")
app.trace

# %% [markdown]
# A 500. So this copy is started anew, and the next one, and all of them, over and over, while the
# fault is the database's and none of theirs.
#
# In this list everyone else must be well before the health check is asked.
#
# **Change something.** Move `Ping` to the front, `onion(Ping, Customers, view=hello)`, and run the
# cell again.

# %% [markdown]
# It need not be a database. A browser says in the header `Host` by which name it calls a site.
# `request.get_host()` raises an exception where that name is not in the setting `ALLOWED_HOSTS`,
# and the wrapper makes a 400 of it (*bad request*). Every new Django project has a layer,
# `CommonMiddleware`, that calls `get_host` for each request. But a load balancer often knows no
# names: it calls each copy by its number in the network, such as `10.0.0.7`.


# %%
class KnownHost:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.get_host()
        return self.get_response(request)


by_number = {"Host": "10.0.0.7"}
app = onion(KnownHost, Ping, view=hello, ALLOWED_HOSTS=["shop.example"])
app.get("/ping", headers=by_number, status=400)
app.trace

# %%
app = onion(Ping, KnownHost, view=hello, ALLOWED_HOSTS=["shop.example"])
app.get("/ping", headers=by_number, status=200)
app.trace

# %% [markdown]
# **The rule.** What must be answered whatever happens stands first in the list, and asks nobody.

# %% [markdown] quiz="well-or-not" points=1
# **Predict.** The load balancer asks, and further in something is broken.
#
# ```scenario
# Health: answers 200 to /healthz
# Timing
# Database: answers 500
# view: front
# GET /healthz
# ```
#
# - [ ] everyone-is-left
#   `Timing` and `Database` stand inside `Health`, and were not called.
# - [ ] view-runs-anyway
#   `Health` answers, and calls nobody. Neither `Database` nor `front` gets to know of it.
# - [x] happens
#   `Health` is the outermost layer and answers. What is broken further in is not even asked.
# - [ ] inside-out
#   The first of the list is asked first, and that is `Health`.

# %% [markdown] quiz="last-in-the-list" points=1
# Somebody has put `HealthCheck` at the very end of `MIDDLEWARE`, right before the view. `Session`
# stands further out, and raises an exception for each request. What does the load balancer read?
#
# - [ ] 200: the path belongs to `HealthCheck`, so that one is asked
#   [only-who-answers] Paths belong to nobody on the way in. The request comes to `Session` first,
#   and goes no further.
# - [x] 500: `HealthCheck` is never asked
#   `Session` raises before it has called on. The wrapper round it makes a 500 of that, and this
#   is the answer.
# - [ ] 200: on the way out, `HealthCheck` puts its own answer in the place of the 500
#   [everyone-is-left] `HealthCheck` stands inside `Session`, and was never entered. It sees no
#   answer at all.
# - [ ] none: the exception goes through to the server
#   [exception-flies-through] A wrapper round `Session` turns the exception into a response, a 500.

# %% [markdown]
# ## Your turn: a health check
#
# Write `HealthCheck`. It answers `/healthz` with status **200** and the content `ok`, these two
# letters and nothing more, without calling anybody: also when all that is inside it is broken.
# (Why the z? So that no page of the site has this name by chance.)
#
# The path is meant exactly, whatever follows a `?`. `/healthz/`, `/healthz/today/`, `/Healthz` and
# `/healthz-report/` are pages as any other, and pass; so does every other request, with whatever
# answer comes back for it.

# %% exercise="health-check"
from minidjango.http import HttpResponse


class HealthCheck:
    """Answer /healthz with 200 and `ok`, and call nobody; let everything else through."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ### BEGIN SOLUTION
        if request.path == "/healthz":
            return HttpResponse("ok")
        return self.get_response(request)
        ### END SOLUTION


# %% [markdown] hint="health-check"
# One path, not a section
#
# A block list asks how a path begins. Here one path is meant and nothing below it. How does
# Python ask whether two texts are the same?

# %% [markdown] hint="health-check"
# Nearly the answer
#
# `if request.path == "/healthz":`, without a slash at the end, and below it
# `return HttpResponse("ok")`: 200 is the status of a response for which you name no other. Decide
# before you call `get_response`, and do not ask the inside how it is.

# %% check="health-check" points=2
from minidjango.http import HttpResponse


def front(request):
    return HttpResponse("welcome")


app = onion(HealthCheck, view=front)
app.get(fresh("/{}/"))
app.get("/healthz", status=200)
app.trace.never_reached(front)
app.trace.content("ok")
app.get("/healthz-report/")
app.get(fresh("/healthz/{}/"))

broken = onion(HealthCheck, raises(ConnectionError, "the database does not answer"), view=front)
broken.get("/healthz", status=200)
broken.trace.never_reached(front)
broken.trace.content("ok")
### BEGIN HIDDEN TESTS
# Other paths, in an order that nobody can answer by counting; and an inside that answers 500.
paths = ["/healthz", "/", "/healthz/", fresh("/{}"), fresh("/healthz{}"), fresh("/{}/healthz")]
for path in fresh([*paths, "/Healthz", fresh("/healthz?{}"), fresh("/{}/?next=/healthz")]):
    mine = path.partition("?")[0] == "/healthz"
    app.get(path, status=200 if mine else None)
    (app.trace.never_reached if mine else app.trace.reached)(front)
    if mine:
        app.trace.content("ok")
words = fresh("{} {}")
unwell = onion(HealthCheck, returns(words, status=500), view=front)
for path in fresh(["/healthz", fresh("/{}/"), fresh("/healthz{}/")]):
    mine = path == "/healthz"
    unwell.get(path, status=200 if mine else 500)
    unwell.trace.content("ok" if mine else words)
### END HIDDEN TESTS

# %% [markdown]
# ## Who may read this? A word about browsers
#
# The last layer of this lesson answers requests that no human ever sees. Three words first.
#
# An *origin* is the beginning of an address, as in `https://shop.example`. A page of one origin
# may have the browser send requests to another, and the browser then says in the header `Origin`
# whose page it is. It lets that page *read* the answer only if the answer carries the header
# `Access-Control-Allow-Origin` with the page's own origin, or with `*` for every page there is.
# These rules are called *CORS*, cross-origin resource sharing.

# %% [markdown]
# A page of somebody we do not know asks for our prices, and our answers carry no such header.
# Guess: does the view run?

# %%
asked_by = []


def prices(request):
    asked_by.append(request.headers.get("Origin"))
    return HttpResponse("pears: 42")


app = onion(view=prices)
response = app.get("/prices/", headers={"Origin": "https://stranger.example"}, status=200)
print("the view was asked by", asked_by)
print("allowed to read:", response.headers.get("Access-Control-Allow-Origin"))
app.trace

# %% [markdown]
# It runs, and the answer is sent. The visitor's browser gets it, finds no header, and does not
# show it to the stranger's page. "CORS protects your API", one reads: no request has been stopped
# here. CORS protects visitors from what pages might read in their name. Who must not come in is
# kept out by a layer that answers, such as `BlockList`.
#
# **The rule.** A header on the answer decides who may read it. It decides nothing about what was
# done.

# %% [markdown] quiz="who-may-read" points=1
# A page of `https://stranger.example` sends a plain GET to our site, whose answers carry
# `Access-Control-Allow-Origin: https://shop.example`. What happens?
#
# - [ ] the request is stopped before the view, for its origin is not the one that is allowed
#   [cors-keeps-out] Nothing on our side stops it: the header is on the answer, and the answer is
#   made by the view.
# - [ ] the view runs, and the visitor's browser shows the answer to the stranger's page
#   [any-origin-will-do] The browser compares the header with the origin of the page, and the two
#   are not the same.
# - [x] the view runs, and the visitor's browser keeps the answer from the stranger's page
#   The request goes through as any other. It is the browser that reads the header.

# %% [markdown]
# ## May I? The preflight
#
# Before a browser sends, for a page of another origin, what no plain link or form could send, such
# as a PUT or a DELETE, it asks. It does so with a request of its own that goes ahead, the
# *preflight*. Its method is `OPTIONS`, and it has two headers: `Origin`, and
# `Access-Control-Request-Method`, the method of the request that would follow. Only if the answer
# allows that one is it sent.
#
# Here is a site that knows nothing of all this. Who answers the preflight?

# %%
preflight = {"Origin": "https://shop.example", "Access-Control-Request-Method": "DELETE"}

app = onion(StaffOnly, view=prices)
response = app.options("/prices/", headers=preflight, status=200)
print(response.text)
print("allowed to send:", response.headers.get("Access-Control-Allow-Methods"))
app.trace

# %% [markdown]
# The view does, as it would a GET: it works out the prices, for nobody. And as its answer allows
# nothing, the browser does not send the DELETE. A preflight is not meant for the view. It asks
# whether a request *would be* welcome, and a layer can say so: with status 204 (*all well, and no
# content*), `Access-Control-Allow-Origin` and `Access-Control-Allow-Methods`.
#
# **The rule.** A preflight is an OPTIONS request with `Origin` and `Access-Control-Request-Method`.
# An OPTIONS request that lacks one of the two asks what can be done with an address, and there the
# view is the one to ask.

# %% [markdown] quiz="which-is-the-preflight" points=1
# Four requests come in. Which of them is a preflight?
#
# - [x] `OPTIONS /orders/7/` with `Origin` and with `Access-Control-Request-Method: PUT`
#   This is how a browser asks whether a PUT from that origin would be welcome.
# - [ ] `OPTIONS /orders/7/` with `Origin`, and no other header of this kind
#   [every-options-is-a-preflight] It does not say what would follow. It is an OPTIONS request for
#   the view.
# - [ ] `PUT /orders/7/` with `Origin`
#   [preflight-is-the-request] This is the real request, which is sent once a preflight has been
#   answered well.
# - [ ] `POST /orders/` with `Origin` and content in JSON
#   [preflight-is-the-request] For this one the browser has sent a preflight before. The preflight
#   itself has no content.

# %% [markdown]
# ## Where it has to stand
#
# `Share` sets the header on every answer that it sees. `StaffOnly` refuses. A script of the shop
# asks for the rota, gets a 403, and wants to tell its user so. Guess: may it read the 403?


# %%
class Share:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = "https://shop.example"
        return response


app = onion(StaffOnly, Share, view=hello)
response = app.get("/staff/", headers={"Origin": "https://shop.example"}, status=403)
print("allowed to read:", response.headers.get("Access-Control-Allow-Origin"))
app.trace

# %% [markdown]
# It may not: `Share` never saw the refusal. The script is told of a CORS error, and somebody
# looks in the wrong place for an evening. It is the first rule of this lesson, seen from the other
# side: **who wants to see every answer stands outside all who answer.**
#
# For preflights it counts twice. They carry no cookies, so a layer that asks who is logged in
# sends every one of them away.
#
# **Change something.** Put `Share` outside, `onion(Share, StaffOnly, view=hello)`, and run the cell
# again.

# %% [markdown] quiz="login-first" points=1
# **Predict.** A preflight arrives, and the login wall stands outside the layer that could answer.
# (401 says: *log in first*.)
#
# ```scenario
# Log
# Login: answers 401 to /api/
# Cors: answers 204
# view: orders
# OPTIONS /api/orders/
# ```
#
# - [ ] inside-out
#   `Login` stands before `Cors` in the list, so it is asked before it.
# - [ ] only-who-answers
#   The request reaches `Login` through `Log`.
# - [ ] everyone-is-left
#   `Cors` was never entered: `Login` did not call on.
# - [x] happens
#   `Login` answers 401, and the browser takes that for a no. `Cors` belongs further out.

# %% [markdown]
# ## One more trap
#
# Most requests have no `Origin` at all: a browser sends none when somebody types an address. What
# happens then to a layer that takes it for granted?


# %%
class Greedy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        origin = request.headers["Origin"]
        response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = origin
        return response


app = onion(Greedy, view=hello)
app.get("/prices/", status=500)
app.trace

# %% [markdown]
# A `KeyError`, and so a 500 for every visitor who types the address.
# `request.headers.get("Origin")` gives None where there is no such header. (And `Greedy` has
# another fault: it says yes to every origin that asks.)


# %%
class Polite:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.headers.get("Origin") == "https://shop.example":
            response.headers["Access-Control-Allow-Origin"] = "https://shop.example"
        return response


app = onion(Polite, view=hello)
for headers in [{}, {"Origin": "https://stranger.example"}, {"Origin": "https://shop.example"}]:
    response = app.get("/prices/", headers=headers, status=200)
    print(headers, "may read:", response.headers.get("Access-Control-Allow-Origin"))
app.trace

# %% [markdown]
# ## Your turn: CORS
#
# Write `Cors`. The allowed origins are the list `settings.CORS_ALLOWED_ORIGINS`.
#
# - A **preflight** (method `OPTIONS`, an allowed `Origin`, and `Access-Control-Request-Method`) is
#   answered with **204** and two headers: `Access-Control-Allow-Origin` with the origin that asked,
#   and `Access-Control-Allow-Methods` with the text `GET, POST, PUT, DELETE`, written exactly so.
#   The view is not reached.
# - **Every other request** goes through to the view. If its `Origin` is an allowed one, the
#   answer, be it an error, gets `Access-Control-Allow-Origin` with that origin. If it is a
#   stranger's, or there is none, the answer is left as it is. `https://shop.example.net` is a
#   stranger where `https://shop.example` is allowed.
#
# For example, with `CORS_ALLOWED_ORIGINS=["https://shop.example"]`: a GET with
# `Origin: https://shop.example` gets the view's answer and
# `Access-Control-Allow-Origin: https://shop.example`.

# %% exercise="cors-preflight"
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    """Answer preflights of allowed origins, and let these origins read every other answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ### BEGIN SOLUTION
        origin = request.headers.get("Origin")
        if origin not in settings.CORS_ALLOWED_ORIGINS:
            return self.get_response(request)
        asks = "Access-Control-Request-Method" in request.headers
        if request.method == "OPTIONS" and asks:
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        else:
            response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = origin
        return response
        ### END SOLUTION


# %% [markdown] hint="cors-preflight"
# Three kinds of request
#
# There are those whose origin is not on the list, or missing: hand them on, and return what comes
# back. Of the others some are preflights, which you answer. The rest you hand on, and set one
# header on what comes back. In which order do you ask?

# %% [markdown] hint="cors-preflight"
# How to know a preflight
#
# `origin = request.headers.get("Origin")` is None where there is none, and None is not on the
# list. `"Access-Control-Request-Method" in request.headers` says whether that header was sent.
# `request.method` is `"OPTIONS"`, in capitals. All of this is known before anybody is called.

# %% [markdown] hint="cors-preflight"
# Nearly the answer
#
# If the origin is not in `settings.CORS_ALLOWED_ORIGINS`, return `self.get_response(request)`.
# If it is a preflight, `response = HttpResponse(status=204)` with `Access-Control-Allow-Methods`;
# else `response = self.get_response(request)`. Then, for both, set
# `response.headers["Access-Control-Allow-Origin"] = origin` and return the response.

# %% check="cors-preflight" points=3
from minidjango.http import Http404, HttpResponse


def prices(request):
    return HttpResponse("pears: 42")


friend, other, stranger = (fresh("https://{}.example") for _ in range(3))
asks = {"Access-Control-Request-Method": "PUT"}
app = onion(Cors, view=prices, CORS_ALLOWED_ORIGINS=[friend, other])

app.get(fresh("/{}/"))
app.trace.no_header("Access-Control-Allow-Origin")
app.get(fresh("/{}/"), headers={"Origin": friend})
app.trace.header("Access-Control-Allow-Origin", friend)
app.options(fresh("/{}/"), headers={"Origin": friend, **asks}, status=204)
app.trace.never_reached(prices)
app.trace.header("Access-Control-Allow-Origin", friend)
app.trace.header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
app.get(fresh("/{}/"), headers={"Origin": stranger})
app.trace.no_header("Access-Control-Allow-Origin")
app.options(fresh("/{}/"), headers={"Origin": friend})
### BEGIN HIDDEN TESTS
# Strangers whose names have much in common with a friend's.
for origin in fresh([f"{friend}.net", f"{friend}:8443", friend[:-1]]):
    app.get(fresh("/{}/"), headers={"Origin": origin})
    app.trace.no_header("Access-Control-Allow-Origin")
# Other origins and methods, in an order that nobody can answer by counting.
kinds = [("preflight", other), ("preflight", friend), ("real", other), ("real", friend)]
for kind, origin in fresh([*kinds, ("preflight", stranger), ("real", stranger), ("real", "")]):
    headers = {**({"Origin": origin} if origin else {}), **(asks if kind == "preflight" else {})}
    allowed = origin in (friend, other)
    mine = allowed and kind == "preflight"
    app.options(fresh("/{}/"), headers=headers, status=204 if mine else None)
    (app.trace.never_reached if mine else app.trace.reached)(prices)
    if allowed:
        app.trace.header("Access-Control-Allow-Origin", origin)
    else:
        app.trace.no_header("Access-Control-Allow-Origin")
    if mine:
        app.trace.header("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
app.post(fresh("/{}/"), headers={"Origin": other, **asks})
app.trace.header("Access-Control-Allow-Origin", other)
app.options(fresh("/{}/"), headers=asks)
# An error is an answer too; and a view may have named somebody else.
for view, status in [(raises(Http404), 404), (returns(Access_Control_Allow_Origin=other), 200)]:
    app = onion(Cors, view=view, CORS_ALLOWED_ORIGINS=[friend, other])
    app.get(fresh("/{}/"), headers={"Origin": friend}, status=status)
    app.trace.header("Access-Control-Allow-Origin", friend)
### END HIDDEN TESTS

# %% [markdown]
# In a real project you would install `django-cors-headers`, whose setting has the same name. Its
# documentation asks for a place "as high as possible" in the list: you know now why. It also sets
# `Vary: Origin`, which tells whoever keeps answers for others that this one depends on who asked.

# %% [markdown]
# ## Quick reference
#
# | to do this | write this |
# | --- | --- |
# | answer instead of the view | `return HttpResponse(...)` before `get_response` is called |
# | hand the request on | `return self.get_response(request)` |
# | refuse by raising | `raise PermissionDenied`: the layer outside is handed a 403 |
# | mean a section of the site | `request.path.startswith("/admin/")`, with the last slash |
# | mean one path | `request.path == "/healthz"` |
# | read a setting | `settings.MAINTENANCE`, or `getattr(settings, "MAINTENANCE", False)` |
# | read a header that may be missing | `request.headers.get("Origin")` |
#
# | who | what they notice of a layer that answers |
# | --- | --- |
# | the layers outside it | they get its answer, and cannot tell it from the view's |
# | the layers inside it, and the view | nothing, unless it called `get_response` first: then all |

# %% [markdown]
# ## In Django's own source
#
# - `django.core.handlers.base`, `BaseHandler.load_middleware`: each layer is handed `handler`, all
#   that stands inside it. Nobody else calls that; so who does not call it short-circuits.
# - `django.core.handlers.exception`, `convert_exception_to_response`: the wrapper round each
#   layer. Below it, `response_for_exception` says which exception becomes which status.
# - `django.middleware.common`, `CommonMiddleware.process_request`: raises `PermissionDenied` for
#   browsers that are not wanted, and calls `request.get_host()` for each request.
# - `django.middleware.security`, `SecurityMiddleware.process_request`: answers `http` with a
#   redirect to `https`. `SECURE_REDIRECT_EXEMPT` names paths that are let through: often those of
#   health checks.
# - `django.utils.deprecation`, `MiddlewareMixin.__call__`: a short circuit in one line,
#   `response = response or self.get_response(request)`.

# %% [markdown]
# ## What comes next
#
# You can now decide whether the inside is asked at all. Lesson 07 is about what it answers: how to
# change a response, how to put another in its place, and what goes wrong when a layer returns
# nothing. Lesson 09 stops requests later, once Django knows which view is meant; lesson 12 turns
# a block list into a login wall.

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


# %% wrong="block-list" misconception="raised-no-exception"
# Raises the response, as it would an exception.
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/admin/"):
            raise HttpResponseForbidden("Nothing to see here.")
        return self.get_response(request)


# %% wrong="block-list" misconception="condition-too-narrow"
# Refuses those who look, and lets in those who send a form.
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "GET" and request.path.startswith("/admin/"):
            return HttpResponseForbidden("Nothing to see here.")
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


# %% wrong="block-list" misconception="blocks-everything"
# An `or` with a text after it: a text that is not empty is true, whatever was asked.
from minidjango.http import HttpResponseForbidden


class BlockList:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/admin/" or "/admin/users/":  # noqa: SIM222  it is the mistake
            return HttpResponseForbidden()
        return self.get_response(request)


# %% right="maintenance"
# A function factory that knows beforehand which path stays open.
from minidjango.conf import settings
from minidjango.http import HttpResponse


def Maintenance(get_response):
    allowed = {"/status/"}

    def layer(request):
        if not settings.MAINTENANCE or request.path in allowed:
            return get_response(request)
        response = HttpResponse("Back in an hour.", status=503)
        response["Retry-After"] = 3600
        return response

    return layer


# %% right="maintenance"
# A layer that takes itself out of the onion while the site is open.
from minidjango.conf import settings
from minidjango.core.exceptions import MiddlewareNotUsed
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        if not settings.MAINTENANCE:
            raise MiddlewareNotUsed("the site is open")
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/status/":
            return self.get_response(request)
        return HttpResponse(status=503, headers={"Retry-After": "3600"})


# %% right="maintenance"
# Hooks instead of a call, and a response class of its own.
from minidjango.conf import settings
from minidjango.http import HttpResponse
from minidjango.utils.deprecation import MiddlewareMixin


class BackSoon(HttpResponse):
    status_code = 503

    def __init__(self, seconds):
        super().__init__("Back soon.")
        self.headers["Retry-After"] = str(seconds)


class Maintenance(MiddlewareMixin):
    def process_request(self, request):
        if settings.MAINTENANCE:
            return None if request.path_info == "/status/" else BackSoon(60 * 60)


# %% wrong="maintenance" misconception="condition-too-wide"
# Forgets the page on which people can read how long it will take.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE:
            return HttpResponse("Back soon.", status=503, headers={"Retry-After": "3600"})
        return self.get_response(request)


# %% wrong="maintenance" misconception="condition-too-narrow"
# Lets a whole section through where one path was meant.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE and not request.path.startswith("/status/"):
            return HttpResponse("Back soon.", status=503, headers={"Retry-After": "3600"})
        return self.get_response(request)


# %% wrong="maintenance" misconception="stops-the-wrong-ones"
# Closes the one page that stays open, and no other.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE and request.path == "/status/":
            return HttpResponse("Back soon.", status=503, headers={"Retry-After": "3600"})
        return self.get_response(request)


# %% wrong="maintenance" misconception="stops-the-wrong-ones"
# Reads the setting the wrong way round.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE or request.path == "/status/":
            return self.get_response(request)
        return HttpResponse("Back soon.", status=503, headers={"Retry-After": "3600"})


# %% wrong="maintenance" misconception="header-missing"
# Closes the site, and does not say when to come again.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE and request.path != "/status/":
            return HttpResponse("Please try again in 3600 seconds.", status=503)
        return self.get_response(request)


# %% wrong="maintenance" misconception="header-unwanted"
# Tells those who come in to come again in an hour.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE and request.path != "/status/":
            response = HttpResponse("Back soon.", status=503)
        else:
            response = self.get_response(request)
        response.headers["Retry-After"] = "3600"
        return response


# %% wrong="maintenance" misconception="wrong-header-value"
# Counts in minutes.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE and request.path != "/status/":
            return HttpResponse("Back soon.", status=503, headers={"Retry-After": "60"})
        return self.get_response(request)


# %% wrong="maintenance" misconception="wrong-status"
# A friendly page, which a search engine puts in the place of the shop.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE and request.path != "/status/":
            response = HttpResponse("We are closed for an hour.")
            response.headers["Retry-After"] = "3600"
            return response
        return self.get_response(request)


# %% wrong="maintenance" misconception="not-a-response"
# Returns what would be an answer in Flask: a text, a status, headers.
from minidjango.conf import settings


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE and request.path != "/status/":
            return "Back soon.", 503, {"Retry-After": "3600"}
        return self.get_response(request)


# %% wrong="maintenance" misconception="forgot-return"
# Returns only what came from inside: the `return` is indented too far.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE and request.path != "/status/":
            response = HttpResponse("Back soon.", status=503)
            response.headers["Retry-After"] = "3600"
        else:
            response = self.get_response(request)
            return response


# %% wrong="maintenance" misconception="never-short-circuits"
# Compares a setting that is True with the text that an environment variable would hold.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Maintenance:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE == "True" and request.path != "/status/":
            return HttpResponse("Back soon.", status=503, headers={"Retry-After": "3600"})
        return self.get_response(request)


# %% right="health-check"
# A function factory, with the answer made once for each request and nothing decided in an `if`.
from minidjango.http import HttpResponse


def HealthCheck(get_response):
    answers = {"/healthz": lambda request: HttpResponse("ok")}

    def layer(request):
        return answers.get(request.path, get_response)(request)

    return layer


# %% right="health-check"
# Hooks instead of a call: what `process_request` returns is the answer, None goes on.
from minidjango.http import HttpResponse
from minidjango.utils.deprecation import MiddlewareMixin


class HealthCheck(MiddlewareMixin):
    def process_request(self, request):
        if request.META["PATH_INFO"] == "/healthz":
            return HttpResponse(b"ok", content_type="text/plain")


# %% right="health-check"
# Goes on first where it may, and answers at the end.
import re

from minidjango.http import HttpResponse


class HealthCheck:
    def __init__(self, get_response):
        self.go_on = get_response

    def __call__(self, request):
        if not re.fullmatch("/healthz", request.path_info):
            return self.go_on(request)
        response = HttpResponse(status=200)
        response.write("ok")
        return response


# %% wrong="health-check" misconception="never-called-next"
# Answers whatever it is asked.
from minidjango.http import HttpResponse


class HealthCheck:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return HttpResponse("ok")


# %% wrong="health-check" misconception="condition-inverted"
# Hands on the one path that is its own, and answers all the others.
from minidjango.http import HttpResponse


class HealthCheck:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path != "/healthz":
            return HttpResponse("ok")
        return self.get_response(request)


# %% wrong="health-check" misconception="condition-too-wide"
# Takes every path for its own that begins like it.
from minidjango.http import HttpResponse


class HealthCheck:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith("/healthz"):
            return HttpResponse("ok")
        return self.get_response(request)


# %% wrong="health-check" misconception="stops-the-wrong-ones"
# Waits for the path with a slash at its end, which is a page of the site.
from minidjango.http import HttpResponse


class HealthCheck:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/healthz/":
            return HttpResponse("ok")
        return self.get_response(request)


# %% wrong="health-check" misconception="never-short-circuits"
# Leaves out the slash with which every path begins.
from minidjango.http import HttpResponse


class HealthCheck:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "healthz":
            return HttpResponse("ok")
        return self.get_response(request)


# %% wrong="health-check" misconception="condition-too-wide"
# Takes away the slash before it looks, and with it the difference.
from minidjango.http import HttpResponse


class HealthCheck:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.rstrip("/") == "/healthz":
            return HttpResponse("ok")
        return self.get_response(request)


# %% wrong="health-check" misconception="short-circuit-too-late"
# Wants to know first whether the inside is well.
from minidjango.http import HttpResponse


class HealthCheck:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path == "/healthz" and response.status_code < 500:
            return HttpResponse("ok")
        return response


# %% wrong="health-check" misconception="wrong-content"
# Says the same in JSON.
from minidjango.http import JsonResponse


class HealthCheck:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/healthz":
            return JsonResponse({"status": "ok"})
        return self.get_response(request)


# %% wrong="health-check" misconception="wrong-status"
# Takes 204 for the status of all that is well and short.
from minidjango.http import HttpResponse


class HealthCheck:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/healthz":
            return HttpResponse("ok", status=204)
        return self.get_response(request)


# %% wrong="health-check" misconception="not-a-response"
# Returns the text, as a view does in some frameworks.
class HealthCheck:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/healthz":
            return "ok"
        return self.get_response(request)


# %% wrong="health-check" misconception="forgot-return"
# A factory whose layer calls on, and drops what comes back.
from minidjango.http import HttpResponse


def HealthCheck(get_response):
    def layer(request):
        if request.path == "/healthz":
            return HttpResponse("ok")
        get_response(request)

    return layer


# %% right="cors-preflight"
# Hooks: what `process_request` returns passes through `process_response` too.
from minidjango.conf import settings
from minidjango.http import HttpResponse
from minidjango.utils.deprecation import MiddlewareMixin


class Cors(MiddlewareMixin):
    def process_request(self, request):
        asked = request.META.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD")
        if request.method == "OPTIONS" and asked and self.known(request):
            return HttpResponse(
                status=204, headers={"Access-Control-Allow-Methods": "GET, POST, PUT, DELETE"}
            )
        return None

    def process_response(self, request, response):
        if self.known(request):
            response["Access-Control-Allow-Origin"] = request.META["HTTP_ORIGIN"]
        return response

    def known(self, request):
        return request.META.get("HTTP_ORIGIN") in settings.CORS_ALLOWED_ORIGINS


# %% right="cors-preflight"
# A function factory that reads the list once, and keeps the two decisions apart.
from minidjango.conf import settings
from minidjango.http import HttpResponse


def Cors(get_response):
    allowed = frozenset(settings.CORS_ALLOWED_ORIGINS)

    def answer(request):
        wanted = {"Origin", "Access-Control-Request-Method"}
        is_preflight = request.method == "OPTIONS" and all(h in request.headers for h in wanted)
        if not is_preflight:
            return get_response(request)
        response = HttpResponse(status=204)
        response["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        return response

    def layer(request):
        match request.headers.get("Origin"):
            case str(origin) if origin in allowed:
                response = answer(request)
                response["Access-Control-Allow-Origin"] = origin
                return response
            case _:
                return get_response(request)

    return layer


# %% wrong="cors-preflight" misconception="reads-what-is-not-there"
# Takes it for granted that every request says where it comes from.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        origin = request.headers["Origin"]
        if origin not in settings.CORS_ALLOWED_ORIGINS:
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        else:
            response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = origin
        return response


# %% wrong="cors-preflight" misconception="header-unwanted"
# Lets everybody read who says where they come from.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        origin = request.headers.get("Origin")
        asks = request.headers.get("Access-Control-Request-Method")
        if request.method == "OPTIONS" and asks and origin in settings.CORS_ALLOWED_ORIGINS:
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        else:
            response = self.get_response(request)
        if origin:
            response.headers["Access-Control-Allow-Origin"] = origin
        return response


# %% wrong="cors-preflight" misconception="wrong-header-value"
# Names the whole list, which no browser can read.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.headers.get("Origin") not in settings.CORS_ALLOWED_ORIGINS:
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        else:
            response = self.get_response(request)
        allowed = ", ".join(settings.CORS_ALLOWED_ORIGINS)
        response.headers["Access-Control-Allow-Origin"] = allowed
        return response


# %% wrong="cors-preflight" misconception="wrong-header-value"
# Allows what is asked for now, and no more.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        origin = request.headers.get("Origin")
        if origin not in settings.CORS_ALLOWED_ORIGINS:
            return self.get_response(request)
        asked = request.headers.get("Access-Control-Request-Method")
        if request.method == "OPTIONS" and asked:
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = asked
        else:
            response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = origin
        return response


# %% wrong="cors-preflight" misconception="header-unwanted"
# Takes for a friend's every origin that begins like one.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        origin = request.headers.get("Origin", "")
        if not origin.startswith(tuple(settings.CORS_ALLOWED_ORIGINS)):
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        else:
            response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = origin
        return response


# %% wrong="cors-preflight" misconception="header-sometimes-missing"
# Answers the question, and then keeps the real answer from who asked it.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        origin = request.headers.get("Origin")
        asks = request.headers.get("Access-Control-Request-Method")
        if request.method == "OPTIONS" and asks and origin in settings.CORS_ALLOWED_ORIGINS:
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
            return response
        return self.get_response(request)


# %% wrong="cors-preflight" misconception="short-circuit-too-late"
# Asks the view about the preflight too, and then answers it.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        origin = request.headers.get("Origin")
        if origin in settings.CORS_ALLOWED_ORIGINS:
            if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
                response = HttpResponse(status=204)
                response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
            response.headers["Access-Control-Allow-Origin"] = origin
        return response


# %% wrong="cors-preflight" misconception="condition-too-wide"
# Takes every OPTIONS request for a preflight.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        origin = request.headers.get("Origin")
        if origin not in settings.CORS_ALLOWED_ORIGINS:
            return self.get_response(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        else:
            response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = origin
        return response


# %% wrong="cors-preflight" misconception="response-replaced"
# Makes a new response for the header, and loses whatever else was on the view's.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        origin = request.headers.get("Origin")
        if origin not in settings.CORS_ALLOWED_ORIGINS:
            return self.get_response(request)
        headers = {"Access-Control-Allow-Origin": origin}
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
            return HttpResponse(status=204, headers=headers)
        response = self.get_response(request)
        return HttpResponse(response.content, status=response.status_code, headers=headers)


# %% wrong="cors-preflight" misconception="never-short-circuits"
# Lets its friends read every answer, and leaves the question to the view.
from minidjango.conf import settings


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        origin = request.headers.get("Origin")
        if origin in settings.CORS_ALLOWED_ORIGINS:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        return response


# %% wrong="cors-preflight" misconception="condition-too-wide"
# Takes CORS for a wall, and shuts it on all who are not on the list, or say nothing.
from minidjango.conf import settings
from minidjango.http import HttpResponse, HttpResponseForbidden


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        origin = request.headers.get("Origin")
        if origin not in settings.CORS_ALLOWED_ORIGINS:
            return HttpResponseForbidden("Not your business.")
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse(status=204)
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        else:
            response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = origin
        return response


# %% wrong="cors-preflight" misconception="wrong-status"
# Answers well, and with the status of an answer that has content.
from minidjango.conf import settings
from minidjango.http import HttpResponse


class Cors:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        origin = request.headers.get("Origin")
        if origin not in settings.CORS_ALLOWED_ORIGINS:
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response = HttpResponse()
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, DELETE"
        else:
            response = self.get_response(request)
        response.headers["Access-Control-Allow-Origin"] = origin
        return response
