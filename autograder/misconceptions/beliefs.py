"""What people believe about the onion, and show by the option of a question that they take.

Those that foretell a walk (`autograder.beliefs`) are known again where a student's function
foretells it; none of them can be seen in what a layer does.
"""

from __future__ import annotations

from autograder.misconceptions.case import Misconception
from autograder.misconceptions.foretold import foretold

ENTRIES = (
    Misconception(
        "view-runs-anyway",
        "The view is not called by itself",
        "Nothing calls the view but the innermost get_response. Where a layer does not call on, "
        "nobody further in is called, the view included.",
        "Follow the calls from outside: where do they end?",
        foretold("view-runs-anyway"),
    ),
    Misconception(
        "everyone-is-left",
        "Only who was entered can be left",
        "The answer of a layer is returned to whoever called that layer: to the layers outside. "
        "Those further in were never called, and have nothing to return.",
        "Which layers are waiting for get_response at that moment?",
        foretold("everyone-is-left"),
    ),
    Misconception(
        "only-who-answers",
        "The way leads through the layers outside",
        "The onion does not know beforehand who will answer. The request goes in from the "
        "outermost layer, and through each that calls on, until one does not.",
        "Who calls the layer that answers?",
        foretold("only-who-answers"),
    ),
    Misconception(
        "twice-is-once",
        "A second call does everything again",
        "get_response keeps nothing. Each call sends the request through all that is inside.",
        "What does get_response call, and how often?",
        foretold("twice-is-once"),
    ),
    Misconception(
        "late-is-in-time",
        "By then the view has run",
        "What stands after the call of get_response happens on the way out. The view has done its "
        "work by then, whatever becomes of its answer.",
        "On which line is the view called?",
        foretold("late-is-in-time"),
    ),
    Misconception(
        "answers-always",
        "The condition is asked for each request",
        "A layer that can answer does so only where its condition holds for this request; every "
        "other request it passes on.",
        "Put the path of this request into the condition.",
        foretold("answers-always"),
    ),
    Misconception(
        "passes-always",
        "The beginning of the path decides",
        "A condition on how a path begins holds for everything below it too.",
        "Does this path begin with the one that is meant?",
    ),
    Misconception(
        "order-makes-no-difference",
        "The same layers in another order are another onion",
        "Every layer in the list is called, whatever its place. What it finds on the request and "
        "on the response depends on who was there before it.",
        "For two layers that change places: what does each see of the other, before and after?",
    ),
    Misconception(
        "alphabetical-order",
        "Names play no part",
        "The framework takes the list as it is written, and never sorts it. Only its order decides "
        "who stands outside whom.",
        "Read the list from top to bottom, whatever the names are.",
    ),
    Misconception(
        "built-from-outside",
        "The onion is built from the inside",
        "A layer is given what it will call, when it is made, so that must be there before it. The "
        "last layer of the list is built first, and the first one last.",
        "What does `__init__` get, and who has made that?",
    ),
    Misconception(
        "a-copy-each",
        "There is one request",
        "Every layer hands on the object that it was given. What one of them sets on it, all find "
        "who look afterwards, further in and, on the way out, further out.",
        "What stands in the brackets of get_response, and where did it come from?",
    ),
    Misconception(
        "later-in-the-list-wins",
        "The outermost layer has the last word",
        "On the way out the last layer of the list has the response first, and the first layer has "
        "it last. Who sets a header last decides what the visitor gets.",
        "Who is the last to hold the response?",
    ),
    Misconception(
        "values-add-up",
        "To set a header is to replace it",
        "Who sets a header with `headers[name] = value` writes over what stood there. One value is "
        "left: the last.",
        "What happens to a name in Python that is given another value?",
    ),
    Misconception(
        "clock-sees-everything",
        "A layer sees only what is inside it",
        "A layer outside works before the clock is first read, or after it was read again. What "
        "stands outside is not measured.",
        "Who is at work between the two readings of the clock?",
    ),
    Misconception(
        "exception-flies-through",
        "Outside a layer there are only responses",
        "Django wraps each layer, and the view. What is raised inside, the wrapper has turned into "
        "a response before the layer outside gets anything: a `try` round get_response catches "
        "nothing of it.",
        "Who stands between the one that raises and the layer outside it?",
    ),
    Misconception(
        "answer-undoes-work",
        "An answer takes nothing back",
        "What the view has done is done when it returns: the order is placed, the mail is sent. "
        "Another status is only another thing to say about it.",
        "What had been done by the time that somebody chose this status?",
    ),
    Misconception(
        "cors-keeps-out",
        "CORS keeps nobody out",
        "The request comes in and the view runs, whosever page it is. Without the right header the "
        "browser keeps the answer from that page, and this is all.",
        "Who reads that header, and when?",
    ),
    Misconception(
        "any-origin-will-do",
        "The header names who may read",
        "The browser compares the value with the origin of the page that asked, letter by letter. "
        "A header that names somebody else allows nothing.",
        "Whose origin stands in the header, and whose page is asking?",
    ),
    Misconception(
        "every-options-is-a-preflight",
        "OPTIONS alone is no preflight",
        "A preflight says whose page asks, with `Origin`, and what would follow, with "
        "`Access-Control-Request-Method`. Any other OPTIONS request is for the view.",
        "Which two headers does a preflight have?",
    ),
    Misconception(
        "preflight-is-the-request",
        "The preflight goes ahead of the request",
        "Two requests are sent: the preflight, with the method OPTIONS, and the real one with its "
        "own method and content, once the first has been answered well.",
        "Which method does a preflight have?",
    ),
    Misconception(
        "built-for-each-request",
        "A layer is built once",
        "A layer is built when the site starts: `__init__`, or the outer function of a factory, "
        "runs then and not again. What is called for each request is the object that came of it.",
        "Which lines ran before the first request came?",
    ),
    Misconception(
        "get-response-is-the-view",
        "get_response is whatever stands next",
        "Each layer is handed everyone further in: the next layer, with all that is inside it. "
        "Only the innermost layer has the view itself behind its get_response.",
        "Who stands between this layer and the view?",
    ),
    Misconception(
        "base-class-needed",
        "No base class is needed",
        "A layer is whatever is built with get_response and called with a request: a class of its "
        "own, or a function in a function. A base class saves typing, and switches nothing on.",
        "Which of the layers of this lesson had a base class?",
    ),
    Misconception(
        "defined-is-active",
        "Django uses what is listed, and nothing else",
        "A layer that is written, saved or imported is there for Python, and Django does not know "
        "of it. It builds those that the setting MIDDLEWARE names.",
        "Where is the dotted path of this layer written down?",
    ),
    Misconception(
        "unknown-setting-is-noticed",
        "A setting of another name is nobody's business",
        "Settings are found by their exact names, and one that Django does not know may be your "
        "own. So a misspelt name is no error: it does nothing.",
        "Compare the name with that in Django's own settings, letter by letter.",
    ),
)
