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
import sys
import sysconfig
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
_SET_PDEATHSIG, _SET_DUMPABLE = 1, 4

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


def system_calls() -> pyseccomp.SyscallFilter:
    """The filter, as far as it can be made before a process is forked: loading it closes it."""
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
    return calls


def readable() -> list[Path]:
    """What a host may read: Python, its packages, the framework and this package; nothing else."""
    own = Path(__file__).resolve().parents[1]
    framework = own.parent / "minidjango"
    roots = {sys.prefix, sys.base_prefix, *site.getsitepackages(), *sysconfig.get_paths().values()}
    system = ["/usr/lib", "/usr/share/zoneinfo", "/lib", "/lib64", "/etc/localtime"]
    paths = [Path(path) for path in (*roots, *system, "/dev/null", "/dev/urandom")]
    return [path for path in (*paths, own, framework) if path.exists()]


def lock_in(scratch: Path, calls: pyseccomp.SyscallFilter, files: list[Path]) -> None:
    """Close all three locks behind this process; it may write in `scratch` alone, to its limits.

    Raises OSError where one of them does not close.
    """
    _limit()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    rules = landlock.Ruleset()
    for path in files:
        what = _READ if path.is_dir() else FSAccess.READ_FILE | FSAccess.EXECUTE
        rules.allow(path, rules=what)
    rules.allow(scratch)
    rules.apply()
    own = pyseccomp.Arg(0, pyseccomp.EQ, os.getpid())
    for call in ("kill", "tgkill"):
        calls.add_rule(pyseccomp.ALLOW, call, own)
    calls.load()


def _limit() -> None:
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    bounds = {
        resource.RLIMIT_AS: taken + MEMORY,
        resource.RLIMIT_FSIZE: FILE,
        resource.RLIMIT_NOFILE: FILES,
        resource.RLIMIT_CPU: PROCESSOR,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
    for kind, bound in bounds.items():
        resource.setrlimit(kind, (bound, bound))
