"""Late responses, the two engines, and the pages of errors, as on Django."""

import pickle

import pytest

from tests.minidjango.twoframeworks import agree, environ

STRINGS, JINJA = "dummy.TemplateStrings", "jinja2.Jinja2"


def processor(request):
    """A context processor."""
    return {"site": "the site of " + request.path}


def engines(root, folder, **jinja):
    """Return TEMPLATES with both engines over one folder."""
    backends = f"{root}.template.backends."
    plain = {"BACKEND": backends + STRINGS, "DIRS": [folder], "NAME": "strings"}
    options = {"context_processors": [__name__ + ".processor"], **jinja}
    return [plain, {"BACKEND": backends + JINJA, "DIRS": [folder], "OPTIONS": options}]


@pytest.fixture
def folder(tmp_path):
    """Two folders with templates; returns one."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "plain.txt").write_text("$a $b $$ ${c}", encoding="utf-8")
    (pages / "page.html").write_text("{{ a }}|{{ site }}|{{ request.path }}|{{ no }}", "utf-8")
    (pages / "broken.html").write_text("first\n{% nothing %}", encoding="utf-8")
    (pages / "raises.html").write_text("{% include 'broken.html' %}", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return pages


def with_engines(fw, folder, **jinja):
    fw("conf.settings").TEMPLATES = engines(fw.root, folder, **jinja)
    return fw("core.handlers.wsgi.WSGIRequest")(environ("/here/"))


class Markup:
    def __html__(self):
        return "<b>"


CONTEXT = {"a": "<&'\"", "b": Markup(), "c": 7}
NAMES = ["plain.txt", "page.html", "broken.html", "raises.html", "none.html", "../secret.txt"]


@pytest.mark.parametrize("using", ["strings", "jinja2", None, "unknown"])
@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_rendered_or_refused_the_same_way(folder, name, using):
    def case(fw):
        request = with_engines(fw, folder)
        render = fw("template.loader.render_to_string")
        without = fw.outcome(lambda: render(name, dict(CONTEXT), using=using))
        within = fw.outcome(lambda: render([name], dict(CONTEXT), request, using=using))
        shortcut = fw("shortcuts.render")
        page = fw.outcome(lambda: bytes(shortcut(request, name, {}, "a/b", 201, using)))
        return [without, within, page]

    agree(case)


def test_missing_templates_say_what_was_tried(folder):
    def case(fw):
        with_engines(fw, folder)
        try:
            fw("template.loader.select_template")(["none.html", "nor.html"])
        except fw("template.TemplateDoesNotExist") as error:
            chain = [[str(each), each.backend.name, len(each.tried)] for each in error.chain]
            tried = [(str(origin), why) for each in error.chain for origin, why in each.tried]
            return [str(error), chain, tried]
        raise AssertionError("it was found")

    agree(case)


SETTINGS = [
    [{}],
    [{"BACKEND": "nodot"}],
    [{"BACKEND": "a.b.C"}],
    [{"BACKEND": "ROOT.template.backends.dummy.TemplateStrings"}] * 2,
    [{"BACKEND": "ROOT.template.backends.dummy.TemplateStrings", "OPTIONS": {"x": 1}}],
    [{"BACKEND": "ROOT.template.backends.dummy.TemplateStrings", "WRONG": 1}],
    [{"BACKEND": "ROOT.template.backends.jinja2.Jinja2", "OPTIONS": {"environment": "a.b"}}],
]


@pytest.mark.parametrize("templates", SETTINGS, ids=str)
def test_wrong_settings_are_named(templates):
    def case(fw):
        found = [
            {k: v.replace("ROOT", fw.root) if isinstance(v, str) else v for k, v in each.items()}
            for each in templates
        ]
        fw("conf.settings").TEMPLATES = found
        return fw("template.loader.get_template")("x")

    agree(case)


def test_select_template_wants_several_names():
    select = "template.loader.select_template"
    agree(lambda fw: [fw.outcome(fw(select), "one"), fw.outcome(fw(select), [])])


def test_a_late_response_is_rendered_once_and_calls_back(folder):
    def case(fw):
        request, seen = with_engines(fw, folder), []
        Late, Response = fw("template.response.TemplateResponse"), fw("http.HttpResponse")
        late = Late(request, ["none.html", "page.html"], {"a": 1}, "a/b", 203, using="jinja2")
        refused = fw.each(
            content=lambda: late.content,
            iteration=lambda: list(late),
            pickling=lambda: pickle.dumps(late),
        )
        late.add_post_render_callback(lambda done: seen.append(done.content))
        late.add_post_render_callback(lambda done: Response("instead"))
        before, result = late.is_rendered, late.render()
        late.add_post_render_callback(lambda done: seen.append("at once"))
        late.context_data = {"a": 2}
        again = late.render() is late
        pickled = [name in late.__getstate__() for name in (*late.rendering_attrs, "headers")]
        found = [before, late.is_rendered, result.content, late.content, again, seen]
        return [refused, found, repr(late), late.rendered_content, pickled]

    agree(case)


def test_setting_the_content_counts_as_rendering():
    def case(fw):
        late = fw("template.response.SimpleTemplateResponse")("never looked for")
        late.content = "x"
        return [late.render().content, late.is_rendered]

    agree(case)


PAGES = ["page_not_found", "permission_denied", "bad_request", "server_error"]


@pytest.mark.parametrize("words", [(), ("a", "b"), ({"tried": []},)])
@pytest.mark.parametrize("page", PAGES)
def test_error_pages_use_the_projects_templates(folder, page, words):
    for status in (400, 403, 404, 500):
        (folder / f"{status}.html").write_text("{{ exception }} {{ request_path }} {{ site }}")

    def case(fw):
        request = with_engines(fw, folder)
        view = fw(f"views.defaults.{page}")
        exception = () if page == "server_error" else (fw("http.Http404")(*words),)
        found = view(request, *exception)
        missing = fw.outcome(lambda: view(request, *exception, template_name="none.html"))
        return [found.status_code, found.content, missing]

    agree(case)


@pytest.mark.parametrize("page", PAGES)
def test_error_pages_without_templates_have_the_same_status_and_title(page):
    def case(fw):
        request = fw("core.handlers.wsgi.WSGIRequest")(environ("/<b>/"))
        exception = () if page == "server_error" else (ValueError("<i>"),)
        found = fw(f"views.defaults.{page}")(request, *exception)
        title = found.text.partition("<title>")[2].partition("</title>")[0]
        return [found.status_code, title, "<i>" in found.text, "<b>/" in found.text]

    agree(case)


def view(request):
    """Where `redirect` may lead."""


class Model:
    def get_absolute_url(self):
        return "/model/"


TARGETS = ["named", "other", "/a/b?c", "./x", "../x", "http://h/x", view, Model(), processor]


@pytest.mark.parametrize("to", TARGETS, ids=lambda to: to if isinstance(to, str) else None)
@pytest.mark.parametrize("more", [{}, {"permanent": True}, {"preserve_request": True}, {"n": 1}])
def test_redirects_lead_to_views_names_and_urls(to, more):
    def case(fw):
        global urlpatterns
        urlpatterns = [fw("urls.path")("n/<int:n>/", view, name="named")]
        urlpatterns.append(fw("urls.path")("v/", view))
        found = fw("shortcuts.redirect")(to, **more)
        return [found.status_code, found.url]

    agree(case, ROOT_URLCONF=__name__)
