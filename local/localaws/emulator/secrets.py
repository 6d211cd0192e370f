"""Secrets Manager as CloudFormation uses it: ARNs as references, generated passwords, resource policies."""

from __future__ import annotations

import json
from typing import Any

from ministack.services import secretsmanager
from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]
Created = tuple[str, dict[str, Any]]


def _reference_is_arn() -> None:
    """`Ref` of a secret is its ARN; MiniStack answers with the name."""
    handlers = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
    create, update, delete = handlers["create"], handlers["update"], handlers["delete"]

    def name_of(physical_id: str) -> str:
        return str((secretsmanager._resolve(physical_id)[1] or {}).get("Name", physical_id))

    def by_arn(created: Created) -> Created:
        return created[1]["Arn"], created[1]

    handlers["create"] = lambda *arguments: by_arn(create(*arguments))
    handlers["update"] = lambda physical_id, *arguments: by_arn(update(name_of(physical_id), *arguments))
    handlers["delete"] = lambda physical_id, properties: delete(name_of(physical_id), properties)


def _secret_string(properties: Properties) -> str:
    """The value of a new secret; generated as GetRandomPassword does, with every option of the template."""
    generate = properties.get("GenerateSecretString")
    if generate is None:
        return str(properties.get("SecretString", ""))
    # A template may carry numbers and booleans as text.
    options = {name: _typed(value) for name, value in generate.items()
               if name not in ("GenerateStringKey", "SecretStringTemplate", "ExcludeCharacters")}
    status, _, body = secretsmanager._get_random_password(
        {**options, "ExcludeCharacters": str(generate.get("ExcludeCharacters", ""))})
    answer = json.loads(body)
    if status >= 400:
        raise ValueError(f"AWS::SecretsManager::Secret: {answer.get('Message') or answer.get('message')}")
    password = str(answer["RandomPassword"])
    template, key = generate.get("SecretStringTemplate"), generate.get("GenerateStringKey")
    if template is None and key is None:
        return password
    if template is None or key is None:
        raise ValueError("AWS::SecretsManager::Secret: SecretStringTemplate and GenerateStringKey go together")
    return json.dumps({**json.loads(template), key: password})


def _typed(value: Any) -> Any:
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return int(value) if isinstance(value, str) and value.isdigit() else value


def _policy_put(properties: Properties) -> Created:
    status, _, body = secretsmanager._put_resource_policy({
        "SecretId": properties["SecretId"], "ResourcePolicy": json.dumps(properties["ResourcePolicy"])})
    if status >= 400:
        raise ValueError(f"AWS::SecretsManager::ResourcePolicy: {body.decode(errors='replace')[:300]}")
    return properties["SecretId"], {"Id": properties["SecretId"]}


def _policy_create(_logical_id: str, properties: Properties, _stack: str) -> Created:
    return _policy_put(properties)


def _policy_update(_physical_id: str, _old: Properties, new: Properties, _stack: str) -> Created:
    return _policy_put(new)


def _policy_delete(_physical_id: str, properties: Properties) -> None:
    secretsmanager._delete_resource_policy({"SecretId": properties["SecretId"]})


def install() -> None:
    provisioners._sm_secret_string = _secret_string
    _reference_is_arn()
    provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::ResourcePolicy"] = {
        "create": _policy_create, "update": _policy_update, "delete": _policy_delete}
