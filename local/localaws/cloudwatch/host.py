"""What the machine knows of the process of a node."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_SYSTEM = 1 << 30  # what a node has beside the memory for data


@dataclass(frozen=True)
class Process:
    """Of a moment: seconds of CPU since it began, bytes in memory and on the swap device."""

    at: float
    cpu: float
    resident: int
    swapped: int


def look_at(pid: int) -> Process | None:
    """None when the process is gone."""
    folder = Path("/proc") / str(pid)
    try:
        fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        status = (folder / "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in status.splitlines())
                 if name in ("VmRSS", "VmSwap")}
    return Process(time.monotonic(), (int(fields[11]) + int(fields[12])) / _TICKS,
                   kilobytes.get("VmRSS", 0) * 1024, kilobytes.get("VmSwap", 0) * 1024)


def host_metrics(process: Process, before: Process | None, memory: int) -> dict[str, float]:
    """The metrics of a host with `memory` bytes for data: all processors of this machine, and memory of its own."""
    metrics = {
        "FreeableMemory": float(max(0, memory + _SYSTEM - process.resident)),
        "SwapUsage": float(process.swapped),
    }
    if before is not None and process.at > before.at:
        used = (process.cpu - before.cpu) / (process.at - before.at)
        metrics["CPUUtilization"] = min(100.0, 100 * used / (os.cpu_count() or 1))
    return metrics
