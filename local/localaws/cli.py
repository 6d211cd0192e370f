"""The commands of `local/aws`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from localaws import launcher
from localaws.admin import describe_nodes, node_table, run_on_node
from localaws.engines.build import PINNED, build_engine, built_path
from localaws.engines.find import find_engine
from localaws.engines.versions import BUILD_HINT
from localaws.environment import client_environment, shell_lines
from localaws.errors import EngineError, LocalAwsError
from localaws.state import InstanceFolder, Running, chosen_folder

_NOT_RUNNING = 3


def main(arguments: list[str]) -> int:
    if sys.platform != "linux":
        print("local/aws: the local AWS runs on Linux only", file=sys.stderr)
        return 2
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except (LocalAwsError, EngineError) as problem:
        print(f"local/aws: {problem}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # `local/aws … | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="local/aws", description="An AWS on loopback whose ElastiCache nodes are real engines.",
        epilog="See local/README.md.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: object, text: str, instance: bool = True) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        if instance:
            command.add_argument("--dir", metavar="DIR", help="the state folder of the instance "
                                 "(default: $LOCAL_AWS_DIR, else one per user)")
        return command

    add("start", _start, "Start in the background and wait until it answers.")
    add("stop", _stop, "Stop it with all engines and remove its state.")
    add("status", _status, "Say whether and where it runs; exit code 3 when it does not.")
    env = add("env", _env, "Print the environment for its clients, for eval in a shell.")
    env.add_argument("--json", action="store_true", help="as a JSON object")
    run = add("exec", _exec, "Run a command inside an instance of its own.", instance=False)
    run.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND ...")
    engine = add("engine", _engine, "Say which engine would be used.", instance=False)
    engine.add_argument("--build", action="store_true", help=f"build Valkey {PINNED} into the user's cache first")
    nodes = add("nodes", _nodes, "List the engine processes.")
    nodes.add_argument("--json", action="store_true", help="as a JSON array")
    cli = add("cli", _cli, "Run a command on one engine as its local administrator.")
    cli.add_argument("--json", action="store_true", help="print the reply as JSON")
    cli.add_argument("member", metavar="MEMBER", help="a member id such as my-group-001")
    cli.add_argument("words", nargs=argparse.REMAINDER, metavar="-- COMMAND ...")
    test = add("test", _test, "Run the tests of the local AWS; further words go to pytest.", instance=False)
    test.add_argument("words", nargs=argparse.REMAINDER, metavar="-- PYTEST-OPTION ...")
    return parser


def _folder(options: argparse.Namespace) -> InstanceFolder:
    return InstanceFolder(chosen_folder(options.dir))


def _words(options: argparse.Namespace) -> list[str]:
    words: list[str] = options.words
    return words[1:] if words[:1] == ["--"] else words


def _required(folder: InstanceFolder) -> Running:
    running = folder.running()
    if running is None:
        raise LocalAwsError(f"no local AWS runs in {folder.path}; start it with `local/aws start`")
    return running


def _start(options: argparse.Namespace) -> int:
    folder = _folder(options)
    running, fresh = launcher.start(folder)
    print(f"local AWS {'runs' if fresh else 'already runs'} at {running.endpoint}")
    print(f"  state     {folder.path}")
    print(f"  log       {folder.log}")
    for name in ("valkey", "redis", "memcached"):
        print(f"  {name:<9} {_engine_line(name)}")
    print('  use       eval "$(local/aws env)"')
    return 0


def _stop(options: argparse.Namespace) -> int:
    folder = _folder(options)
    print("local AWS stopped" if launcher.stop(folder) else "local AWS is not running")
    return 0


def _status(options: argparse.Namespace) -> int:
    folder = _folder(options)
    running = folder.running()
    if running is None:
        print("local AWS is not running")
        return _NOT_RUNNING
    print(f"local AWS runs at {running.endpoint} (pid {running.pid}), {len(folder.list_nodes())} engine nodes")
    print(f"  state  {folder.path}")
    return 0


def _env(options: argparse.Namespace) -> int:
    folder = _folder(options)
    variables = client_environment(folder, _required(folder))
    print(json.dumps(variables, indent=1) if options.json else shell_lines(variables))
    return 0


def _exec(options: argparse.Namespace) -> int:
    words = _words(options)
    if not words:
        raise LocalAwsError("give the command to run: local/aws exec -- COMMAND ...")
    return launcher.run(words)


def _engine(options: argparse.Namespace) -> int:
    if options.build:
        build_engine(lambda line: print(line, flush=True))
    engine = find_engine("valkey")
    print(f"{engine.label} ({engine.path}, from {engine.origin})")
    print(f"redis: {_engine_line('redis')}")
    print(f"memcached: {_engine_line('memcached')}")
    if not built_path(PINNED).exists():
        print(f"the version this product tests with is {PINNED}: {BUILD_HINT}")
    return 0


def _engine_line(name: str) -> str:
    try:
        engine = find_engine(name)
    except LocalAwsError as problem:
        return str(problem)
    stands_in = name == "redis" and engine.product == "valkey"
    note = "; stands in for Redis OSS up to 7.2, as there is no redis-server" if stands_in else ""
    return f"{engine.label} ({engine.path}){note}"


def _nodes(options: argparse.Namespace) -> int:
    folder = _folder(options)
    _required(folder)
    rows = describe_nodes(folder)
    print(json.dumps(rows, indent=1) if options.json else node_table(rows))
    return 0


def _cli(options: argparse.Namespace) -> int:
    words = _words(options)
    if not words:
        raise LocalAwsError("give the command to run: local/aws cli MEMBER -- INFO server")
    folder = _folder(options)
    _required(folder)
    print(run_on_node(folder, options.member, words, options.json))
    return 0


def _test(options: argparse.Namespace) -> int:
    home = Path(__file__).resolve().parent.parent
    words = _words(options)
    style = subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "--no-cache", str(home)], check=False)
    if style.returncode:
        return style.returncode
    chosen = [] if any(Path(word.partition("::")[0]).exists() for word in words) else [str(home / "tests")]
    command = [sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider", "-c", str(home / "pyproject.toml"),
               "--rootdir", str(home)]
    return subprocess.run([*command, *chosen, *words], check=False).returncode
