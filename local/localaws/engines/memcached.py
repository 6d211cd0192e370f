"""Provides Debian's own memcached in the user's cache, unpacked there and not installed: no root, no service.

The libraries it was built against come along, all but the C library. The binary runs through a small script
that points that one process at them.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from localaws.engines.debian import PrivateApt, release_name, require_apt, run
from localaws.engines.find import MEMCACHED_VARIABLE, probe, stored_memcached
from localaws.engines.store import Say, stored_path, workplace
from localaws.engines.versions import Engine
from localaws.errors import LocalAwsError

PACKAGE = "memcached"
_INSTEAD = f"set {MEMCACHED_VARIABLE} to a server binary"
_SCRIPT = """#!/bin/sh
# Debian's memcached with the libraries it was built against, for this process only.
here=$(dirname "$(readlink -f "$0")")/..
export LD_LIBRARY_PATH="$here/lib"
exec "$here/lib/memcached" "$@"
"""


def provide_memcached(say: Say) -> Engine:
    """Puts memcached into the cache unless one that runs is there; safe to run several times at once."""
    engine = stored_memcached()
    if engine is None:
        require_apt(PACKAGE, _INSTEAD)
        with workplace(PACKAGE, say) as work:
            engine = stored_memcached() or _fetch(work, say)
    return engine


def _fetch(work: Path, say: Say) -> Engine:
    started = time.monotonic()
    release = release_name(_INSTEAD)
    apt = PrivateApt(work, "deb", (release,), _INSTEAD)
    say(f"reading the package index of Debian {release} from the mirror this machine uses ...")
    apt.get("update", what="reading the package index")
    version, libraries = read_record(apt.ask("show", "--no-all-versions", f"?exact-name({PACKAGE})"))
    say(f"downloading {PACKAGE} {version} and {', '.join(libraries)} ...")
    downloads = work / "downloads"
    downloads.mkdir()
    apt.get("download", f"{PACKAGE}={version}", *libraries, cwd=downloads, what=f"downloading {PACKAGE}")
    packages = sorted(downloads.glob("*.deb"))
    for package in packages:
        run(["dpkg-deb", "--extract", str(package), str(work / "unpacked")], log=work / "unpack.log",
            what=f"unpacking {package.name}")
    done = arrange(work / "unpacked", work / "done")
    (done / "SOURCE").write_text("".join(f"Debian {release}: {package.name}\n" for package in packages),
                                 encoding="utf-8")
    probe(str(done / "bin" / PACKAGE), "Debian's package")
    target = stored_path(PACKAGE, version)
    shutil.rmtree(target, ignore_errors=True)  # one that does not run, or it would have been used
    done.rename(target)
    server = target / "bin" / PACKAGE
    say(f"unpacked {server} in {time.monotonic() - started:.0f} s")
    return probe(str(server), "Debian's package")


def read_record(record: str) -> tuple[str, list[str]]:
    """The version, and the libraries it depends on but for the C library, from apt's record of the package."""
    fields = dict(line.split(": ", 1) for line in record.splitlines() if ": " in line and not line.startswith(" "))
    if "Version" not in fields:
        raise LocalAwsError(f"the Debian mirror of this machine offers no {PACKAGE}; {_INSTEAD}")
    needed = [word.split()[0].split(":")[0] for word in fields.get("Depends", "").split(",") if word.split()]
    return fields["Version"], [name for name in needed if name.startswith("lib") and name != "libc6"]


def arrange(unpacked: Path, done: Path) -> Path:
    """Takes the binary and the libraries out of unpacked packages, and adds the script that runs it."""
    for folder in ("bin", "lib"):
        (done / folder).mkdir(parents=True)
    for library in (*unpacked.glob("lib/*/*.so.*"), *unpacked.glob("usr/lib/*/*.so.*")):
        shutil.copy2(library, done / "lib" / library.name)
    binary = unpacked / "usr" / "bin" / PACKAGE
    if not binary.is_file():
        raise LocalAwsError(f"Debian's package {PACKAGE} has no usr/bin/{PACKAGE}; {_INSTEAD}")
    shutil.copy2(binary, done / "lib" / PACKAGE)
    script = done / "bin" / PACKAGE
    script.write_text(_SCRIPT, encoding="utf-8")
    script.chmod(0o755)
    return done
