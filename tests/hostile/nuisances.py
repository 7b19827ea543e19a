"""Cells that cost something: time, memory, output, or the process that runs them."""

NOISES = {
    "prints 20 MB in a line": "print('x' * 20_000_000)",
    "prints a million lines": "for n in range(200_000): print(n)",
    "writes to stderr": "import sys; sys.stderr.write('!' * 5_000_000)",
    "logs": "import logging; [logging.error('x' * 1000) for _ in range(5000)]",
    "warns": "import warnings; [warnings.warn(str(n)) for n in range(2000)]",
    "prints surrogates": "print('\\ud800 \\udfff')",
    "reads what is typed": "import sys; sys.stdin.read(); open(0).read()",
    "asks": "input('your name? ')",
    "closes its standard streams": "import os; [os.close(fd) for fd in (0, 1, 2)]",
    "replaces stdout": "import sys; sys.stdout = None; sys.stderr = None",
    "leaves at the end": "import atexit; atexit.register(lambda: 1 / 0)",
    "leaves a thread behind": """
import threading, time
threading.Thread(target=lambda: time.sleep(60)).start()
""",
    "leaves a timer behind": """
import signal, time
signal.signal(signal.SIGALRM, lambda *a: None)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
""",
    "ignores every signal": """
import signal
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
    signal.signal(number, signal.SIG_IGN)
""",
    "changes the folder": "import os; os.mkdir('deep'); os.chdir('deep'); os.rmdir('../deep')",
    "fills a file": """
with open('big', 'wb') as file:
    try:
        while True: file.write(b'0' * 1048576)
    except OSError:
        pass
""",
    "asks for eight gigabytes": """
try:
    bytearray(8 << 30)
except MemoryError:
    pass
""",
    "stops the clock": "import time; time.time = time.monotonic = time.perf_counter = lambda: 0.0",
    "recurses": """
def f(): return f()
try:
    f()
except RecursionError:
    pass
""",
    "turns the collector off": "import gc; gc.disable(); gc.set_threshold(1)",
    "raises on the way": "raise SystemExit(3)",
    "presses Ctrl-C": "raise KeyboardInterrupt",
    "has a syntax error": "def (:",
}

DEADLY = {
    "ends its process": "import os; os._exit(0)",
    "kills itself": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "crashes": "import ctypes; ctypes.string_at(0)",
    "never ends": "while True: pass",
    "never ends, and hears no interrupt": """
import signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    try:
        while True: pass
    except BaseException:
        pass
""",
    "sleeps": "import time; time.sleep(3600)",
    "takes memory for ever": """
kept = []
while True:
    try: kept.append(bytearray(1 << 20))
    except MemoryError: pass
""",
    "forks for ever": """
import os
while True:
    try: os.fork()
    except OSError: pass
""",
    "matches for ever": "import re; re.match('(a+)+$', 'a' * 40 + 'b')",
}
"""After one of these nobody is there any more; the answer that follows gets a new process."""

SELF_INFLICTED = {
    "starts threads for ever": """
import threading, time
while True:
    try: threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    except RuntimeError: pass
""",
    "floods the line": """
import os
while True: os.write(3, b'\\x00\\x00\\x00\\x02{}' * 1000)
""",
}
"""These leave a process that can hardly go on: what comes after them may be lost with it."""

HANGING_ANSWERS = {
    "hangs in the layer": "while True: pass",
    "ends its process in the layer": "import os; os._exit(0)",
    "answers a header with a line break": """
        response = self.get_response(request)
        response.headers._store["x"] = ("X", "a\\r\\nSet-Cookie: b=c")
        return response""",
    "answers with a surrogate": """
        response = self.get_response(request)
        response.headers._store["x"] = ("X", "\\ud800")
        return response""",
    "answers with 40 MB": """
        from minidjango.http import HttpResponse
        return HttpResponse(b"x" * 40_000_000)""",
    "answers with a stream without end": """
        import itertools
        from minidjango.http import StreamingHttpResponse
        return StreamingHttpResponse(itertools.repeat(b"x" * 100_000))""",
    "answers with a status that is none": """
        response = self.get_response(request)
        response.status_code = 10 ** 30
        return response""",
    "raises what cannot be written": """
        class Odd(Exception):
            def __str__(self): raise SystemExit
        raise Odd""",
    "raises a group a thousand deep": """
        error = ValueError()
        for _ in range(1000): error = ExceptionGroup("x", [error])
        raise error""",
}
