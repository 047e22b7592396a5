"""What the benchmark ran on."""
import os
import pathlib
import platform


def first(path, key):
    """The value of a `key : value` line."""
    try:
        for line in pathlib.Path(path).read_text().splitlines():
            name, _, value = line.partition(":")
            if name.strip() == key:
                return value.strip()
    except OSError:
        pass
    return None


def cores():
    return len(os.sched_getaffinity(0))


def description():
    memory = first("/proc/meminfo", "MemTotal")
    return {
        "processor": first("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": cores(),
        "memory_bytes": int(memory.split()[0]) * 1024 if memory else None,
        "kernel": platform.release(),
        "system": first_release(),
    }


def first_release():
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME")
    except OSError:
        return None
