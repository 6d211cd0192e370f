"""Exports in use: CloudFormation refuses an update that takes away or changes what another stack imports."""

from __future__ import annotations

from typing import Any

from ministack.services.cloudformation import _exports, _stacks, changesets, handlers, stacks

_MISSING = object()


def install() -> None:
    """MiniStack refuses to delete a stack whose exports are imported, and lets updates do what they like."""
    resolve = stacks._resolve_stack_outputs

    def resolving(definitions: Any, conditions: Any, resources: Any, parameters: Any, mappings: Any, name: str,
                  identifier: str) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
        outputs, exports = resolve(definitions, conditions, resources, parameters, mappings, name, identifier)
        before = {export: content["Value"] for export, content in _exports.items() if content["StackId"] == identifier}
        after = {export: content["Value"] for export, content in exports.items()}
        for export, value in before.items():
            if after.get(export, _MISSING) != value:
                _refuse_in_use(export, name, "updated" if export in after else "deleted")
        for export in before.keys() - after.keys():
            _exports.pop(export, None)  # MiniStack would keep it for others to import
        return outputs, exports

    stacks._resolve_stack_outputs = resolving
    _count_outputs()


class _OutputsAlone(list[Any]):
    """No resource changes, but something does."""

    def __bool__(self) -> bool:
        return True


def _count_outputs() -> None:
    """An update that changes outputs alone is one; MiniStack would say that nothing changes, and export what it did."""
    resolve, diff = changesets._resolve_props_for_diff, changesets._diff_resources

    def resolving(template: dict[str, Any], *rest: Any) -> dict[str, Any]:
        resolved: dict[str, Any] = resolve(template, *rest)
        return {**resolved, "Outputs": template.get("Outputs") or {}}

    def differing(old: dict[str, Any], new: dict[str, Any], *rest: Any) -> list[Any]:
        changes: list[Any] = diff(old, new, *rest)
        return changes or (_OutputsAlone() if old["Outputs"] != new["Outputs"] else [])

    changesets._resolve_props_for_diff = resolving
    changesets._diff_resources = differing


def _refuse_in_use(export: str, owner: str, verb: str) -> None:
    users = [name for name, stack in _stacks.items()
             if name != owner and stack.get("StackStatus") != "DELETE_COMPLETE"
             and export in handlers._imported_export_names(stack, name)]
    if users:
        raise ValueError(f"Export {export} cannot be {verb} as it is in use by {' and '.join(sorted(users))}")
