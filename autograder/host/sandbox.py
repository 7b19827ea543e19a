"""What a host may still do once it has locked itself in; Linux only.

Three locks, each enough for what the others leave open: landlock (which files), seccomp (which
system calls), and limits (how much of anything). They cannot be opened again from inside, and a
process that the host would start could not either; it may start none.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import site
import struct
import sys
import sysconfig
import tempfile
from dataclasses import dataclass
from pathlib import Path

import landlock
import pyseccomp
from landlock.plumbing import FSAccess

MEMORY = 1 << 30
"""How much address space a host may take on top of what it was forked with, in bytes."""
FILE = 16 << 20
"""The longest file that it may write, in bytes."""
FILES = 64
"""How many files it may have open."""
PROCESSOR = 120
"""How many seconds of processor it may use in its life; a judge's deadline comes long before."""

_READ = FSAccess.READ_FILE | FSAccess.READ_DIR | FSAccess.EXECUTE
_SET_PDEATHSIG, _SET_DUMPABLE, _SET_SECCOMP, _FILTER = 1, 4, 22, 2
_prctl = ctypes.CDLL(None, use_errno=True).prctl

_FILES = """
    access chdir close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2
    fadvise64 fallocate fchdir fdatasync flock fstat fstatfs fsync ftruncate getcwd getdents
    getdents64 link
    linkat lseek lstat mkdir mkdirat newfstatat open openat openat2 pread64 preadv preadv2 pwrite64
    pwritev pwritev2 read readlink readlinkat readv rename renameat renameat2 rmdir sendfile stat
    statfs statx symlink symlinkat truncate umask unlink unlinkat write writev
"""
_WAITING = """
    clock_getres clock_gettime clock_nanosleep epoll_create epoll_create1 epoll_ctl epoll_pwait
    epoll_pwait2 epoll_wait eventfd eventfd2 futex futex_waitv getitimer gettimeofday nanosleep
    pause pipe pipe2 poll ppoll pselect6 restart_syscall sched_yield select setitimer time
    timer_create timer_delete timer_gettime timer_settime timerfd_create timerfd_gettime
    timerfd_settime times alarm
"""
_ITSELF = """
    arch_prctl brk capget exit exit_group get_robust_list getcpu getegid geteuid getgid getgroups
    getpgid getpgrp getpid getppid getpriority getrandom getresgid getresuid getrlimit getrusage
    getsid gettid getuid madvise membarrier mincore mlock mmap mprotect mremap msync munlock munmap
    rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigreturn rt_sigsuspend rt_sigtimedwait
    sched_getaffinity sched_getparam sched_getscheduler set_robust_list set_tid_address sigaltstack
    sysinfo uname wait4 waitid
"""
ALLOWED = (_FILES + _WAITING + _ITSELF).split()
"""The system calls that a host has; every other one is refused as not permitted."""

_CLONE_THREAD = 0x00010000
_FCNTL = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030)
"""Descriptors, flags and locks; F_SETOWN is not there, which has a signal sent to anybody."""
_IS_A_TERMINAL = 0x5401
_OWN = 0x7FFF_FFFE
"""Stands in a filter for the number of the process: no process has one as high (PID_MAX_LIMIT)."""
_instruction = struct.Struct("=HBBI")
"""One of a filter's (`struct sock_filter`): what to do, two jumps, the operand."""


class _Program(ctypes.Structure):
    """A filter as the kernel takes it (`struct sock_fprog`)."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


@dataclass(frozen=True, slots=True)
class Locks:
    """The three locks, as far as they are the same for every host of a zygote."""

    bounds: dict[int, int]
    readable: list[tuple[Path, FSAccess]]
    system_calls: bytes


class NoSandbox(RuntimeError):
    """This system cannot lock a host in; says what is missing."""


def check() -> None:
    """Raise NoSandbox where this system cannot do all of it."""
    try:
        version = landlock.landlock_abi_version()
    except OSError as error:
        raise NoSandbox(f"this kernel has no landlock ({error})") from None
    if version < 3:
        raise NoSandbox(f"this kernel's landlock is version {version}, and 3 is needed")


def locks() -> Locks:
    """What of the three locks can be made before a process is forked."""
    return Locks(_bounds(), _readable(), _system_calls())


def _system_calls() -> bytes:
    """The filter as a program for the kernel, in which `_OWN` stands for the host's number."""
    calls = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name in ALLOWED:
        try:
            calls.add_rule(pyseccomp.ALLOW, name)
        except OSError:
            continue  # this machine's architecture does not have it
    thread = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD)
    calls.add_rule(pyseccomp.ALLOW, "clone", thread)
    calls.add_rule(
        pyseccomp.ERRNO(errno.ENOSYS), "clone3"
    )  # libc then asks clone, whose flags are seen
    calls.add_rule(pyseccomp.ALLOW, "ioctl", pyseccomp.Arg(1, pyseccomp.EQ, _IS_A_TERMINAL))
    for command in _FCNTL:
        calls.add_rule(pyseccomp.ALLOW, "fcntl", pyseccomp.Arg(1, pyseccomp.EQ, command))
    asks_only = pyseccomp.Arg(2, pyseccomp.EQ, 0)
    calls.add_rule(pyseccomp.ALLOW, "prlimit64", asks_only)
    for call in ("kill", "tgkill"):
        calls.add_rule(pyseccomp.ALLOW, call, pyseccomp.Arg(0, pyseccomp.EQ, _OWN))
    with tempfile.TemporaryFile() as file:
        calls.export_bpf(file)
        file.seek(0)
        return file.read()


def _readable() -> list[tuple[Path, FSAccess]]:
    """What a host may read: Python, its packages, the framework and this package; nothing else."""
    own = Path(__file__).resolve().parents[1]
    framework = own.parent / "minidjango"
    packages = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    roots = {sys.prefix, sys.base_prefix, *site.getsitepackages(), *packages}
    roots |= {*sysconfig.get_paths().values()}
    system = ["/usr/lib", "/usr/share/zoneinfo", "/lib", "/lib64", "/etc/localtime"]
    paths = [Path(path) for path in (*roots, *system, "/dev/null", "/dev/urandom")]
    there = {path.resolve() for path in (*paths, own, framework) if path.exists()}
    outermost = [path for path in there if there.isdisjoint(path.parents)]
    file = FSAccess.READ_FILE | FSAccess.EXECUTE
    return [(path, _READ if path.is_dir() else file) for path in outermost]


def lock_in(scratch: Path, locks: Locks) -> None:
    """Close all three locks behind this process; it may write in `scratch` alone, to its limits.

    Raises OSError where one of them does not close.
    """
    for kind, bound in locks.bounds.items():
        resource.setrlimit(kind, (bound, bound))
    _prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    rules = landlock.Ruleset()
    for path, what in locks.readable:
        rules.allow(path, rules=what)
    rules.allow(scratch)
    rules.apply()  # after which the kernel takes a filter from this process too
    _load(locks.system_calls)


def _load(program: bytes) -> None:
    """Have the kernel hold this process to a filter, made out to its own number, from now on."""
    own = os.getpid()
    made_out = b"".join(
        _instruction.pack(*what, own if operand == _OWN else operand)
        for *what, operand in _instruction.iter_unpack(program)
    )
    kept = ctypes.create_string_buffer(made_out, len(made_out))
    told = _Program(len(made_out) // _instruction.size, ctypes.addressof(kept))
    if _prctl(_SET_SECCOMP, _FILTER, ctypes.byref(told), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel does not take the filter of system calls")


def _bounds() -> dict[int, int]:
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    return {
        resource.RLIMIT_AS: taken + MEMORY,
        resource.RLIMIT_FSIZE: FILE,
        resource.RLIMIT_NOFILE: FILES,
        resource.RLIMIT_CPU: PROCESSOR,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
