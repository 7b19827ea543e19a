"""Cells that reach for what is not theirs; each leaves what it got in `loot`."""

GRAB = """
import glob, os
loot = []
def grab(*paths):
    for pattern in paths:
        for path in glob.glob(pattern, recursive=True) or [pattern]:
            try:
                with open(path, "rb") as file:
                    loot.append(file.read(65536).decode("latin-1"))
            except OSError:
                pass
"""

READS = {
    "the solutions": "grab({root!r} + '/solutions/**/*.ipynb', {root!r} + '/course/lessons/*.py')",
    "the gradebook": "grab({root!r} + '/gradebook.db', {home!r} + '/gradebook.db')",
    "the password file": "grab('/etc/passwd', '/etc/shadow', '/etc/hostname')",
    "what the judge has open": "grab('/proc/*/environ', '/proc/*/fd/*', '/proc/*/cmdline')",
    "its own memory map, and the zygote's": """
grab('/proc/self/maps', '/proc/self/mem')
grab('/proc/%d/maps' % os.getppid(), '/proc/%d/environ' % os.getppid())
""",
    "the neighbours' scratch folders": """
grab('/tmp/**/canary*', os.path.dirname(os.getcwd()) + '/**/canary*')
""",
    "through a symbolic link": """
for target in ({home!r} + '/canary', '/etc/passwd'):
    try:
        os.symlink(target, 'link')
        grab('link')
        os.unlink('link')
    except OSError:
        pass
""",
    "through a hard link": """
try:
    os.link({home!r} + '/canary', 'link')
    grab('link')
except OSError:
    pass
""",
    "the environment": "loot.append(repr(dict(os.environ)))",
    "every string in memory": """
import gc
loot.append(repr([o for o in gc.get_objects() if isinstance(o, (str, dict))])[:4000000])
""",
    "the frames above": """
import sys
frame = sys._getframe()
while frame:
    loot.append(repr(frame.f_locals)[:200000])
    frame = frame.f_back
""",
    "over the network": """
import socket
for kind in (socket.AF_INET, socket.AF_UNIX):
    try:
        s = socket.socket(kind)
        s.connect(('127.0.0.1', {port}) if kind == socket.AF_INET else {home!r} + '/socket')
        loot.append(s.recv(4096).decode())
    except OSError:
        pass
""",
    "by a program of the system": """
import subprocess
for command in (['cat', {home!r} + '/canary'], ['sh', '-c', 'cat ' + {home!r} + '/canary']):
    try:
        loot.append(subprocess.run(command, capture_output=True, text=True).stdout)
    except OSError:
        pass
os.system('cat ' + {home!r} + '/canary > loot')
grab('loot')
""",
    "by ptrace": """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.ptrace(16, os.getppid(), 0, 0) == 0:
    loot.append({canary!r})
""",
    "out of another process's memory": """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
if libc.syscall(310, os.getppid(), 0, 0, 0, 0, 0) == 0:
    loot.append({canary!r})
""",
}

HARMS = {
    "deletes": "os.remove({home!r} + '/canary')",
    "overwrites": "open({home!r} + '/canary', 'w').write('gone')",
    "truncates": "os.truncate({home!r} + '/canary', 0)",
    "renames": "os.rename({home!r} + '/canary', {home!r} + '/moved')",
    "makes unreadable": "os.chmod({home!r} + '/canary', 0)",
    "gives away": "os.chown({home!r} + '/canary', 65534, 65534)",
    "dates back": "os.utime({home!r} + '/canary', (0, 0))",
    "writes beside": "open({home!r} + '/new', 'w').write('mine')",
    "writes into the temporary folder": "open('/tmp/canary-of-a-host', 'w').write('mine')",
    "makes a device": "os.mknod('device', 0o600 | 0o020000, os.makedev(1, 3))",
    "starts a process in a new session": """
if not os.fork():
    os.setsid()
    os.execv('/bin/sleep', ['sleep', '60'])
""",
    "spawns": "import subprocess; subprocess.Popen(['sleep', '60'], start_new_session=True)",
    "kills its parent": "os.kill(os.getppid(), 9)",
    "kills everybody": "os.kill(-1, 9)",
    "kills its group": "os.killpg(0, 9)",
    "has a signal sent for it": """
import fcntl
r, w = os.pipe()
fcntl.fcntl(r, fcntl.F_SETOWN, os.getppid())
""",
    "leaves shared memory": """
from multiprocessing import shared_memory
shared_memory.SharedMemory('canary-of-a-host', create=True, size=1024)
""",
    "lifts its limits": "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "becomes important": "os.nice(-5) or os.setpriority(os.PRIO_PROCESS, 0, -20)",
    "mounts": """
import ctypes
if ctypes.CDLL(None, use_errno=True).mount(b'none', b'/mnt', b'tmpfs', 0, None):
    raise OSError('no')
""",
}
