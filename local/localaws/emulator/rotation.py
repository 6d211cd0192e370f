"""RotateSecret and rotation schedules that call the function, and the versions of secrets as a rotation sees them."""

from __future__ import annotations

import contextvars
import json
import logging
import threading
import time
from typing import Any

from ministack.core.responses import error_response_json, json_response, new_uuid
from ministack.services import lambda_svc, secretsmanager
from ministack.services.cloudformation import provisioners

logger = logging.getLogger("localaws")

Data = dict[str, Any]
Secret = dict[str, Any]
Response = tuple[int, dict[str, str], bytes]

STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
# A failed rotation begins anew with the same version, as on AWS, where the pauses are longer.
_ATTEMPTS = 5
_PAUSE_SECONDS = 0.2
_PENDING, _CURRENT = "AWSPENDING", "AWSCURRENT"
_RUNNING = "_rotation_is_running"

_guard = threading.Lock()


class RotationRefused(Exception):
    """The rotation cannot begin; the text is Secrets Manager's answer."""


def _start(secret: Secret, token: str | None, immediately: bool) -> str:
    """Begins a rotation on a thread of its own: the function calls back into this server."""
    function = secret.get("RotationLambdaARN")
    if not function:
        raise RotationRefused("No Lambda rotation function ARN is associated with this secret.")
    if lambda_svc._get_func_record_for_ref(function)[0] is None:
        raise RotationRefused(f"Secrets Manager cannot invoke the specified Lambda function: {function} does not exist")
    with _guard:
        pending, version = secretsmanager._find_stage_version(secret, _PENDING)
        unfinished = version is not None and _CURRENT not in version["Stages"]
        if secret.get(_RUNNING) or (unfinished and token not in (None, pending)):
            raise RotationRefused("A previous rotation isn't complete. That rotation will be reattempted.")
        secret["RotationEnabled"] = True
        identifier = str(pending if unfinished else token or new_uuid())
        if not unfinished:
            _add_empty_version(secret, identifier)
        secret[_RUNNING] = True
    work = contextvars.copy_context()
    target = _rotate if immediately else _try_out
    threading.Thread(target=work.run, args=(target, secret, function, identifier), daemon=True,
                     name=f"rotation-{secret['Name']}").start()
    return identifier


def _add_empty_version(secret: Secret, identifier: str) -> None:
    if identifier in secret["Versions"]:
        raise RotationRefused(f"a version {identifier} exists already")
    secretsmanager._remove_stage_everywhere(secret, _PENDING)
    secret["Versions"][identifier] = {"SecretString": None, "SecretBinary": None, "CreatedDate": int(time.time()),
                                      "Stages": [_PENDING]}


def _rotate(secret: Secret, function: str, identifier: str) -> None:
    try:
        for attempt in range(1, _ATTEMPTS + 1):
            failed = next((step for step in STEPS if not _call(secret, function, identifier, step)), None)
            if failed is None and _CURRENT in secret["Versions"][identifier]["Stages"]:
                logger.info("rotation of %s done, attempt %s", secret["Name"], attempt)
                return
            logger.warning("rotation of %s failed in %s, attempt %s of %s", secret["Name"], failed or "the end",
                           attempt, _ATTEMPTS)
            time.sleep(_PAUSE_SECONDS)
    except Exception:
        logger.exception("rotation of %s ended", secret["Name"])
    finally:
        secret[_RUNNING] = False


def _try_out(secret: Secret, function: str, identifier: str) -> None:
    """A schedule that does not rotate at once only tries the function, with a version that is gone afterwards."""
    try:
        _call(secret, function, identifier, "testSecret")
    except Exception:
        logger.exception("trying out the rotation of %s ended", secret["Name"])
    finally:
        secret["Versions"].pop(identifier, None)
        secret[_RUNNING] = False


def _call(secret: Secret, function: str, identifier: str, step: str) -> bool:
    record, config, _name = lambda_svc._get_func_record_for_ref(function)
    if record is None:
        logger.warning("rotation of %s: function %s is gone", secret["Name"], function)
        return False
    event = {"Step": step, "SecretId": secret["ARN"], "ClientRequestToken": identifier}
    result = lambda_svc._execute_function_with_config_scope(
        lambda_svc._execution_record_for_config(record, config), event)
    failed = isinstance(result, dict) and bool(result.get("error"))
    if failed:
        body = result.get("body")
        message = body.get("errorMessage") if isinstance(body, dict) else body
        logger.warning("rotation of %s: %s says %s", secret["Name"], step, str(message)[:300])
    return not failed


# -- the API ---------------------------------------------------------------------------------


def _invalid(message: str) -> Response:
    return error_response_json("InvalidRequestException", message, 400)  # type: ignore[no-any-return]


def _not_found(what: str) -> Response:
    return error_response_json("ResourceNotFoundException",  # type: ignore[no-any-return]
                               f"Secrets Manager can't find the specified secret{what}.", 400)


def _rotate_secret(data: Data) -> Response:
    _, secret = secretsmanager._resolve(data.get("SecretId"))
    if not secret:
        return _not_found("")
    if secret.get("DeletedDate"):
        return _invalid("You can't perform this operation on the secret because it was marked for deletion.")
    for name in ("RotationLambdaARN", "RotationRules"):
        if data.get(name):
            secret[name] = data[name]
    immediately = str(data.get("RotateImmediately", True)).lower() != "false"
    try:
        identifier = _start(secret, data.get("ClientRequestToken"), immediately)
    except RotationRefused as problem:
        return _invalid(str(problem))
    return json_response(  # type: ignore[no-any-return]
        {"ARN": secret["ARN"], "Name": secret["Name"], "VersionId": identifier})


def _versions_as_a_rotation_sees_them() -> None:
    """A version without a value has none to give, its label has to fit, and once written it never changes."""
    get, put = secretsmanager._get_secret_value, secretsmanager._put_secret_value

    def get_secret_value(data: Data) -> Response:
        _, secret = secretsmanager._resolve(data.get("SecretId"))
        if secret and not secret.get("DeletedDate"):
            identifier, stage = data.get("VersionId"), data.get("VersionStage")
            version = secret["Versions"].get(identifier) if identifier else secretsmanager._find_stage_version(
                secret, stage or _CURRENT)[1]
            if version and identifier and stage and stage not in version["Stages"]:
                return _not_found(f" value for VersionId: {identifier} and staging label: {stage}")
            if version and version.get("SecretString") is None and version.get("SecretBinary") is None:
                return _not_found(" value: the version has none yet")
        return get(data)  # type: ignore[no-any-return]

    def put_secret_value(data: Data) -> Response:
        _, secret = secretsmanager._resolve(data.get("SecretId"))
        identifier = data.get("ClientRequestToken")
        written = secret["Versions"].get(identifier) if secret and identifier else None
        if written and (written.get("SecretString") or written.get("SecretBinary")):
            same = all(written.get(field) == data.get(field) for field in ("SecretString", "SecretBinary"))
            if not same:
                return error_response_json(  # type: ignore[no-any-return]
                    "ResourceExistsException", f"The version {identifier} of the secret has another value.", 400)
        response = put(data)
        if response[0] < 400 and secret and identifier:
            for stage in data.get("VersionStages") or ():
                secretsmanager._remove_stage_everywhere(secret, stage, except_version_id=identifier)
        return response  # type: ignore[no-any-return]

    secretsmanager._get_secret_value, secretsmanager._put_secret_value = get_secret_value, put_secret_value


# -- AWS::SecretsManager::RotationSchedule ------------------------------------------------------


def _schedule_put(properties: Data) -> tuple[str, Data]:
    if properties.get("HostedRotationLambda"):
        raise ValueError("AWS::SecretsManager::RotationSchedule: HostedRotationLambda is not modelled by the local AWS")
    status, _, body = _rotate_secret({
        "SecretId": properties["SecretId"], "RotationLambdaARN": properties.get("RotationLambdaARN"),
        "RotationRules": properties.get("RotationRules"),
        "RotateImmediately": properties.get("RotateImmediatelyOnUpdate", True)})
    if status >= 400:
        raise ValueError(f"AWS::SecretsManager::RotationSchedule: {json.loads(body).get('message') or body!r}")
    return properties["SecretId"], {"Id": properties["SecretId"]}


def _schedule_create(_logical_id: str, properties: Data, _stack: str) -> tuple[str, Data]:
    return _schedule_put(properties)


def _schedule_update(_physical_id: str, _old: Data, new: Data, _stack: str) -> tuple[str, Data]:
    return _schedule_put(new)


def _schedule_delete(_physical_id: str, properties: Data) -> None:
    _, secret = secretsmanager._resolve(properties["SecretId"])
    if secret:
        secret.update(RotationEnabled=False, RotationLambdaARN=None, RotationRules=None)


def install() -> None:
    secretsmanager._rotate_secret = _rotate_secret
    _versions_as_a_rotation_sees_them()
    provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::RotationSchedule"] = {
        "create": _schedule_create, "update": _schedule_update, "delete": _schedule_delete}
