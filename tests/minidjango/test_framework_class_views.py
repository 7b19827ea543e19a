"""A view that is a class answers, refuses and is made as Django's."""

import pytest

from tests.minidjango.twoframeworks import agree, logs

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "DISPATCH", "SETUP"]


def answered(fw, view, method="GET", path="/p/?a=b", **kwargs):
    """Return what a view says, and what is logged."""
    request = fw("test.RequestFactory")().generic(method, path)
    with logs(fw) as lines:
        response = view(request, **kwargs)
    return [response.status_code, dict(response.items()), lines]


def made(fw):
    """Return a view class for each of several needs."""
    View, Response = fw("views.generic.View"), fw("http.HttpResponse")

    class Page(View):
        """What it shows."""

        word = "word"

        def get(self, request, **kwargs):
            return Response(f"{self.word} {sorted(vars(self))} {self.args} {self.kwargs}")

    class Both(Page):
        http_method_names = ["get", "post"]  # noqa: RUF012

        def post(self, request):
            return Response("posted")

        def put(self, request):
            return Response("is not in the list")

    class Forgetful(Page):
        def setup(self, request, *args, **kwargs):
            """Forget to call super()."""

    return {"Page": Page, "Both": Both, "Forgetful": Forgetful, "View": View}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", ["Page", "Both", "Forgetful", "View"])
def test_each_method_is_answered_or_refused_the_same_way(kind, method):
    agree(lambda fw: answered(fw, made(fw)[kind].as_view(), method))


def test_a_class_based_view_keeps_what_it_was_called_with():
    def case(fw):
        view, request = made(fw)["Page"].as_view(word="given"), fw("test.RequestFactory")().get("/")
        return [view(request, name="x").content, view(request).content]

    agree(case)


@pytest.mark.parametrize("wrong", [{"get": 1}, {"unknown": 1}, {"word": 1}])
def test_what_as_view_is_given_must_be_there_and_no_method(wrong):
    agree(lambda fw: bool(made(fw)["Page"].as_view(**wrong)))


def test_as_view_is_for_the_class_alone_and_takes_no_positional_arguments():
    def case(fw):
        Page = made(fw)["Page"]
        return fw.each(instance=lambda: Page().as_view(), positional=lambda: Page.as_view("x"))

    agree(case)


def test_the_function_tells_of_its_class():
    def case(fw):
        class Marked(made(fw)["Page"]):
            def dispatch(self, request: int):
                """Do nothing."""

            dispatch.csrf_exempt = True

        view = Marked.as_view(word="w")
        names = [view.__doc__, view.__name__, view.__module__, view.__annotations__]
        return [*map(str, names), view.view_class is Marked, view.view_initkwargs, view.csrf_exempt]

    agree(case)


def test_each_request_has_an_instance_of_its_own():
    def case(fw):
        class Counting(fw("views.generic.View")):
            def get(self, request):
                self.count = getattr(self, "count", 0) + 1
                return fw("http.HttpResponse")(self.count)

        view, request = Counting.as_view(), fw("test.RequestFactory")().get("/")
        return [view(request).content, view(request).content]

    assert agree(case) == ["returned", [b"1", b"1"]]


REDIRECTS = [
    {"url": "/to/%(name)s/"},
    {"url": "/to/", "permanent": True},
    {"url": "/to/", "query_string": True},
    {"url": "/to/100%%/", "query_string": True},
    {"pattern_name": "named"},
    {"pattern_name": "other"},
    {},
]
urlpatterns = []


@pytest.mark.parametrize(
    "method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE", "PUT", "PATCH", "TRACE"]
)
@pytest.mark.parametrize("how", REDIRECTS, ids=str)
def test_a_redirect_view_leads_to_the_same_place(how, method):
    def case(fw):
        global urlpatterns
        view = fw("views.generic.RedirectView").as_view(**how)
        urlpatterns = [fw("urls.path")("n/<str:name>/", view, name="named")]
        return answered(fw, view, method, name="x")

    agree(case, ROOT_URLCONF=__name__)


@pytest.mark.parametrize("how", [{}, {"template_name": "t.txt"}, {"extra_context": {"a": "extra"}}])
def test_a_template_view_renders_late_with_what_was_captured(tmp_path, how):
    (tmp_path / "t.txt").write_text("$a $b", encoding="utf-8")

    def case(fw):
        backend = f"{fw.root}.template.backends.dummy.TemplateStrings"
        fw("conf.settings").TEMPLATES = [{"BACKEND": backend, "DIRS": [tmp_path]}]
        options = {"content_type": "a/b", "template_engine": "dummy", **how}
        view = fw("views.generic.TemplateView").as_view(**options)
        response = view(fw("test.RequestFactory")().get("/"), a=1, b=2)
        context = {name: str(type(each)) for name, each in response.context_data.items()}
        shown = [response.is_rendered, context, response.template_name, response.using]
        return [*shown, dict(response.items()), response.render().content]

    agree(case)
