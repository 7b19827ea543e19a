"""What a view is given and what it returns (``django.http``).

``X as X`` says: this name may be imported from here.
"""

from minidjango.http.cookie import SimpleCookie as SimpleCookie
from minidjango.http.cookie import parse_cookie as parse_cookie
from minidjango.http.headers import HttpHeaders as HttpHeaders
from minidjango.http.querydict import QueryDict as QueryDict
from minidjango.http.request import HttpRequest as HttpRequest
from minidjango.http.request import RawPostDataException as RawPostDataException
from minidjango.http.request import UnreadablePostError as UnreadablePostError
from minidjango.http.response import BadHeaderError as BadHeaderError
from minidjango.http.response import FileResponse as FileResponse
from minidjango.http.response import Http404 as Http404
from minidjango.http.response import HttpResponse as HttpResponse
from minidjango.http.response import HttpResponseBadRequest as HttpResponseBadRequest
from minidjango.http.response import HttpResponseBase as HttpResponseBase
from minidjango.http.response import HttpResponseForbidden as HttpResponseForbidden
from minidjango.http.response import HttpResponseGone as HttpResponseGone
from minidjango.http.response import HttpResponseNotAllowed as HttpResponseNotAllowed
from minidjango.http.response import HttpResponseNotFound as HttpResponseNotFound
from minidjango.http.response import HttpResponseNotModified as HttpResponseNotModified
from minidjango.http.response import HttpResponsePermanentRedirect as HttpResponsePermanentRedirect
from minidjango.http.response import HttpResponseRedirect as HttpResponseRedirect
from minidjango.http.response import HttpResponseServerError as HttpResponseServerError
from minidjango.http.response import JsonResponse as JsonResponse
from minidjango.http.response import StreamingHttpResponse as StreamingHttpResponse
