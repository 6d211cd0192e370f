"""Takes packages from the Debian mirror this machine already uses, without root and beside the machine's packages.

Package lists and downloads live in private folders; what is installed on the machine plays no part. apt
verifies the signed index and the checksums of everything it downloads.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from localaws.errors import LocalAwsError

_KEYRINGS = ("/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp")

_MIRRORS = ("/debian", "/mirrors/debian.list")  # the latter in Debian's cloud images


def require_apt(wanted: str, instead: str) -> None:
    """Raises unless apt is here; `instead` says what to do then."""
    if shutil.which("apt-get") is None:
        raise LocalAwsError(f"{wanted} comes from a Debian mirror through apt-get, which is not here; {instead}")


class PrivateApt:
    """apt with folders of its own, and the machine's mirror and proxy settings."""

    def __init__(self, work: Path, kind: str, suites: Iterable[str], instead: str) -> None:
        """`kind` is `deb`, or `deb-src` for sources; `instead` says what to do without a Debian mirror."""
        keyring = next((path for path in _KEYRINGS if os.path.exists(path)), None)
        if keyring is None:
            raise LocalAwsError("the Debian archive keyring is missing; install the package debian-archive-keyring")
        self._log = work / "apt.log"
        apt = work / "apt"
        for folder in ("lists/partial", "cache/archives/partial", "parts"):
            (apt / folder).mkdir(parents=True)
        (apt / "status").touch()
        target = "Packages" if kind == "deb" else "Sources"
        origin = f"{kind} [signed-by={keyring} target={target}] {_mirror(instead)}"
        (apt / "sources.list").write_text("".join(f"{origin} {suite} main\n" for suite in suites), encoding="utf-8")
        acquire = [line for line in output(["apt-config", "dump"]).splitlines() if line.startswith("Acquire::")]
        (apt / "apt.conf").write_text("\n".join([
            *acquire,
            f'Dir::Etc::main "{apt}/none";', f'Dir::Etc::parts "{apt}/parts";',
            f'Dir::Etc::sourcelist "{apt}/sources.list";', f'Dir::Etc::sourceparts "{apt}/parts";',
            f'Dir::Etc::preferences "{apt}/none";', f'Dir::Etc::preferencesparts "{apt}/parts";',
            f'Dir::State::lists "{apt}/lists";', f'Dir::State::status "{apt}/status";', f'Dir::Cache "{apt}/cache";',
            'APT::Sandbox::User "root";', 'APT::Get::List-Cleanup "false";', 'APT::Update::Error-Mode "any";', ""]),
            encoding="utf-8")
        self._environment = {**os.environ, "APT_CONFIG": str(apt / "apt.conf"), "LC_ALL": "C"}

    def get(self, *words: str, what: str, cwd: Path | None = None) -> None:
        """Runs apt-get."""
        run(["apt-get", "-q", *words], env=self._environment, cwd=cwd, log=self._log, what=what)

    def ask(self, *words: str) -> str:
        """What apt-cache answers; nothing when it knows no such package."""
        try:
            return output(["apt-cache", *words], env=self._environment)
        except LocalAwsError as problem:
            if "No packages found" in str(problem):
                return ""
            raise


def release_name(instead: str) -> str:
    """The Debian release of this machine, such as `trixie`: its packages fit the C library here."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    name = release.get("DEBIAN_CODENAME") or release.get("VERSION_CODENAME")
    if not name:
        raise LocalAwsError(f"/etc/os-release does not say which Debian this is; {instead}")
    return name


def _mirror(instead: str) -> str:
    """The Debian mirror of this machine, from apt's own configuration."""
    # Without release information: with it apt lists nothing on a machine that never ran `apt-get update`.
    listing = output(["apt-get", "indextargets", "--no-release-info", "--format", "$(SITE)|$(RELEASE)|$(COMPONENT)",
                      "Created-By: Packages"])
    for line in listing.splitlines():
        site, release, component = (line.split("|") + ["", ""])[:3]
        if component == "main" and "security" not in release and site.rstrip("/").endswith(_MIRRORS):
            return site
    raise LocalAwsError(f"apt on this machine has no Debian mirror to take packages from; {instead}")


def output(command: list[str], env: dict[str, str] | None = None) -> str:
    """What a command prints; raises with its words when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        raise LocalAwsError(f"`{' '.join(command[:2])}` failed: {done.stderr.strip()[-400:]}")
    return done.stdout


def run(command: list[str], *, log: Path, what: str, cwd: Path | None = None,
        env: dict[str, str] | None = None) -> None:
    """Runs a command with its output in `log`; raises with the last lines when it fails."""
    with open(log, "a", encoding="utf-8") as sink:
        code = subprocess.run(command, cwd=cwd, env=env, stdout=sink, stderr=sink, stdin=subprocess.DEVNULL,
                              check=False).returncode
    if code:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
        raise LocalAwsError(f"{what} failed (exit code {code}):\n{tail}")
