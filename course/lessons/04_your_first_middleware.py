# ---
# title: Your first middleware
# summary: A layer is built once, with `get_response`, and called with each request.
# objectives:
#   - say what a request, a response and a view are, and what `get_response` is
#   - write a layer as a class, and as a function factory
#   - put a header on every answer of a site, refusals and errors among them
#   - switch a layer on with its dotted path in `MIDDLEWARE`
#   - know by their messages the mistakes that everybody makes first
# needs:
#   - Python functions, one inside another, and a class with two methods; no Django at all
# minutes: 75
# points: 19
# out_of_scope:
#   - in which order several layers should stand (lesson 05)
#   - answering a request without asking the view, on purpose (lesson 06)
#   - other things to do with a response, and what None causes (lesson 07)
#   - what a layer may remember from one request to the next (lesson 08)
# ---

# %% [markdown]
# ## Three words, and one promise
#
# Somebody opens a page. Their browser sends a **request**, such as `GET /tea/`. The site sends
# back a **response**: a status (200 means all is well, 404 not found, 500 the site fell over), a
# few headers, and the content. The function that makes the response is called a **view**. It is
# given the request, and returns the response.
#
# All this is Django's way of building sites. Here you use `minidjango`, which is Django with one
# word changed: where it says `minidjango` in these cells, a real project says `django`.

# %% [markdown]
# Here is a view. Run this cell, and then those that follow, in order (Shift and Enter together).

# %%
from minidjango.http import HttpResponse


def hello(request):
    return HttpResponse(f"Hello, you asked for {request.path}")


# %% [markdown]
# Nothing happened: a function was defined, and nobody has called it. `onion` builds a small site
# round that view, `app.get` sends it a request as a browser would, and `app.trace` draws what
# went on inside.

# %%
from autograder import onion

app = onion(view=hello)
response = app.get("/tea/")
print(response.status, "|", response.text)
app.trace

# %% [markdown]
# The picture will grow. For now there is only the view: follow the numbers. The request went in to
# it (1), and its answer came out (2). Open "in words" below it, and read the same as text.
#
# **Change something.** Ask for another path, run the cell again, and find your path in the answer.

# %% [markdown]
# ## A layer
#
# Some work is to be done for *every* request, whichever page it is for: count it, measure it, put
# a header on its answer. Nobody wants to write that into each view. It goes into a
# **middleware**, which this course mostly calls a **layer**: layers lie round the view as those
# of an onion lie round its heart.
#
# This layer does nothing but talk. Python gives both its methods a meaning: `__init__` runs when
# an object of the class is made, and `__call__` when that object is called like a function.


# %%
class Doorman:
    def __init__(self, get_response):
        print("Doorman is built")
        self.get_response = get_response

    def __call__(self, request):
        print("Doorman is called for", request.path)
        return self.get_response(request)


# %% [markdown]
# Now a question, the first of many. This is how they work: read, choose, and write the letter of
# your answer into the cell below, as `return "a"`, with the quotation marks, in place of the two
# lines that stand there. Run that cell and the next one, which answers at once, and says why. You
# may try again as often as you like. A wrong guess costs nothing, and teaches the most.

# %% [markdown] quiz="built-how-often" points=1
# A guess first. The next example builds one site with `Doorman`, and then sends it three requests.
# How often will it print `Doorman is built`?
#
# - [ ] three times, once before each request
#   [built-for-each-request] A layer is not made for a request. It is there before the first one
#   comes.
# - [ ] four times: once at the start, and once more for each request
#   [built-for-each-request] At the start, yes. After that it is the same object that is called.
# - [x] once
#   The site makes one object of the class when it starts, and calls that object three times.

# %%
app = onion(Doorman, view=hello)
for path in ["/tea/", "/coffee/", "/milk/"]:
    app.get(path)
app.trace

# %% [markdown]
# One construction, three calls. (You may read that Django's handler, the object that holds all
# layers, is made anew for each request. It is not: you have counted.) The picture shows the last
# request: in through `Doorman` to the view, and out again.
#
# **Rule 1. `__init__(get_response)` runs once, when the site starts. `__call__(request)` runs for
# each request.**
#
# **Change something.** Add a fourth path to the list. Then write `onion(Doorman, view=hello)` on a
# line of its own, above `app.trace`: two sites, two doormen.

# %% [markdown]
# ## What is `get_response`?
#
# `Doorman` was handed something when it was built, kept it, and calls it with each request. Before
# you look at what that does, guess the order of things. A function is *entered* when it begins to
# run, and *left* when it has returned.
#
# Questions write layers down as a project does: in a list called `MIDDLEWARE`, the outermost first.
# There `"site.Doorman"` means `Doorman`, from a file `site.py`. More of that list towards the end.

# %% [markdown] quiz="one-layer" points=1
# **Predict.** One layer round one view. Who is entered (in) and who is left (out), in which order?
#
# ```scenario
# Doorman
# view: hello
# GET /doors/
# ```
#
# - [ ] one-at-a-time
#   `Doorman` calls `get_response` in the middle of its own `__call__`, and waits there. It cannot
#   be over before what it called is over.
# - [x] happens
#   `Doorman` calls `get_response`, which leads to `hello`. The answer of `hello` comes back to
#   `Doorman`, which returns it.
# - [ ] only-on-the-way-out
#   Nothing calls `hello` before `Doorman` does.
# - [ ] only-on-the-way-in
#   Whoever calls a function gets its result back. `Doorman` called, so the answer comes back
#   through `Doorman`.

# %% [markdown]
# Now the same with a layer that says where it is.


# %%
class Doorman:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        print("Doorman: before")
        response = self.get_response(request)
        print("Doorman: after, with a", response.status_code)
        return response


def hello(request):
    print("        hello is at work")
    return HttpResponse(f"Hello, you asked for {request.path}")


app = onion(Doorman, view=hello)
app.get("/tea/")
app.trace

# %% [markdown]
# What stands above the call of `get_response` happens on the way in, what stands below it on the
# way out. In between, `Doorman` waits. What `get_response` returns is the response.
#
# Now there are two layers, `Doorman` first, then `Clerk`. Each is handed a `get_response`.

# %% [markdown] quiz="behind-get-response" points=1
# A site lists two layers, first `Doorman`, then `Clerk`. What does the `get_response` that
# `Doorman` was handed lead to?
#
# - [x] to `Clerk`
#   It is whatever stands next, further in. `Doorman` cannot tell whether that is a layer or the
#   view, and need not.
# - [ ] to the view
#   [get-response-is-the-view] That is so for the innermost layer only. If `Doorman` called the
#   view, nobody would ever call `Clerk`.
# - [ ] to the view first, and to `Clerk` when the view has answered
#   [only-on-the-way-out] `Clerk` stands between the two: the view can be reached only through it.


# %%
class Clerk:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        print("    Clerk: before")
        response = self.get_response(request)
        print("    Clerk: after, with a", response.status_code)
        return response


app = onion(Doorman, Clerk, view=hello)
app.get("/tea/")
app.trace

# %% [markdown]
# **Rule 2. `get_response` is everything further in: the next layer, and for the innermost layer
# the view. Whoever calls it waits, and gets a response back.**
#
# **Change something.** Swap the two names in `onion(Doorman, Clerk, ...)`. Who speaks first now,
# and who last? The whole of lesson 05 is about that.

# %% [markdown] quiz="two-layers" points=1
# **Predict.** Two layers now, and both pass on what they are given. Which way does this request go?
#
# ```scenario
# Doorman
# Clerk
# view: till
# GET /counter/7/
# ```
#
# - [ ] same-order-out
#   `Doorman` called `Clerk`, and waits for it. It cannot return before `Clerk` has.
# - [ ] one-at-a-time
#   Each layer waits in the middle of its own call, while everyone further in works.
# - [ ] only-on-the-way-in
#   `till` returns its answer to `Clerk`, which called it, and `Clerk` to `Doorman`.
# - [x] happens
#   In from outside, and the same way back.

# %% [markdown]
# ## Your turn: pass it on
#
# `RequestNumber` gives each request a number, so that a log can say which one it is about. Only
# the last line of `__call__` is missing. Write it, in place of the two lines that stand there:
# hand the request to whoever is further in, and return what comes back.
#
# For example: of three requests to one site, the view finds 1, 2 and 3 in `request.number`, and
# each visitor gets the answer that the view made for them. Another site begins with 1 again.
#
# Run your cell, then the check below the hints. It builds sites of its own with your layer, and
# shows a card. Hints are folded: open one only when you are stuck.


# %% exercise="pass-on"
class RequestNumber:
    """Number the requests of a site, and pass each of them on."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        ### BEGIN SOLUTION
        return self.get_response(request)
        ### END SOLUTION


# %% [markdown] hint="pass-on"
# Who is further in?
#
# `__init__` has kept something that leads to everyone further in. Under which name?

# %% [markdown] hint="pass-on"
# Three things on one line
#
# The line calls what was kept (`self.` and a name), hands it one thing in the brackets, and gives
# back what comes of it (`return`). You have seen it in the first `Doorman`.

# %% check="pass-on" points=1
from minidjango.http import Http404, HttpResponse


def ticket(request):
    return HttpResponse(f"number {getattr(request, 'number', 'missing')}")


app = onion(RequestNumber, view=ticket)
app.get(fresh("/{}/"))
app.trace.content("number 1")
app.get(fresh("/{}/"))
app.trace.content("number 2")
### BEGIN HIDDEN TESTS
app.post(fresh("/{}/{}/"))
app.trace.content("number 3")
nothing_here = raises(Http404)
lost = onion(RequestNumber, view=nothing_here)
lost.get(fresh("/{}/"), status=404)
lost.trace.reached(nothing_here)
another = onion(RequestNumber, view=ticket)
another.get(fresh("/{}/"))
another.trace.content("number 1")
### END HIDDEN TESTS

# %% [markdown]
# ## Four ways to get that line wrong
#
# It is one line, and everybody gets it wrong once. The first way: the `return` is forgotten. The
# view runs, and answers. What does the visitor get? Guess, then run it. (`status="*"` says that
# any answer will do. Without it, `app.get` complains if the view's answer does not come back.
# `app.raised` is the exception that left the whole site, if one did.)


# %%
class Forgetful:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        self.get_response(request)


app = onion(Forgetful, view=hello)
app.get("/tea/", status="*")
print(app.raised)
app.trace

# %% [markdown]
# An error, for every page of the site; the picture marks it with a `!`. A Python function that
# ends without `return` gives None, and Django wants to go on with a response. The message is the
# real one, and it names neither your layer nor the mistake. Remember it so: *a NoneType has no
# attribute that I never heard of: which layer forgot its `return`?*
#
# (Articles promise you "didn't return an HttpResponse object" here. That is what a *view* gets
# which forgets; lesson 07 shows both.) Mended:


# %%
class Forgetful:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


app = onion(Forgetful, view=hello)
app.get("/tea/")
app.trace

# %% [markdown]
# The second way: `get_response` is called twice. Somebody wants to see whether all is well inside,
# and then calls again for the answer. `app.post` sends a form, as a shop's order button does. How
# many orders are placed?


# %%
class Eager:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self.get_response(request).status_code == 200:
            print("Eager: all is well inside")
        return self.get_response(request)


def order(request):
    print("    an order is placed")
    return HttpResponse("Thank you.")


app = onion(Eager, view=order)
app.post("/orders/", status="*")
app.trace

# %% [markdown]
# Two orders, and one thank you. `get_response` keeps nothing: each call sends the request through
# everyone further in. Call it once, and give what comes back a name:


# %%
class Eager:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 200:
            print("Eager: all is well inside")
        return response


app = onion(Eager, view=order)
app.post("/orders/")
app.trace

# %% [markdown] quiz="twice-outside" points=1
# **Predict.** The mistake is made by the outer one of two layers. What happens further in?
#
# ```scenario
# Eager: calls on twice
# Clerk
# view: order
# POST /orders/
# ```
#
# - [x] happens
#   Each call goes through everyone further in: `Clerk` too is entered twice.
# - [ ] twice-is-once
#   The first answer is not kept anywhere. The second call asks for another one.
# - [ ] same-order-out
#   The first call is over, with `order` and `Clerk` left, before the second begins.

# %% [markdown]
# The third way: `get_response` is not called at all. `Parrot` answers everybody itself.


# %%
class Parrot:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return HttpResponse("Hello, hello.")


app = onion(Doorman, Parrot, view=hello)
app.get("/tea/", status="*")
app.trace

# %% [markdown]
# "Not reached", says the picture of `hello`: nobody called it. Of `Parrot` it says "short circuit".
# Done on purpose, this is the strongest thing that a layer can do, and lesson 06 is about it. Done
# by accident, it is a site with one page. `Doorman` notices nothing: it called on, and got a
# response.
#
# **Change something.** Let `Parrot` return `self.get_response(request)`, and the view is back.

# %% [markdown] quiz="the-parrot-answers" points=1
# **Predict.** `Clerk` stands outside the parrot, and `Doorman` inside. Who of the three sees
# anything of this request?
#
# ```scenario
# Clerk
# Parrot: answers 200
# Doorman
# view: hello
# GET /parrots/
# ```
#
# - [ ] view-runs-anyway
#   Nothing runs by itself: `hello` and `Doorman` are called through `get_response`, and `Parrot`
#   does not call it.
# - [ ] only-who-answers
#   The way to `Parrot` leads through `Clerk`, which called it, and gets its answer.
# - [x] happens
#   `Clerk` calls `Parrot`, `Parrot` answers, and `Clerk` returns that answer.
# - [ ] everyone-is-left
#   Only who was entered can be left, and `Doorman` never was.

# %% [markdown]
# The fourth way: `get_response` is called, once, and what came back is thrown away. `Painter`
# wants a nicer page. The view says that there is no such page: status 404.


# %%
class Painter:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        return HttpResponse(f"<h1>{response.text}</h1>")


def empty_shelf(request):
    return HttpResponse("no tea left", status=404)


app = onion(Painter, view=empty_shelf)
response = app.get("/tea/", status="*")
print(response.status, "|", response.text)
app.trace

# %% [markdown]
# The content was saved, and the status was lost: "no tea left", says the page, and 200, all is
# well, says the status. A new response knows nothing of the old one. So a layer that wants to
# change something changes *that* response, and returns it:


# %%
class Painter:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.content = f"<h1>{response.text}</h1>"
        return response


app = onion(Painter, view=empty_shelf)
response = app.get("/tea/", status=404)
print(response.status, "|", response.text)
app.trace

# %% [markdown] quiz="the-painter-paints-over" points=1
# **Predict.** A layer that throws the view's answer away: when does it do so?
#
# ```scenario
# Doorman
# Painter: calls on, then answers 200
# view: gallery
# GET /pictures/
# ```
#
# - [ ] late-is-in-time
#   `Painter` made an answer of its own, but only after it had called on: `gallery` has run.
# - [ ] one-at-a-time
#   `Doorman` waits for `Painter`, and `Painter` for `gallery`. None of them is over before what it
#   called is.
# - [ ] only-on-the-way-in
#   `Painter` returns to `Doorman`, which called it, like everybody else.
# - [x] happens
#   The view runs, and its answer gets as far as `Painter`. From there another one goes out.

# %% [markdown]
# ## When a class of your own will not work
#
# You are about to write a whole class. Three slips, and what you will read. The first: `__init__`
# has no room for `get_response`. (`NotBuilt` is what `onion` raises when a site cannot start.)


# %% raises=true
class NoRoom:
    def __init__(self):
        print("NoRoom is built")

    def __call__(self, request):
        return self.get_response(request)


onion(NoRoom, view=hello)

# %% [markdown]
# The site does not start. ("2 were given": Python counts `self` as well.) The second slip:
# `get_response` is not kept. The third: the method is called `call`, without its underscores.


# %%
class NotKept:
    def __init__(self, get_response):
        print("NotKept is built")

    def __call__(self, request):
        return self.get_response(request)


class NoUnderscores:
    def __init__(self, get_response):
        self.get_response = get_response

    def call(self, request):
        return self.get_response(request)


for layer in [NotKept, NoUnderscores]:
    app = onion(layer, view=hello)
    try:
        app.get("/tea/")
    except AssertionError as error:
        print(error)
app.trace

# %% [markdown]
# Both sites start, and answer every request with a 500. `onion` tells you so in its own words; the
# error and its message, after "raised", are Python's. On a real site they stand in the log.
#
# The mend is the same for all three: this shape, to the letter.


# %%
class Plain:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)


app = onion(Plain, view=hello)
app.get("/tea/")
app.trace

# %% [markdown]
# ## A mark on every answer
#
# A response has **headers**: short notes beside the content, each with a name and a value, for
# browsers and other programs to read. `X-Robots-Tag: noindex` asks search engines to leave a page
# out. On a test site you want it on *every* page, so it is work for a layer.


# %%
class NoIndex:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["X-Robots-Tag"] = "noindex"
        return response


app = onion(NoIndex, view=hello)
response = app.get("/tea/")
print("X-Robots-Tag:", response.headers["X-Robots-Tag"])
app.trace

# %% [markdown]
# **Change something.** Let the layer set a second header, `Cache-Control` with the value
# `no-store`, and print that too.
#
# Now the view finds that there is no such page. It says so by raising `Http404`, Django's
# exception for that.

# %% [markdown] quiz="lost-and-stamped" points=1
# `NoIndex` stands round a view that raises `Http404`. The visitor gets a 404 page. Is the header on
# it?
#
# - [ ] No: the exception flies past `NoIndex`, and the lines below its call are never reached.
#   [exception-flies-through] Nothing flies past: by the time `get_response` returns, Django has
#   made a response of the exception.
# - [x] Yes: `get_response` returns a response with status 404, like any other.
#   Django stands between any two layers, and makes a response of what is raised further in.
# - [ ] Only if `NoIndex` has a `try` round its call, and sets the header in the `except` too.
#   [exception-flies-through] That `except` would wait in vain. The exception has become a
#   response before it reaches the layer.

# %%
from minidjango.http import Http404


def no_such_tea(request):
    raise Http404("no such tea")


def careless(request):
    return HttpResponse(1 / 0)


for view, status in [(no_such_tea, 404), (careless, 500)]:
    app = onion(NoIndex, view=view)
    response = app.get("/tea/", status=status)
    print(response.status, "| X-Robots-Tag:", response.headers["X-Robots-Tag"])
app.trace

# %% [markdown]
# Both are stamped, the 404 and the 500.
#
# **Rule 3. What is raised further in has become a response by the time `get_response` returns. A
# layer sees refusals and errors as it sees pages.**
#
# **Change something.** Let `NoIndex` set the header only `if response.status_code == 200`, and run
# both cells again. The second one ends in a KeyError: the 404 has no such header to print. Then
# take the `if` out again.

# %% [markdown]
# ## Your turn: a header stamp
#
# A site runs on several servers, and somebody wants to know which of them has answered. Write
# `ServedBy`. It puts the header `X-Served-By`, with the value `onion`, on **every** answer: pages,
# refusals (status 403: you may not), 404s and 500s. In all else, the answer stays as it is.
#
# For example: `GET /tea/` gives the view's page, with its status and its content, and
# `X-Served-By: onion`. Where the view raises `Http404`, the 404 has the same header.


# %% exercise="header-stamp"
class ServedBy:
    """Put the header `X-Served-By: onion` on every answer."""

    def __init__(self, get_response):
        ### BEGIN SOLUTION
        self.get_response = get_response
        ### END SOLUTION

    def __call__(self, request):
        ### BEGIN SOLUTION
        response = self.get_response(request)
        response.headers["X-Served-By"] = "onion"
        return response
        ### END SOLUTION


# %% [markdown] hint="header-stamp"
# What each method has to do
#
# `__init__` has one thing to do: to keep what it is handed, for later. `__call__` has three: to
# get the response, to write on it, to return it.

# %% [markdown] hint="header-stamp"
# Nearly the answer
#
# `NoIndex` above does the same with another header. Which of its lines say which header it is?
# Ask for nothing before you set it: there is no `if` in this layer.

# %% check="header-stamp" points=2
from minidjango.http import Http404, HttpResponse


def page(request):
    return HttpResponse("a page")


app = onion(ServedBy, view=page)
app.get(fresh("/{}/"))
app.trace.header("X-Served-By", "onion")
app.trace.no_header("X-Robots-Tag")
app = onion(ServedBy, view=raises(Http404))
app.get(fresh("/{}/"), status=404)
app.trace.header("X-Served-By", "onion")
### BEGIN HIDDEN TESTS
# A page with a status and a header of its own, a refusal further in, an error: each is stamped.
made = onion(ServedBy, view=returns("made", status=201, X_Kind="tea"))
for _ in range(2):
    made.post(fresh("/{}/"))
    made.trace.header("X-Served-By", "onion")
refusal = onion(ServedBy, returns("No.", status=403), view=page)
refusal.get(fresh("/{}/{}/"), status=403)
refusal.trace.header("X-Served-By", "onion")
broken = onion(ServedBy, view=raises(ValueError))
broken.get(fresh("/{}/"), status=500)
broken.trace.header("X-Served-By", "onion")
### END HIDDEN TESTS

# %% [markdown]
# ## The same as a function
#
# Rule 1 asks for something that is called once with `get_response`, and gives something that is
# called with each request. A class does that. So does a function that returns a function: it is
# called a **factory**, because it makes the layer.


# %%
def no_index(get_response):
    print("no_index: the factory runs")

    def middleware(request):
        print("    the layer runs")
        response = get_response(request)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware


# %% [markdown] quiz="which-lines-each-time" points=1
# Two requests are sent to a site with the layer `no_index`. Which of its lines run twice?
#
# - [x] the body of `middleware`
#   The factory returned that function, and it is what is called for each request.
# - [ ] the whole of `no_index`, from its first line to its last
#   [built-for-each-request] The factory runs when the site starts, as `__init__` does.
# - [ ] `return middleware`, which hands out a new function each time
#   [built-for-each-request] That line belongs to the factory. It ran before the first request.

# %%
app = onion(no_index, view=hello)
for path in ["/tea/", "/coffee/"]:
    app.get(path)
app.trace

# %% [markdown]
# | | as a class | as a function factory |
# | --- | --- | --- |
# | once, at the start | `__init__(self, get_response)` | the outer function |
# | for each request | `__call__(self, request)` | the inner function |
# | how it gets at `get_response` | `self.get_response` | by its name: the inner function sees it |
#
# Note that the factory ends in `return middleware`, without brackets: it returns the function
# itself, and does not call it.

# %% [markdown] quiz="a-function-among-them" points=1
# **Predict.** Of these two layers the outer one is a class, and the inner one, `Stamp`, is made by
# a function factory. Which way does the request take?
#
# ```scenario
# Doorman
# Stamp
# view: robots
# GET /robots.txt
# ```
#
# - [ ] only-on-the-way-out
#   A factory runs when the site starts. The layer that it made is called on the way in, as any
#   other.
# - [x] happens
#   How a layer is written makes no difference to the onion.
# - [ ] one-at-a-time
#   `Stamp` is called by `Doorman`, which waits for it, and calls `robots` in turn.
# - [ ] same-order-out
#   A layer is left when what it called has returned: `Stamp` before `Doorman`.

# %% [markdown]
# The mistake that belongs to factories: the last line is forgotten.


# %% raises=true
def no_index(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers["X-Robots-Tag"] = "noindex"
        return response


onion(no_index, view=hello)

# %% [markdown]
# This message is a good one: it says what returned None. (`onion` puts your layer in a module with
# a name such as `onion_9`; in a project, the path of your own module stands there.) Mended:


# %%
def no_index(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return middleware


app = onion(no_index, view=hello)
app.get("/tea/")
app.trace

# %% [markdown] quiz="the-other-return" points=1
# A factory has two `return`s. This time the outer one is there, and the inner one, `return
# response`, is forgotten. When does anybody notice?
#
# - [ ] when the site starts: the factory has returned None
#   [factory-returned-nothing] The factory has returned a function, as it should. What that function
#   returns is not known before it is called.
# - [ ] never: the view's response goes out by itself
#   [forgot-return] A response goes as far as it is returned. Here it goes no further than the inner
#   function.
# - [x] with the first request, which ends in an error
#   The site starts, and the layer gives None for every request: `'NoneType' object has no
#   attribute ...`.

# %% [markdown]
# ## A layer that can be configured
#
# Django keeps what differs from site to site in its **settings**: names in capital letters, in one
# file called `settings.py`. Any code can read them, as `settings.NAME`. Here, `onion` takes them
# by name. A factory reads them once, while it builds its layer. (Read them inside a function: on
# the first lines of a cell there is no site yet, and so there are no settings.)

# %%
from minidjango.conf import settings


def robots_tag(get_response):
    tag = settings.ROBOTS_TAG

    def middleware(request):
        response = get_response(request)
        response.headers["X-Robots-Tag"] = tag
        return response

    return middleware


app = onion(robots_tag, view=hello, ROBOTS_TAG="noindex, nofollow")
response = app.get("/tea/")
print("X-Robots-Tag:", response.headers["X-Robots-Tag"])
app.trace

# %% [markdown]
# **Change something.** Give `ROBOTS_TAG` another text. Then take it away altogether: the site does
# not start, and the message ends with the name of the setting that is missing.

# %% [markdown]
# ## Your turn: the stamp as a factory
#
# Now each server is to give its own name. Write `served_by`, a function factory. Its layer puts the
# header `X-Served-By` on every answer, as before; the value is what the setting `SERVED_BY` says.
#
# For example: on a site with `SERVED_BY = "kitchen"`, `GET /tea/` gives the view's page with
# `X-Served-By: kitchen`, and a 404 has that header as well. Set no other header.

# %% exercise="header-stamp-factory"
from minidjango.conf import settings


def served_by(get_response):
    """Put the header `X-Served-By` on every answer; its value is the setting `SERVED_BY`."""
    ### BEGIN SOLUTION
    name = settings.SERVED_BY

    def middleware(request):
        response = get_response(request)
        response.headers["X-Served-By"] = name
        return response

    return middleware
    ### END SOLUTION


# %% [markdown] hint="header-stamp-factory"
# One function inside another
#
# The outer function is given; it is called once. Which function is to be called for each request?
# Write that one inside, and let the outer one return it.

# %% [markdown] hint="header-stamp-factory"
# Nearly the answer
#
# It is `robots_tag` with another header and another setting: `settings.SERVED_BY`, without quotes.
# Count your `return`s: the inner function returns the response, the outer one the inner function.

# %% check="header-stamp-factory" points=2
from minidjango.http import Http404, HttpResponse


def page(request):
    return HttpResponse("a page")


name = fresh("kitchen-{}")
app = onion(served_by, view=page, SERVED_BY=name)
app.get(fresh("/{}/"))
app.trace.header("X-Served-By", name)
app.trace.no_header("X-Robots-Tag")
app = onion(served_by, view=raises(Http404), SERVED_BY=name)
app.get(fresh("/{}/"), status=404)
app.trace.header("X-Served-By", name)
### BEGIN HIDDEN TESTS
# Two sites at once, each with its own name; and what is stamped keeps what it had.
cellar, attic = fresh(), fresh()
one = onion(served_by, view=returns("made", status=201, X_Kind="tea"), SERVED_BY=cellar)
other = onion(served_by, view=raises(ValueError), SERVED_BY=attic)
one.post(fresh("/{}/"))
one.trace.header("X-Served-By", cellar)
other.get(fresh("/{}/"), status=500)
other.trace.header("X-Served-By", attic)
one.get(fresh("/{}/{}/"))
one.trace.header("X-Served-By", cellar)
### END HIDDEN TESTS

# %% [markdown]
# ## Into a project: the dotted path
#
# In a project nobody calls `onion`. You write the layer into a file, and name it in the setting
# `MIDDLEWARE` by its **dotted path**: the module, a dot, the name. So this cell writes a file
# `stamps.py` into a new folder, somewhere, and adds that folder to those in which Python looks.

# %%
import sys
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp())
(folder / "stamps.py").write_text("""
class Stamp:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["X-Stamp"] = "seen"
        return response
""")
sys.path.append(str(folder))

# %% [markdown]
# The file imports nothing, and its class has no base class. Some articles want one, and say that
# "at least one of the methods" `process_request`, `process_response` and so on must be there.
# That is how layers worked before Django 1.10, in 2016. What a layer must be is said by Rule 1.
#
# When a site starts, Django does to each line of the list what this cell does: it finds what is
# meant with `import_string`, and builds it.

# %%
from minidjango.utils.module_loading import import_string

MIDDLEWARE = ["stamps.Stamp"]

app = onion(*[import_string(line) for line in MIDDLEWARE], view=hello)
response = app.get("/tea/")
print(response.headers)
app.trace

# %% [markdown]
# **Change something.** Make the list empty, `MIDDLEWARE = []`, and run the cell again. Nobody
# complains: an empty list is allowed (the first site of this lesson had one), and `X-Stamp` is
# gone. Then name `stamps.Stamp` again, twice even: each line makes a layer.
#
# A path that leads nowhere stops the site when it starts, with a message that helps:

# %%
try:
    import_string("stamps.Stmap")
except ImportError as error:
    print(error)

# %% [markdown] quiz="what-switches-it-on" points=1
# You have written a layer for a project. What makes Django use it?
#
# - [ ] saving it in a file `middleware.py`, inside an app of the project
#   [defined-is-active] Django does not look round for layers. The file may have any name, and lie
#   anywhere that Python imports from.
# - [ ] deriving the class from `MiddlewareMixin`
#   [base-class-needed] A base class can save you some typing. It switches nothing on.
# - [x] naming it, by its dotted path, in the list `MIDDLEWARE`
#   That list is all that Django reads when it builds the onion.
# - [ ] importing it at the top of `settings.py`
#   [defined-is-active] Then the class is there, and nobody has asked for it.

# %% [markdown] quiz="one-letter-more" points=1
# Several articles call the setting `MIDDLEWARES`. What happens if your `settings.py` says
# `MIDDLEWARES = ["stamps.Stamp"]`?
#
# - [ ] the site does not start: there is no such setting
#   [unknown-setting-is-noticed] A setting that Django does not know may be one of your own, like
#   `SERVED_BY`. So it says nothing.
# - [x] nothing: the site starts, and answers without the layer
#   Nobody ever asks for a setting of that name.
# - [ ] the layer is built, as if the name were `MIDDLEWARE`
#   [unknown-setting-is-noticed] Settings are found by their exact names, and by no others.

# %%
app = onion(view=hello, MIDDLEWARES=["stamps.Stamp"])
response = app.get("/tea/")
print("X-Stamp is there:", "X-Stamp" in response.headers)
app.trace

# %% [markdown]
# No layer, and no complaint. (`onion` hands `MIDDLEWARES` on as it handed on `ROBOTS_TAG`. The
# setting `MIDDLEWARE` it writes itself, from the layers in its brackets.)
#
# **Rule 4. A layer is switched on by its dotted path in `MIDDLEWARE`, and by nothing else. A
# setting whose name is misspelt does nothing, in silence.**

# %% [markdown] quiz="one-more-round" points=1
# **Predict.** A slip from the middle of the lesson, made one layer further in this time. What
# does `Doorman` see of it?
#
# ```scenario
# Doorman
# Eager: calls on twice
# view: ticket_office
# POST /tickets/
# ```
#
# - [ ] twice-is-once
#   `get_response` keeps no answer. Each call of it calls `ticket_office`.
# - [ ] one-at-a-time
#   `Doorman` is still waiting for `Eager`, and `Eager` for each of its two calls.
# - [x] happens
#   `Doorman` called once, and waits. What `Eager` does inside, it does twice.
# - [ ] inside-out
#   The first in the list is outermost: it is entered first, and left last.

# %% [markdown]
# ## Quick reference
#
# ```python
# class Layer:                                   # as a class
#     def __init__(self, get_response):          # once, when the site starts
#         self.get_response = get_response
#
#     def __call__(self, request):               # for each request
#         response = self.get_response(request)  # everyone further in
#         return response
#
#
# def layer(get_response):                       # as a function factory
#     def middleware(request):
#         return get_response(request)
#     return middleware
#
#
# MIDDLEWARE = ["package.module.Layer", "package.module.layer"]   # settings.py
# ```

# %% [markdown]
# | you read | look for |
# | --- | --- |
# | `'NoneType' object has no attribute ...` | a layer without `return` |
# | `Middleware factory ... returned None` | a factory without `return middleware` |
# | `__init__() takes 1 positional argument but 2 ...` | an `__init__` without `get_response` |
# | `object has no attribute 'get_response'` | an `__init__` that does not keep it |
# | `object is not callable` | a class without `__call__` |
# | `does not define a "..." attribute/class` | a dotted path with a slip in it |
# | nothing at all, and no effect | a layer that is not listed, or a list not called `MIDDLEWARE` |

# %% [markdown]
# ## In Django's own source
#
# - `django/core/handlers/base.py`, `BaseHandler.load_middleware`: the whole onion is one loop. Find
#   `import_string`, the line that builds the layer (`mw_instance = ...`), and "returned None".
# - `django/core/handlers/wsgi.py`, `WSGIHandler.__init__`: it calls `load_middleware`, and a server
#   makes one such handler in each of its processes. That is the "once" of Rule 1.
# - `django/core/handlers/exception.py`, `convert_exception_to_response`: what is behind Rule 3.
#   Each layer is wrapped in it, and so is the innermost piece, which calls the view.
# - `django/conf/global_settings.py`: the settings that Django knows, with their defaults. Look for
#   `MIDDLEWARE`: its default is the empty list.
# - `django/middleware/clickjacking.py`, `XFrameOptionsMiddleware`: a header stamp that every new
#   project has in its list.

# %% [markdown]
# ## What comes next
#
# You can write a layer, stamp every answer, and switch it on. Lesson 05 puts several of them
# together: which one sees a request first, which one sees the answer last, and why a layer that
# measures time has to stand outside the others.


# %% right="pass-on"
# A function factory: the count is a name of the outer function.
def RequestNumber(get_response):
    count = 0

    def middleware(request):
        nonlocal count
        count += 1
        request.number = count
        return get_response(request)

    return middleware


# %% right="pass-on"
# The hook that MiddlewareMixin calls on the way in: None means go on.
from itertools import count

from minidjango.utils.deprecation import MiddlewareMixin


class RequestNumber(MiddlewareMixin):
    def __init__(self, get_response):
        super().__init__(get_response)
        self.numbers = count(1)

    def process_request(self, request):
        request.number = next(self.numbers)


# %% right="pass-on"
# Gives the response a name before it returns it.
class RequestNumber:
    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        response = self.get_response(request)
        return response


# %% wrong="pass-on" misconception="forgot-return"
# Calls on, and lets the answer go.
class RequestNumber:
    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        self.get_response(request)


# %% wrong="pass-on" misconception="not-a-response"
# Returns the function, and does not call it.
class RequestNumber:
    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        return self.get_response


# %% wrong="pass-on" misconception="not-a-response"
# Passes the request on, and returns the request.
class RequestNumber:
    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        self.get_response(request)
        return request


# %% wrong="pass-on" misconception="wrong-arguments"
# Calls get_response with nothing in its brackets.
class RequestNumber:
    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        return self.get_response()


# %% wrong="pass-on" misconception="get-response-not-kept"
# Forgets `self.`: inside a method there is no such name.
class RequestNumber:
    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        return get_response(request)


# %% wrong="pass-on" misconception="called-next-twice"
# Calls on, and then calls on again for the answer.
class RequestNumber:
    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        self.get_response(request)
        return self.get_response(request)


# %% wrong="pass-on" misconception="never-called-next"
# Answers itself, with what it takes for the response.
from minidjango.http import HttpResponse


class RequestNumber:
    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        return HttpResponse(f"You are number {request.number}.")


# %% wrong="pass-on" misconception="response-replaced"
# Calls on, and returns an answer of its own.
from minidjango.http import HttpResponse


class RequestNumber:
    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        self.get_response(request)
        return HttpResponse("passed on")


# %% wrong="pass-on" misconception="kept-an-old-answer"
# Keeps the answer on `self`, and finds it there for the next visitor.
class RequestNumber:
    response = None

    def __init__(self, get_response):
        self.get_response = get_response
        self.count = 0

    def __call__(self, request):
        self.count += 1
        request.number = self.count
        if self.response is None:
            self.response = self.get_response(request)
        return self.response


# %% right="header-stamp"
# A function factory, and the response as a mapping of its headers.
def ServedBy(get_response):
    def middleware(request):
        response = get_response(request)
        response["X-Served-By"] = "onion"
        return response

    return middleware


# %% right="header-stamp"
# The hook that MiddlewareMixin calls on the way out.
from minidjango.utils.deprecation import MiddlewareMixin


class ServedBy(MiddlewareMixin):
    def process_response(self, request, response):
        response.headers.setdefault("X-Served-By", "onion")
        return response


# %% wrong="header-stamp" misconception="header-missing"
# Stamps a response that nobody gets.
from minidjango.http import HttpResponse


class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = HttpResponse()
        response.headers["X-Served-By"] = "onion"
        return self.get_response(request)


# %% wrong="header-stamp" misconception="header-missing"
# Writes the hook of an old tutorial into a class in which nobody calls it.
class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_response(self, request, response):
        response.headers["X-Served-By"] = "onion"
        return response


# %% wrong="header-stamp" misconception="not-callable"
# Has that hook in the place of `__call__`.
class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def process_response(self, request, response):
        response.headers["X-Served-By"] = "onion"
        return response


# %% wrong="header-stamp" misconception="header-sometimes-missing"
# Stamps pages only.
class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 200:
            response.headers["X-Served-By"] = "onion"
        return response


# %% wrong="header-stamp" misconception="wrong-header-value"
# Writes the value with a capital letter.
class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["X-Served-By"] = "Onion"
        return response


# %% wrong="header-stamp" misconception="wrong-signature"
# Expects to be handed the response together with the request.
class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request, response):
        response.headers["X-Served-By"] = "onion"
        return response


# %% wrong="header-stamp" misconception="get-response-not-kept"
# Does nothing with what it is handed at the start.
class ServedBy:
    def __init__(self, get_response):
        pass

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["X-Served-By"] = "onion"
        return response


# %% wrong="header-stamp" misconception="forgot-return"
# Stamps the answer, and stops there.
class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["X-Served-By"] = "onion"


# %% wrong="header-stamp" misconception="called-next-twice"
# Stamps one answer, and returns another.
class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        self.get_response(request).headers["X-Served-By"] = "onion"
        return self.get_response(request)


# %% wrong="header-stamp" misconception="response-replaced"
# Puts the content into a new response, which has the header and nothing else.
from minidjango.http import HttpResponse


class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        content = self.get_response(request).content
        return HttpResponse(content, headers={"X-Served-By": "onion"})


# %% wrong="header-stamp" misconception="header-unwanted"
# Copies `NoIndex` whole, and leaves its header in.
class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["X-Served-By"] = "onion"
        return response


# %% wrong="header-stamp" misconception="not-a-response"
# Returns what it has written on, and not whose headers they are.
class ServedBy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        headers = self.get_response(request).headers
        headers["X-Served-By"] = "onion"
        return headers


# %% right="header-stamp-factory"
# Reads the setting for each request.
from minidjango.conf import settings


def served_by(get_response):
    def middleware(request):
        response = get_response(request)
        response["X-Served-By"] = settings.SERVED_BY
        return response

    return middleware


# %% right="header-stamp-factory"
# A function of three arguments, with the first two filled in.
from functools import partial

from minidjango.conf import settings


def _stamp(get_response, name, request):
    response = get_response(request)
    response.headers.setdefault("X-Served-By", name)
    return response


def served_by(get_response):
    return partial(_stamp, get_response, settings.SERVED_BY)


# %% right="header-stamp-factory"
# A class: whatever is called with get_response and gives a layer is a factory.
from minidjango.conf import settings
from minidjango.utils.deprecation import MiddlewareMixin


class served_by(MiddlewareMixin):
    def process_response(self, request, response):
        response.headers["X-Served-By"] = settings.SERVED_BY
        return response


# %% wrong="header-stamp-factory" misconception="factory-returned-nothing"
# Makes the layer, and keeps it to itself.
from minidjango.conf import settings


def served_by(get_response):
    name = settings.SERVED_BY

    def middleware(request):
        response = get_response(request)
        response.headers["X-Served-By"] = name
        return response


# %% wrong="header-stamp-factory" misconception="wrong-signature"
# One function for both calls.
from minidjango.conf import settings


def served_by(get_response, request):
    response = get_response(request)
    response.headers["X-Served-By"] = settings.SERVED_BY
    return response


# %% wrong="header-stamp-factory" misconception="wrong-arguments"
# Calls the layer where it should return it.
from minidjango.conf import settings


def served_by(get_response):
    name = settings.SERVED_BY

    def middleware(request):
        response = get_response(request)
        response.headers["X-Served-By"] = name
        return response

    return middleware()


# %% wrong="header-stamp-factory" misconception="header-missing"
# Returns the wrong one of two functions.
from minidjango.conf import settings


def served_by(get_response):
    name = settings.SERVED_BY

    def middleware(request):
        response = get_response(request)
        response.headers["X-Served-By"] = name
        return response

    return get_response


# %% wrong="header-stamp-factory" misconception="forgot-return"
# The inner function stamps the answer, and returns nothing.
from minidjango.conf import settings


def served_by(get_response):
    name = settings.SERVED_BY

    def middleware(request):
        response = get_response(request)
        response.headers["X-Served-By"] = name

    return middleware


# %% wrong="header-stamp-factory" misconception="header-sometimes-missing"
# Takes errors for no business of its own.
from minidjango.conf import settings


def served_by(get_response):
    name = settings.SERVED_BY

    def middleware(request):
        response = get_response(request)
        if response.status_code < 400:
            response.headers["X-Served-By"] = name
        return response

    return middleware


# %% wrong="header-stamp-factory" misconception="wrong-header-value"
# Writes the setting's name where its value should be.
def served_by(get_response):
    name = "SERVED_BY"

    def middleware(request):
        response = get_response(request)
        response.headers["X-Served-By"] = name
        return response

    return middleware


# %% wrong="header-stamp-factory" misconception="header-unwanted"
# Puts a layer of its own round another one, which sets a header as well.
from minidjango.conf import settings


def served_by(get_response):
    inner = no_index(get_response)

    def middleware(request):
        response = inner(request)
        response.headers["X-Served-By"] = settings.SERVED_BY
        return response

    return middleware


# %% wrong="header-stamp-factory" misconception="layer-never-entered"
# Takes itself out wherever nobody is debugging.
from minidjango.conf import settings
from minidjango.core.exceptions import MiddlewareNotUsed


def served_by(get_response):
    if not settings.DEBUG:
        raise MiddlewareNotUsed("only for developers")

    def middleware(request):
        response = get_response(request)
        response.headers["X-Served-By"] = settings.SERVED_BY
        return response

    return middleware


# %% wrong="header-stamp-factory" misconception="response-replaced"
# Copies the content and the status, and loses whose answer it was.
from minidjango.conf import settings
from minidjango.http import HttpResponse


def served_by(get_response):
    def middleware(request):
        old = get_response(request)
        new = HttpResponse(old.content, status=old.status_code)
        new.headers["X-Served-By"] = settings.SERVED_BY
        return new

    return middleware
