"""The environment that sends the CDK CLI and every AWS SDK to the local AWS, and nowhere else."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping

from localaws.state import DIR_VARIABLE, InstanceFolder, Running

ACCOUNT = "000000000000"
REGION = "us-east-1"

# Names that would send a client elsewhere or give it other credentials.
REMOVED = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_ROLE_ARN",
           "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
           "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT")
# What the server process may see of the user's environment: no credentials, no Node.js options.
_SERVER_SEES = ("PATH", "HOME", "LANG", "LC_ALL", "USER", "LOGNAME", "XDG_CACHE_HOME", "VALKEY_SERVER",
                "REDIS_SERVER")


def _test_account(folder: InstanceFolder) -> dict[str, str]:
    """Who every program is, inside the server and outside: a test account without any other configuration."""
    return {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": str(folder.aws_config),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder.aws_config),
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def client_environment(folder: InstanceFolder, running: Running,
                       current: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables a client of the instance needs."""
    no_proxy = ",".join(filter(None, [current.get("NO_PROXY") or current.get("no_proxy"), "127.0.0.1", "localhost"]))
    return {
        "AWS_ENDPOINT_URL": running.endpoint,
        **_test_account(folder),
        "CDK_DEFAULT_ACCOUNT": ACCOUNT,
        "CDK_DEFAULT_REGION": REGION,
        "CDK_DISABLE_CLI_TELEMETRY": "true",
        "CDK_DISABLE_VERSION_CHECK": "1",
        "CDK_NOTICES": "false",
        "CACHE_CA_FILE": str(folder.certificate),
        "NODE_EXTRA_CA_CERTS": str(folder.certificate),
        "NO_PROXY": no_proxy,
        "no_proxy": no_proxy,
        DIR_VARIABLE: str(folder.path),
    }


def _is_service_endpoint(name: str) -> bool:
    """AWS_ENDPOINT_URL_S3 and the like come before AWS_ENDPOINT_URL."""
    return name.startswith("AWS_ENDPOINT_URL_")


def shell_lines(variables: Mapping[str, str]) -> str:
    """For `eval "$(local/aws env)"`."""
    lines = [f"unset {' '.join([*REMOVED, *filter(_is_service_endpoint, os.environ)])}"]
    lines += [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]
    return "\n".join(lines)


def command_environment(variables: Mapping[str, str]) -> dict[str, str]:
    """The user's environment with ours on top, for `exec`."""
    kept = {name: value for name, value in os.environ.items()
            if name not in REMOVED and not _is_service_endpoint(name)}
    return {**kept, **variables}


def server_environment(folder: InstanceFolder) -> dict[str, str]:
    """A clean environment for the server process and the functions it runs."""
    seen = {name: value for name, value in os.environ.items()
            if name in _SERVER_SEES or (name.startswith("LOCAL_AWS_") and name != DIR_VARIABLE)}
    return {
        **seen,
        "TMPDIR": str(folder.temporary),
        **_test_account(folder),
        "BIND_HOST": "127.0.0.1",
        "CACHE_CA_FILE": str(folder.certificate),
        "IOT_MTLS_ENABLED": "0",  # would listen on every address of the machine
        "LAMBDA_EXECUTOR": "local",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "NODE_EXTRA_CA_CERTS": str(folder.certificate),
        "PYTHONUNBUFFERED": "1",
        "SFTP_ENABLED": "0",
        "SSL_CERT_FILE": str(folder.certificate),  # for functions in Python
    }
