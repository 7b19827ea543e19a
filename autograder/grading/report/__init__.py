"""One page about a class, for the instructor: its marks, its misconceptions, what to teach again.

sections   the heading under which each graded cell of a lesson stands
numbers    the marks of the class, exercise by exercise
teaching   the misconceptions of the class, ranked, and what to teach again
privacy    words that would tell who somebody is, kept off an anonymous page
drawing    bars, as SVG in the page
page       the page itself; its words and its style are in `page.html`
command    the command line
"""
