# ---
# title: The order of the onion
# summary: First in the list is outermost. It sees each request first and each response last.
# objectives:
#   - say who is called, and who returns, in which order, for any list of layers
#   - say what a layer can know of those outside it and of those inside it
#   - put a layer where it has to stand, a clock for instance
#   - arrange a list of layers so that several wishes hold at once
# needs:
#   - a middleware class with `__init__` and `__call__` (lesson 04)
#   - setting a header on a response, as `response.headers["X-Name"] = "value"` (lesson 04)
# minutes: 60
# points: 22
# out_of_scope:
#   - layers that answer a request themselves (lesson 06)
#   - replacing a response, or changing its content (lesson 07)
#   - the layers that come with Django, one by one (lessons 12 to 14)
# ---

# %% [markdown]
# ## A guess first
#
# A site has three layers, in this order:
#
# ```python
# MIDDLEWARE = ["site.Locale", "site.Gzip", "site.Audit"]
# ```
#
# Which of them hears of a request first? And through whose hands does the answer go last of all,
# before the visitor gets it? Say two names, and then run the next cell.
#
# The layers there do nothing but print a line before and a line after they call `get_response`.
# What they do is written once, in `Talks`; each is the same, under a name of its own. `onion`
# builds a stack from layers and a view, in the order in which `MIDDLEWARE` would list them;
# `app.get` sends it a request, and `app.trace` draws what happened.

# %%
from autograder import onion
from minidjango.http import HttpResponse


class Talks:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        print(type(self).__name__, "has the request")  # the name of the layer
        response = self.get_response(request)
        print(type(self).__name__, "has the response")
        return response


class Audit(Talks):
    pass


class Gzip(Talks):
    pass


class Locale(Talks):
    pass


def hello(request):
    print("    the view answers")
    return HttpResponse("Hello!")


app = onion(Locale, Gzip, Audit, view=hello)
app.get("/")
app.trace

# %% [markdown]
# Both times it was `Locale`. That is why people speak of an onion: each layer lies round all that
# come after it in the list, and the view is at the heart. The way in leads through the layers from
# the outside; the way out leads through the same layers, and there the outermost is the last.
#
# **The rule.** The first layer in the list is the outermost. It sees the request first and the
# response last. The last layer in the list stands next to the view.
#
# Move `Audit` to the front, as `onion(Audit, Locale, Gzip, view=hello)`, and run the cell again:
# which two lines of the print-out has it taken over? Then try it with one layer alone.

# %% [markdown] quiz="three-skins" points=1
# **Predict.** Here are three layers. Who is entered ("in") and who is left ("out"), step by step?
#
# ```scenario
# Session
# Locale
# Messages
# view: front_page
# GET /
# ```
#
# - [ ] one-at-a-time
#   `Session` is not over when `Locale` begins. It has called `get_response` and waits for an
#   answer.
# - [x] happens
#   `Session` is first in the list, so it is the outermost: in first, out last.
# - [ ] inside-out
#   First in the list is outermost. Here the list was read from its end.
# - [ ] same-order-out
#   The way in is right, and so is the view. But `Locale` was called by `Session`, and has to return
#   to it before `Session` can return.

# %% [markdown]
# ## Where is a layer while the view runs?
#
# You will read that middleware is a *pipeline*: a layer does its work, hands the request to the
# next one, and is finished with it. If that is so, then nobody but the view is at work while the
# view runs.
#
# The next cell keeps a list. A layer puts its name on it before it calls `get_response`, and takes
# it off afterwards. The view prints what stands there. What will it print, if a layer is finished
# once it has called the next?

# %%
unfinished = []


class Notes:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        unfinished.append(type(self).__name__)
        response = self.get_response(request)
        unfinished.remove(type(self).__name__)
        return response


class Customs(Notes):
    pass


class Passport(Notes):
    pass


def gate(request):
    print("in the middle of their own call:", unfinished)
    return HttpResponse("Welcome.")


app = onion(Passport, Customs, view=gate)
app.get("/")
print("when all is over:", unfinished)
app.trace

# %% [markdown]
# Both are still there. `response = self.get_response(request)` is an ordinary call of an ordinary
# function, and whoever calls a function waits on that line until it returns. `Passport` waits for
# `Customs`, and `Customs` waits for the view.
#
# Calls that wait for each other end in reverse order: the one that began last is over first, like
# brackets. With three layers: `Locale( Gzip( Audit( view ) ) )`.
#
# **The rule.** A layer waits inside its own call until all that is further in has answered. So the
# order on the way out is the order on the way in, reversed.
#
# Print `unfinished` on the way out, too, in the line right after the call of `get_response`: who is
# on the list when the answer comes to `Customs`, and who when it comes to `Passport`?

# %% [markdown] quiz="while-the-view-runs" points=1
# A site lists `["site.Backup", "site.Locale", "site.Audit"]`. What is `Backup` doing at the moment
# in which the view runs?
#
# - [ ] Nothing: it is done, since it has handed the request on
#   [one-at-a-time] It has handed the request on by calling a function, and that function has not
#   returned yet.
# - [ ] Nothing: it gets its turn when the view has answered
#   [only-on-the-way-out] Without `Backup` the view would not have been called at all: it is
#   `Backup` that called `Locale`, and so on.
# - [ ] Nothing any more: a layer sees requests, and answers go straight to the visitor
#   [only-on-the-way-in] What `get_response` returns lands in `Backup`, which has to return it in
#   turn.
# - [x] It waits, in the middle of its own call, for `get_response` to return
#   Its local names are all still there, and the next line will run when the answer comes.

# %% [markdown] quiz="four-skins" points=1
# **Predict.** One layer more. Write down the way of this request before you look at the options.
#
# ```scenario
# Security
# Gzip
# Session
# Audit
# view: article
# GET /articles/7/
# ```
#
# - [x] happens
#   In from the first to the last, the view, and out the same way back.
# - [ ] only-on-the-way-in
#   `article` was called by `Audit`, so its answer goes to `Audit`, and from there outwards.
# - [ ] only-on-the-way-out
#   The view is called by the innermost layer. Before that each layer has had the request.
# - [ ] same-order-out
#   The last one entered is the first one left.

# %% [markdown]
# ## Your turn: foretell the walk
#
# Write `walk(middleware)`. It is given the names of the layers of a site, outermost first, and
# returns the steps of a request as a list of texts: `"Gzip >"` when `Gzip` is entered, `"Gzip <"`
# when it is left. Every layer calls `get_response` once. The view stands at the centre, and its
# name is always `view`. So `walk(["Session", "Locale"])` returns
#
# ```python
# ["Session >", "Locale >", "view >", "view <", "Locale <", "Session <"]
# ```
#
# It must be right for any list, of whatever names and of whatever length. A site without any layer
# is allowed too: there the view is all there is.


# %% exercise="predict-the-walk"
def walk(middleware):
    """Return who is entered (">") and left ("<"), step by step, in a site with these layers."""
    ### BEGIN SOLUTION
    inward = [*middleware, "view"]
    outward = reversed(inward)
    return [f"{who} >" for who in inward] + [f"{who} <" for who in outward]
    ### END SOLUTION


# %% [markdown] hint="predict-the-walk"
# Two halves
#
# Write down the walk for three layers by hand. In the first half everybody is entered, the view
# last of all. How does the second half follow from the first?

# %% [markdown] hint="predict-the-walk"
# Nearly the answer
#
# Let `inward` be the names that you were given, and `"view"` behind them: `[*middleware, "view"]`.
# The steps in are each of these names with `" >"` behind it. The steps out are the same names from
# the end, with `" <"`: `reversed(inward)` gives them in that order. Return the one list `+` the
# other.

# %% check="predict-the-walk" points=3
# A real onion is built for each of these lists, and asked.
predicts(walk, "Timing")
predicts(walk, "Session", "Locale", "Gzip")
predicts(walk, fresh("{}").title(), fresh("{}").title())
### BEGIN HIDDEN TESTS
stacks = [[fresh("{}").title() for _ in range(size)] for size in (0, 1, 2, 3, 4, 5, 7)]
for names in fresh(stacks):
    predicts(walk, *names)
### END HIDDEN TESTS

# %% [markdown]
# ## Which one is built first?
#
# Before the first request comes, each layer is made, once: its class is called with
# `get_response`. Who is first this time? The list begins with `Passport`, so `Passport`, one would
# think. Guess, and run.


# %%
class Built:
    def __init__(self, get_response):
        print(type(self).__name__, "is built")
        self.get_response = get_response

    def __call__(self, request):
        print(type(self).__name__, "is called")
        return self.get_response(request)


class Customs(Built):
    pass


class Lounge(Built):
    pass


class Passport(Built):
    pass


def gate(request):
    return HttpResponse("Welcome.")


app = onion(Passport, Customs, Lounge, view=gate)
app.get("/")
app.trace

# %% [markdown]
# They are built from the inside, and called from the outside. There is no other way: to build
# `Customs` one needs what it will call, and that is `Lounge`. So `Lounge` has to be there before.
# The whole onion is one line of Python, and brackets are worked out from the inside:
#
# ```python
# handler = Passport(Customs(Lounge(view)))
# ```
#
# **The rule.** What a layer gets as `get_response` is everything that is inside it. That is built
# before it.
#
# Add `app.get("/again/")` below the first `app.get`: which of the lines come again, and which do
# not?

# %% [markdown] quiz="built-before" points=1
# A site starts with `MIDDLEWARE = ["site.Session", "site.Audit", "site.Timing"]`. Whose `__init__`
# runs first?
#
# - [ ] that of `Session`, which is first in the list
#   [built-from-outside] To build `Session` one needs the `get_response` that it will call, and that
#   is `Audit`, which needs `Timing`.
# - [ ] that of `Audit`: layers are made in the order of their names
#   [alphabetical-order] Nobody sorts the list. Its order is the order of the onion.
# - [x] that of `Timing`, which is last in the list
#   It stands next to the view. `Audit` is built round it, and `Session` round both.
# - [ ] none of them before a request comes in: then `Session` is made, and the others after it
#   [built-for-each-request] The whole onion stands before the first request comes, one layer inside
#   the other; it is used again for each.

# %% [markdown]
# ## What a layer leaves for others
#
# Layers often work for each other. `Login` finds out who the visitor is and leaves the name on the
# request, as `request.who`. `Welcome` reads that name and greets.
#
# (The name comes in a *cookie*: a text that a browser was given once by the site, and sends back
# with every request. They are in `request.COOKIES`. A real site does not believe a plain name in a
# cookie; lesson 12 is about that.)
#
# Below, `Welcome` stands outside `Login`. Will Ada be greeted? (`headers=ada` sends her cookie
# along, and `status="*"` says that anything may come back. One setting is new:
# `DEBUG_PROPAGATE_EXCEPTIONS` lets an error go through to the server, so that `app.raised` can
# show it; without it, the error would become a page with status 500.)


# %%
class Login:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.who = request.COOKIES.get("name", "stranger")
        return self.get_response(request)


class Welcome:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        greeting = f"Welcome, {request.who}"
        response = self.get_response(request)
        response.headers["X-Welcome"] = greeting
        return response


def shop(request):
    return HttpResponse("Tea, coffee, cake.")


ada = {"Cookie": "name=Ada"}
app = onion(Welcome, Login, view=shop, DEBUG_PROPAGATE_EXCEPTIONS=True)
app.get("/", headers=ada, status="*")
print(app.raised)
app.trace

# %% [markdown]
# `Welcome` asked for `request.who` on its way in. At that moment nobody had put anything there:
# `Login` is further in, and was not called yet. This is the commonest mistake with the order of
# layers, and its message never says "order". It says that something is missing.
#
# The mend is to let them change places:

# %%
app = onion(Login, Welcome, view=shop)
response = app.get("/", headers=ada)
print(response.headers["X-Welcome"])
app.trace

# %% [markdown]
# Now for a surprise. `Record` stands outside `Login`, where `Welcome` fell over, and it too wants
# to know who came. But it asks *after* it has called `get_response`.


# %%
class Record:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        print("on the way in: ", getattr(request, "who", "nobody has told me"))
        response = self.get_response(request)
        print("on the way out:", getattr(request, "who", "nobody has told me"))
        return response


app = onion(Record, Login, view=shop)
app.get("/", headers=ada)
app.trace

# %% [markdown]
# There is only one request. Everybody is handed the same object, and what an inner layer has put on
# it is there when the outer one gets its answer.
#
# **The rule.** On the way in, a layer finds what those *above* it in the list have left. On the way
# out, it finds what those further in have left, too.
#
# Put `Record` inside `Login`, as `onion(Login, Record, view=shop)`: which of its two lines is
# different now?

# %% [markdown] quiz="who-can-read-it" points=1
# A site lists `["site.Audit", "site.Tenant", "site.Theme", "site.Prices"]`. `Tenant` puts
# `request.tenant` on each request before it calls `get_response`. Which of the others can use
# `request.tenant` before they call `get_response` themselves?
#
# - [ ] `Audit` alone
#   [inside-out] `Audit` is outermost: it has the request before `Tenant` does.
# - [x] `Theme` and `Prices`
#   They stand further in, and get the request after `Tenant` had it.
# - [ ] all three: they are all in the list
#   [order-makes-no-difference] `Audit` runs before `Tenant` does, and finds nothing on the request
#   yet.
# - [ ] none: what a layer sets on its request stays with it
#   [a-copy-each] There is one request object, and each layer hands on the very same.

# %% [markdown] quiz="asked-after-the-call" points=1
# In the same site, with `["site.Audit", "site.Tenant", "site.Theme", "site.Prices"]`, `Audit` has
# these lines:
#
# ```python
# response = self.get_response(request)
# print(request.tenant)
# ```
#
# What happens at the `print`?
#
# - [x] it prints the tenant
#   When `get_response` returns, `Tenant` has been called, and what it left is on the request.
# - [ ] an AttributeError: `Audit` stands outside `Tenant`, and never sees what that one sets
#   [only-on-the-way-in] That holds before the call of `get_response`. Afterwards all the inside has
#   run.
# - [ ] an AttributeError: `Tenant` has had a request of its own
#   [a-copy-each] All layers are handed the same object.
# - [ ] nothing: the line is not reached, for `Audit` has handed the request on
#   [one-at-a-time] `Audit` has waited for the answer, and goes on with its next line.

# %% [markdown]
# ## Two layers, one header
#
# `Cache-Control` is the header that says for how long browsers may keep an answer, and whether
# caches between them and the site may. `Shelf` allows ten minutes to anyone. `Private` allows the
# visitor's own browser alone. Both set the header on their way out.
#
# `Private` is last in the list below. Has the last one the last word?


# %%
class Shelf:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Cache-Control"] = "max-age=600"
        return response


class Private:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Cache-Control"] = "private"
        return response


app = onion(Shelf, Private, view=shop)
response = app.get("/")
print("Cache-Control:", response.headers["Cache-Control"])
app.trace

# %% [markdown]
# It has not. `Private` was the first to get hold of the response and wrote `private` on it; then
# `Shelf` got it, and wrote over that. Ada's basket may now lie in a cache for everybody.
#
# **The rule.** On the way out the outermost layer comes last, so it has the last word: what it
# sets is what the visitor gets.
#
# Let the two change places and run the cell again. Then put them back, and let `Shelf` say
# `response.headers.setdefault("Cache-Control", "max-age=600")`: it sets a header only where there
# is none yet. That is how an outer layer leaves the word to those inside it.

# %% [markdown] quiz="whose-word-counts" points=1
# `["site.Brand", "site.Agency", "site.Studio"]`: each of these three sets the header `X-Made-By` to
# its own name, by `response.headers["X-Made-By"] = ...`, on the way out. What does the visitor get?
#
# - [ ] `X-Made-By: Studio`
#   [later-in-the-list-wins] `Studio` is innermost: it writes first, and the others write over it.
# - [ ] `X-Made-By: Studio, Agency, Brand`
#   [values-add-up] To assign is to replace. Only one value is there at any time.
# - [ ] `X-Made-By: Agency`
#   [alphabetical-order] Names play no part. `Brand` stands outside `Agency`, and writes after it.
# - [x] `X-Made-By: Brand`
#   The outermost layer is the last one to hold the response.

# %% [markdown] quiz="six-skins" points=1
# **Predict.** Six layers, and a visitor who looks into the basket. Which list of steps is the way
# of this request?
#
# ```scenario
# Security
# Session
# Locale
# Currency
# Shelf
# Private
# view: basket
# GET /basket/
# ```
#
# - [ ] same-order-out
#   If `Security` were left first, it would have returned before it had anything to return.
# - [ ] one-at-a-time
#   This would be a row of layers. They lie one inside the other.
# - [x] happens
#   Six brackets that open, the view, and the same six that close.
# - [ ] inside-out
#   `Private` is last in the list, next to `basket`.

# %% [markdown]
# ## A clock sees what is inside it
#
# How long does a page take? A clock is a layer that looks at the time, calls `get_response`, and
# looks at the time again. `time.perf_counter()` is made for that: it gives seconds, with a
# fraction, counted from some moment; only the difference between two of them means anything.
#
# Two layers here are slow. `Warehouse` spends 20 ms (thousandths of a second) asking what is in
# stock *before* it calls on; `Basket` spends 10 ms adding up prices *afterwards*. The view takes
# another 10. What will `Clock` show where it stands now? (`app.trace.took` is how long the visitor
# waited, in milliseconds.)

# %%
import time


class Clock:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        print(f"the clock says {time.perf_counter() - start:.3f} seconds")
        return response


class Warehouse:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        time.sleep(0.02)
        return self.get_response(request)


class Basket:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        time.sleep(0.01)
        return response


def page(request):
    time.sleep(0.01)
    return HttpResponse("Tea, coffee, cake.")


SLOW = Warehouse, Basket  # the exercise below uses them
app = onion(Warehouse, Basket, Clock, view=page)
app.get("/")
print(f"the visitor waited {app.trace.took / 1000:.3f} seconds")
app.trace

# %% [markdown]
# The clock saw the view and nothing else: about 0.010 of 0.040 seconds. Nobody would ever find out
# that the warehouse is slow.
#
# **The rule.** A layer measures what is inside it. Whatever is to see everything, a clock for
# instance, must stand outermost.
#
# Let `Clock` stand between `Warehouse` and `Basket`, and then first of all: what does it show each
# time, and why?

# %% [markdown] quiz="what-the-clock-holds" points=1
# `["site.Gzip", "site.Clock", "site.Stock"]`: `Gzip` takes 5 ms, `Stock` takes 20 ms, and the view
# 30 ms. What does the clock show, about?
#
# - [ ] 55 ms
#   [clock-sees-everything] `Gzip` stands outside the clock, and works before it is started or after
#   it has been read.
# - [x] 50 ms
#   What is inside it: `Stock` and the view.
# - [ ] 5 ms
#   [inside-out] `Gzip` comes before the clock in the list, so it stands outside it.
# - [ ] 0 ms
#   [clock-stopped-early] `Clock` itself does next to nothing, but between its two looks at the
#   time lies the call of `get_response`, and all that happens in there.

# %% [markdown]
# ## Twice is two
#
# You know from lesson 04 what it means to call `get_response` twice. The mistake likes to come
# dressed as a clock: it measures one call, and returns the answer of another. The view of the next
# cell takes orders, and keeps count.


# %%
class Stopwatch:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        self.get_response(request)
        print(f"it took {time.perf_counter() - start:.3f} seconds")
        return self.get_response(request)


orders = []


def order(request):
    orders.append("a cake")
    return HttpResponse("Thank you for your order.")


app = onion(Stopwatch, Shelf, view=order)
app.get("/order/", status=200)  # without status=, it would complain of what we want to see
print("ordered:", orders)
app.trace

# %% [markdown]
# One click, two cakes. `get_response` does not remember its answer: each call sends the request
# once more through all that is inside. The mend is to call it once and to keep what it gives:


# %%
class Stopwatch:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        print(f"it took {time.perf_counter() - start:.3f} seconds")
        return response


orders = []
app = onion(Stopwatch, Shelf, view=order)
app.get("/order/")
print("ordered:", orders)
app.trace

# %% [markdown] quiz="twice-in-the-middle" points=1
# **Predict.** Here the layer that calls twice stands between two others. Is anyone spared?
#
# ```scenario
# Audit
# Retry: calls on twice
# Locale
# view: transfer
# GET /transfer/
# ```
#
# - [x] happens
#   `Audit` is outside and is passed once each way. `Locale` and `transfer` are inside.
# - [ ] inside-out
#   Then `Audit` would be the one inside. But it is first in the list.
# - [ ] only-on-the-way-out
#   `transfer` does not run by itself: `Audit` calls `Retry`, `Retry` calls `Locale`, and so on.
# - [ ] twice-is-once
#   Nothing is kept of the first answer. Each call does all of it again.

# %% [markdown] quiz="two-that-retry" points=1
# **Predict.** Two layers of this kind in one list, and someone who pays. What happens?
#
# ```scenario
# Retry: calls on twice
# Insist: calls on twice
# view: pay
# POST /pay/
# ```
#
# - [ ] twice-is-once
#   Each of the calls is as real as the first: none of them gives back an answer of before.
# - [ ] inside-out
#   `Retry` is first in the list, and so outermost. It is entered once.
# - [ ] only-on-the-way-in
#   Each answer of `pay` goes back to `Insist`, which called, and from there to `Retry`.
# - [x] happens
#   `Retry` calls `Insist` twice, and each time `Insist` calls `pay` twice: four payments.

# %% [markdown]
# ## Your turn: timing, in the right place
#
# Write `Timing`: a layer that measures how long everything inside it takes, and puts that on the
# response as the header `X-Elapsed-Ms`: a number of **milliseconds**, such as `41.7` or `42`, and
# nothing behind it. The response itself is the one that came from inside.
#
# Then write `middleware()`. It returns a list of three names, `"Timing"`, `"Warehouse"` and
# `"Basket"`: texts, as in `MIDDLEWARE`, each once, outermost first, so that `Timing` sees all there
# is to see. For a request such as `GET /shelf/` the view takes 10 ms, so the header must say about
# 40.

# %% exercise="timing"
import time

Warehouse, Basket = SLOW  # the two slow layers from above, as they are


class Timing:
    """Put the milliseconds that everything inside takes into the header X-Elapsed-Ms."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ### BEGIN SOLUTION
        start = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = f"{(time.perf_counter() - start) * 1000:.1f}"
        return response
        ### END SOLUTION


def middleware():
    """Return the names of the three layers, outermost first."""
    ### BEGIN SOLUTION
    return ["Timing", "Warehouse", "Basket"]
    ### END SOLUTION


# %% [markdown] hint="timing"
# What lies between two looks at the time
#
# A clock measures what happens between its two readings. Which line of `__call__` is the one in
# which everything inside happens, and where do the readings have to stand?

# %% [markdown] hint="timing"
# Seconds, and a header
#
# `time.perf_counter()` gives seconds. A second is a thousand milliseconds. A header goes on the
# response that came back, before you return it: `response.headers["X-Elapsed-Ms"] = ...`, with a
# text or a number.

# %% [markdown] hint="timing"
# Nearly the answer
#
# `start = time.perf_counter()`, then `response = self.get_response(request)`, then
# `(time.perf_counter() - start) * 1000` into the header, then return `response`. In the list,
# `"Timing"` comes first; in which order the other two follow makes no difference to it.

# %% check="timing" points=3
from minidjango.http import Http404

# `takes=` and `sleep` move a clock that stands still otherwise: nobody waits, and 40 is 40.
layers = arranged(call(middleware), Timing, Warehouse, Basket)
app = onion(*layers, view=returns("tea", takes=0.01))
for _ in range(2):
    app.get(fresh("/{}/"))
    app.trace.outside(Timing, Warehouse, Basket)
    app.trace.header("X-Elapsed-Ms", at_least=38, at_most=42)
### BEGIN HIDDEN TESTS
# Views that take hardly any time, and long: no number is right for all. An error takes time too.
for seconds in fresh([0.001, 0.25, 64]):
    app = onion(*layers, view=returns("tea", takes=seconds))
    app.get(fresh("/{}/"))
    app.trace.outside(Timing, Warehouse, Basket)
    took = app.trace.took
    app.trace.header("X-Elapsed-Ms", at_least=took - 2, at_most=took + 2)
lost = onion(*layers, view=raises(Http404, takes=0.25))
lost.get(fresh("/{}/"), status=404)
lost.trace.header("X-Elapsed-Ms", at_least=278, at_most=282)
### END HIDDEN TESTS

# %% [markdown]
# ## Why the order matters
#
# Each layer that you move sees something else, on one way or on both. Here are five layers as a
# real site might have them.
#
# - `RequestId` notes the number under which the request is known: the server in front of a site
#   sends it along in the header `X-Request-Id`.
# - `Log` writes a line about each request: its number, which it reads on the way in; the greeting
#   and the `Cache-Control`, which it reads on the way out. Here the line goes into the header
#   `X-Log`, so that you can see it.
# - `Session` finds out who the visitor is; `Greeting` greets, and allows everybody to keep the page
#   for ten minutes; `Privacy` allows it to the visitor's browser alone.
#
# In the stack below they are sorted by name, which looks tidy. Ada comes along, and her request is
# number r17. Four things go wrong. Can you say which, before you run the cell?


# %%
class Layer:  # what all five have in common
    def __init__(self, get_response):
        self.get_response = get_response


class RequestId(Layer):
    def __call__(self, request):
        request.id = request.headers.get("X-Request-Id", "none")
        return self.get_response(request)


class Log(Layer):
    def __call__(self, request):
        number = getattr(request, "id", "?")
        response = self.get_response(request)
        greeting = response.headers.get("X-Greeting", "?")
        caching = response.headers.get("Cache-Control", "?")
        response.headers["X-Log"] = f"{number} | {greeting} | {caching}"
        return response


class Session(Layer):
    def __call__(self, request):
        request.visitor = request.COOKIES.get("visitor", "stranger")
        return self.get_response(request)


class Greeting(Layer):
    def __call__(self, request):
        visitor = getattr(request, "visitor", "stranger")
        response = self.get_response(request)
        response.headers["X-Greeting"] = f"Hello, {visitor}"
        response.headers["Cache-Control"] = "max-age=600"
        return response


class Privacy(Layer):
    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Cache-Control"] = "private"
        return response


FIVE = RequestId, Log, Session, Greeting, Privacy  # the exercise below uses them
app = onion(Greeting, Log, Privacy, RequestId, Session, view=shop)
response = app.get("/", headers={"X-Request-Id": "r17", "Cookie": "visitor=Ada"})
for name in ("X-Log", "X-Greeting", "Cache-Control"):
    print(f"{name}: {response.headers[name]}")
app.trace

# %% [markdown]
# The line in the log has no number, since `Log` asked before `RequestId` had been called. It has no
# greeting either, since on the way out `Greeting` comes after `Log`. The other two are for you: why
# is Ada a stranger? And why does the log say `private`, when what she got is `max-age=600`?
#
# Move one layer at a time, and watch the three headers. What becomes right, and does something else
# become wrong?
#
# **The rule.** Whoever *leaves* something on the request stands outside those who read it on their
# way in. Whoever wants the *last word* on a response, or wants to see it finished, stands outside
# those who change it.

# %% [markdown] quiz="a-tidy-list" points=1
# A colleague sorts the names in `MIDDLEWARE` by the alphabet, "for tidiness". What follows from
# that?
#
# - [ ] Nothing, since every layer is still there, and all of them are called for each request
#   [order-makes-no-difference] They are all called. But what a layer finds on the request, and on
#   the response, depends on who was there before it.
# - [x] It is a different onion: a layer may now stand inside one that it stood outside of
#   Every pair that has changed places sees each other's work in a different way than before.
# - [ ] Nothing, since Django sorts the list by itself when the site starts
#   [alphabetical-order] Django takes the list as it is.
# - [ ] Only the way in is different: the answer does not go through the list
#   [only-on-the-way-in] It goes through the same layers, in reverse order.

# %% [markdown] quiz="five-skins" points=1
# **Predict.** The tidy list once more, with a request in it. Who comes after whom?
#
# ```scenario
# Greeting
# Log
# Privacy
# RequestId
# Session
# view: shop
# GET /shop/
# ```
#
# - [ ] inside-out
#   `Session` is last in the list and so next to the view.
# - [ ] only-on-the-way-out
#   `shop` is called by `Session`, after every other layer has had the request.
# - [ ] same-order-out
#   `Greeting` was entered first and is left last.
# - [x] happens
#   That `Log` is entered before `RequestId` is why its line had no number.

# %% [markdown]
# ## Your turn: four wishes
#
# The five layers are the ones from above. Write `wished_middleware()`: it returns the list of their
# five names, as texts, each once, outermost first, so that four colleagues get what they wish for.
#
# - **Nora**, on the night shift: "When something breaks, I look for the number of the request.
#   Every line of the log must begin with it."
# - **Ben**, from support: "Whoever is signed in must be greeted by name, not as a stranger."
# - **Cleo**, who minds privacy: "Never mind what anybody else says about caching. `private` has the
#   last word."
# - **Dan**, who reads the logs: "A line in the log must show the greeting and the caching as the
#   browser gets them, not as they were at some point in between."
#
# More than one order does it, and each of them is right. With `X-Request-Id: r17` and the cookie
# `visitor=Ada` the header `X-Log` must say `r17 | Hello, Ada | private`.

# %% exercise="four-wishes"
RequestId, Log, Session, Greeting, Privacy = FIVE  # the five layers from above, as they are


def wished_middleware():
    """Return the names of the five layers, outermost first, so that all four wishes hold."""
    ### BEGIN SOLUTION
    return ["RequestId", "Log", "Session", "Privacy", "Greeting"]
    ### END SOLUTION


# %% [markdown] hint="four-wishes"
# One wish, one pair
#
# Each wish is about two or three of the layers. Write it down as "... stands outside ...", and ask
# for each: is it about the way in, where the outer one acts first, or about the way out, where the
# outer one acts last?

# %% [markdown] hint="four-wishes"
# The pairs
#
# Nora: `Log` reads the number on its way in, so it must be there by then. Ben: the same for
# `Greeting` and what `Session` leaves. Cleo: the last word belongs to whoever stands further *out*.
# Dan: to see a thing finished, `Log` stands outside all who work on it, `Greeting` and `Privacy`.

# %% [markdown] hint="four-wishes"
# Nearly the answer
#
# `RequestId` outside `Log`; `Log` outside `Privacy`; `Privacy` outside `Greeting`. That is a chain
# of four, outermost first. `Session` may stand anywhere in it, as long as it is outside `Greeting`.

# %% check="four-wishes" points=2
from minidjango.http import HttpResponse


def shop(request):
    return HttpResponse("tea")


number, visitor = fresh("r{}"), fresh("{}").title()
layers = arranged(call(wished_middleware), RequestId, Log, Session, Greeting, Privacy)
app = onion(*layers, view=shop)
app.get(fresh("/{}/"), headers={"X-Request-Id": number, "Cookie": f"visitor={visitor}"})
app.trace.outside(RequestId, Log)  # Nora's wish
app.trace.outside(Session, Greeting)  # Ben's
app.trace.header("X-Greeting", f"Hello, {visitor}")
app.trace.outside(Privacy, Greeting)  # Cleo's
app.trace.header("Cache-Control", "private")
app.trace.outside(Log, Greeting, Privacy)  # Dan's
app.trace.header("X-Log", f"{number} | Hello, {visitor} | private")
### BEGIN HIDDEN TESTS
# Others come, some of them without a cookie, in an order that nobody can foresee.
for visitor in fresh(["", "", fresh("{}").title(), fresh("{}").title()]):
    number = fresh("r{}")
    cookie = {"Cookie": f"visitor={visitor}"} if visitor else {}
    app.get(fresh("/{}/"), headers={"X-Request-Id": number, **cookie})
    app.trace.outside(RequestId, Log)
    app.trace.outside(Session, Greeting)
    app.trace.outside(Privacy, Greeting)
    app.trace.outside(Log, Greeting, Privacy)
    greeting = f"Hello, {visitor or 'stranger'}"
    app.trace.header("X-Log", f"{number} | {greeting} | private")
### END HIDDEN TESTS

# %% [markdown]
# ## A list that you will meet
#
# A new Django project comes with seven layers. Lessons 12 and 13 take them one by one; here are two
# reasons for their order that are yours already.
#
# - Authentication and messages both use what the session layer leaves on the request. So both stand
#   inside it, further down in the list.
# - The security layer adds headers to every answer, and can send a visitor on to the encrypted
#   site before anybody else is troubled. Both ask for the place outside all the others: first.

# %% [markdown] quiz="seven-skins" points=1
# **Predict.** These are the seven, under shorter names. A plain page is asked for, and none of them
# objects. Which way does that go?
#
# ```scenario
# Security
# Sessions
# Common
# Csrf
# Authentication
# Messages
# XFrameOptions
# view: index
# GET /welcome/
# ```
#
# - [ ] same-order-out
#   `Security` waits for all the others. It cannot be the first to return.
# - [ ] inside-out
#   Then `Authentication` would come before `Sessions`, and find no session.
# - [x] happens
#   In from top to bottom, out from bottom to top: `Authentication` finds the session, and
#   `Security` has every answer last.

# %% [markdown]
# ## Quick reference
#
# | you want | so |
# | --- | --- |
# | to see each request first and each response last | stand first in the list: outermost |
# | to stand next to the view | stand last in the list: innermost |
# | to read what another layer leaves on the request, on your way in | stand inside that layer |
# | to read it on your way out | stand anywhere: the request is one object |
# | the last word on a header | stand outside all who set it |
# | to leave the word to those inside | `response.headers.setdefault(name, value)` |
# | to time, log or count everything | stand outermost |
# | to call the inside | once, as `response = self.get_response(request)` |
#
# In through the list from top to bottom, the view, and out from bottom to top. Built from bottom to
# top, once, at the start.

# %% [markdown]
# ## In Django's own source
#
# - `django/core/handlers/base.py`, `BaseHandler.load_middleware`: look for
#   `for middleware_path in reversed(settings.MIDDLEWARE)`. It begins with what calls the view, and
#   wraps one layer after the other round it: `middleware(adapted_handler)`. That loop is the onion.
# - `django/contrib/auth/middleware.py`, `AuthenticationMiddleware.process_request`: it needs what
#   the session layer leaves as `request.session`. If that is not there, it says in so many words
#   which of the two must stand "before" the other. A message like this is a kindness: compare the
#   AttributeError above.
# - `django/middleware/security.py`, `SecurityMiddleware.process_response`: it stands outermost in a
#   new project, and uses `setdefault` for most of its headers, so that a view may say otherwise.

# %% [markdown]
# ## What comes next
#
# So far each layer called the next, always. Nothing obliges it to. In lesson 06 a layer answers a
# request by itself, and the rules of this lesson say what becomes of that answer: those outside are
# waiting for one, and take it; those inside were never called.


# %% right="predict-the-walk"
# An onion of functions: each layer lies round the walk of all that is inside it.
def walk(middleware):
    if not middleware:
        return ["view >", "view <"]
    outermost, *inside = middleware
    return [f"{outermost} >", *walk(inside), f"{outermost} <"]


# %% right="predict-the-walk"
# From the heart outwards: begin with the view, and wrap one layer after the other round it.
def walk(middleware):
    steps = ["view >", "view <"]
    for name in reversed(middleware):
        steps.insert(0, name + " >")
        steps.append(name + " <")
    return steps


# %% right="predict-the-walk"
# A pile: who is entered is laid on it, and who lies on top is left first.
def walk(middleware):
    steps, waiting = [], []
    for who in (*middleware, "view"):
        steps.append(who + " >")
        waiting.append(who)
    while waiting:
        steps.append(waiting.pop() + " <")
    return steps


# %% wrong="predict-the-walk" misconception="forgot-return"
# Shows the steps, and gives none of them back.
def walk(middleware):
    inward = [*middleware, "view"]
    print([f"{who} >" for who in inward] + [f"{who} <" for who in reversed(inward)])


# %% wrong="predict-the-walk" misconception="inside-out"
# Takes the last of the list for the outermost.
def walk(middleware):
    inward = [*reversed(middleware), "view"]
    return [f"{who} >" for who in inward] + [f"{who} <" for who in reversed(inward)]


# %% wrong="predict-the-walk" misconception="same-order-out"
# Goes out in the order in which it went in; only the view is left at once.
def walk(middleware):
    inward = [f"{who} >" for who in [*middleware, "view"]]
    outward = [f"{who} <" for who in ["view", *middleware]]
    return inward + outward


# %% wrong="predict-the-walk" misconception="same-order-out"
# The same loop twice: even the view is left in its turn of entering, last of all.
def walk(middleware):
    steps = []
    for way in "><":
        for who in [*middleware, "view"]:
            steps.append(f"{who} {way}")
    return steps


# %% wrong="predict-the-walk" misconception="one-at-a-time"
# Each layer is over before the next one begins.
def walk(middleware):
    steps = []
    for who in [*middleware, "view"]:
        steps += [f"{who} >", f"{who} <"]
    return steps


# %% wrong="predict-the-walk" misconception="only-on-the-way-in"
# The view answers, and the visitor has it.
def walk(middleware):
    inward = [f"{who} >" for who in middleware]
    return [*inward, "view >", "view <"]


# %% wrong="predict-the-walk" misconception="only-on-the-way-out"
# The view comes first, and its answer goes through the layers.
def walk(middleware):
    steps = ["view >", "view <"]
    for who in reversed(middleware):
        steps.append(f"{who} >")
        steps.append(f"{who} <")
    return steps


# %% wrong="predict-the-walk" misconception="view-left-out"
# Thinks of the layers, and forgets what they are there for.
def walk(middleware):
    return [f"{who} >" for who in middleware] + [f"{who} <" for who in middleware[::-1]]


# %% wrong="predict-the-walk" misconception="view-left-out"
# Wraps layer round layer, and begins with nothing at the heart.
def walk(middleware):
    steps = []
    for name in reversed(middleware):
        steps = [name + " >", *steps, name + " <"]
    return steps


# %% right="timing"
# A function factory, a clock that counts nanoseconds, and the other two the other way round.
import time

Warehouse, Basket = SLOW


def Timing(get_response):
    def layer(request):
        began = time.monotonic_ns()
        response = get_response(request)
        response["X-Elapsed-Ms"] = (time.monotonic_ns() - began) // 1_000_000
        return response

    return layer


def middleware():
    return ["Timing", "Basket", "Warehouse"]


# %% right="timing"
# Hooks instead of a call; the start waits on the request. Names as in a setting.
import time

from minidjango.utils.deprecation import MiddlewareMixin

Warehouse, Basket = SLOW


class Timing(MiddlewareMixin):
    def process_request(self, request):
        request.began = time.perf_counter()

    def process_response(self, request, response):
        response.headers["X-Elapsed-Ms"] = 1000 * (time.perf_counter() - request.began)
        return response


def middleware():
    slow = ["site.Warehouse", "site.Basket"]
    return ["site.Timing", *slow]


# %% right="timing"
# Dates instead of a counter, and the header is set whatever happens.
from datetime import datetime, timedelta

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.inside = get_response

    def __call__(self, request):
        before = datetime.now()
        response = self.inside(request)
        elapsed = (datetime.now() - before) / timedelta(milliseconds=1)
        response.headers.setdefault("X-Elapsed-Ms", str(round(elapsed)))
        return response


def middleware():
    names = ["Basket", "Warehouse"]
    names.insert(0, "Timing")
    return names


# %% wrong="timing" misconception="inside-out"
# Puts the clock at the end, where the list is thought to begin.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = f"{(time.perf_counter() - start) * 1000:.1f}"
        return response


def middleware():
    return ["Basket", "Warehouse", "Timing"]


# %% wrong="timing" misconception="wrong-order"
# Measures what is known to be slow on the way in, and misses the way out of the other.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = f"{(time.perf_counter() - start) * 1000:.1f}"
        return response


def middleware():
    return ["Basket", "Timing", "Warehouse"]


# %% wrong="timing" misconception="wrong-unit"
# Writes down the seconds that the clock counts.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = str(time.perf_counter() - start)
        return response


def middleware():
    return ["Timing", "Warehouse", "Basket"]


# %% wrong="timing" misconception="clock-stopped-early"
# Reads the clock twice, and calls on afterwards.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        elapsed = time.perf_counter() - start
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = f"{elapsed * 1000:.0f}"
        return response


def middleware():
    return ["Timing", "Warehouse", "Basket"]


# %% wrong="timing" misconception="clock-stopped-early"
# Rounds to whole seconds, and makes milliseconds of what is left.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = int(time.perf_counter() - start) * 1000
        return response


def middleware():
    return ["Timing", "Warehouse", "Basket"]


# %% wrong="timing" misconception="clock-started-early"
# Starts the clock where the layer is made, once for all requests.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response
        self.start = time.perf_counter()

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = f"{(time.perf_counter() - self.start) * 1000:.1f}"
        return response


def middleware():
    return ["Timing", "Warehouse", "Basket"]


# %% wrong="timing" misconception="header-missing"
# Leaves the number on the request, where no visitor ever sees it.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        request.META["X-Elapsed-Ms"] = f"{(time.perf_counter() - start) * 1000:.1f}"
        return response


def middleware():
    return ["Timing", "Warehouse", "Basket"]


# %% wrong="timing" misconception="wrong-header-value"
# Writes the unit behind the number.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = f"{(time.perf_counter() - start) * 1000:.1f} ms"
        return response


def middleware():
    return ["Timing", "Warehouse", "Basket"]


# %% wrong="timing" misconception="forgot-return"
# Sets the header, and does not give the response back.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = f"{(time.perf_counter() - start) * 1000:.1f}"


def middleware():
    return ["Timing", "Warehouse", "Basket"]


# %% wrong="timing" misconception="called-next-twice"
# Measures one call, and returns the answer of another.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        self.get_response(request)
        elapsed = time.perf_counter() - start
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = f"{elapsed * 1000:.1f}"
        return response


def middleware():
    return ["Timing", "Warehouse", "Basket"]


# %% wrong="timing" misconception="layer-left-out"
# Writes the layer, and does not list it.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = f"{(time.perf_counter() - start) * 1000:.1f}"
        return response


def middleware():
    return ["Warehouse", "Basket"]


# %% wrong="timing" misconception="layer-listed-twice"
# Puts the clock at both ends, to measure both ways.
import time

Warehouse, Basket = SLOW


class Timing:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start = time.perf_counter()
        response = self.get_response(request)
        response.headers["X-Elapsed-Ms"] = f"{(time.perf_counter() - start) * 1000:.1f}"
        return response


def middleware():
    return ["Timing", "Warehouse", "Basket", "Timing"]


# %% right="four-wishes"
# The names as in a setting, and the session as far out as it can stand.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    MIDDLEWARE = [
        "site.Session",
        "site.RequestId",
        "site.Log",
        "site.Privacy",
        "site.Greeting",
    ]
    return MIDDLEWARE


# %% right="four-wishes"
# Built like the onion itself, from the inside.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    names = []
    for name in ("Greeting", "Session", "Privacy", "Log", "RequestId"):
        names.insert(0, name)
    return names


# %% right="four-wishes"
# Sorted by how far in each of them has to stand.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    depth = {"Greeting": 4, "Log": 2, "Privacy": 3, "RequestId": 0, "Session": 1}
    return sorted(depth, key=depth.get)


# %% wrong="four-wishes" misconception="inside-out"
# The right order, written down from the view outwards.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    return ["Greeting", "Privacy", "Session", "Log", "RequestId"]


# %% wrong="four-wishes" misconception="wrong-order"
# By the alphabet.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    return sorted(["Session", "RequestId", "Privacy", "Log", "Greeting"])


# %% wrong="four-wishes" misconception="wrong-order"
# The log outermost, as one is told, so that it sees no number on its way in.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    return ["Log", "RequestId", "Session", "Privacy", "Greeting"]


# %% wrong="four-wishes" misconception="wrong-order"
# The greeting before it is known who comes.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    return ["RequestId", "Log", "Privacy", "Greeting", "Session"]


# %% wrong="four-wishes" misconception="wrong-order"
# The last word for the last in the list.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    return ["RequestId", "Log", "Session", "Greeting", "Privacy"]


# %% wrong="four-wishes" misconception="wrong-order"
# The log inside those whose work it should see finished.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    return ["RequestId", "Session", "Privacy", "Greeting", "Log"]


# %% wrong="four-wishes" misconception="layer-left-out"
# Nobody among the four asks for the session by name.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    return ["RequestId", "Log", "Privacy", "Greeting"]


# %% wrong="four-wishes" misconception="layer-listed-twice"
# The log at both ends, to see the request early and the response late.
RequestId, Log, Session, Greeting, Privacy = FIVE


def wished_middleware():
    return ["RequestId", "Log", "Session", "Privacy", "Greeting", "Log"]
