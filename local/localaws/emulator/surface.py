"""The parts of MiniStack we extend. It promises none of them, so we look before we start."""

from __future__ import annotations

import importlib
import importlib.metadata

from localaws.errors import LocalAwsError

WRITTEN_FOR = "1.5.33"

EXTENDED: dict[str, tuple[str, ...]] = {
    "ministack.app": ("app",),
    "ministack.core.concurrency": ("run_offloop",),
    "ministack.core.iam_evaluator": (
        "EvalContext", "ResolvedCredential", "evaluate_resource_policy", "resolve_credential",
    ),
    "ministack.core.responses": ("get_account_id", "get_region", "new_uuid", "request_scope"),
    "ministack.core.lambda_runtime": ("_NODEJS_WORKER_SCRIPT",),
    "ministack.services.cloudformation.provisioners": (
        "_CUSTOM_NAME_REPLACEMENT", "_EC_RG_MODIFIABLE", "_RESOURCE_HANDLERS", "_cw_metric_alarm_record",
        "_ec2_apply_tags", "_ec2_sg_permissions", "_ec2_sg_reconcile", "_ec_call", "_ec_changed", "_ec_query",
        "_ec_rg_attrs", "_ec_rg_requires_replacement", "_ec_sync_tags", "_physical_name", "_rename_replacement",
        "_sm_secret_string", "_snapshot_id", "_update_resource",
    ),
    "ministack.services.cloudwatch": (
        "_alarms", "_calc_stats", "_cbor_metric_data_result", "_cbor_ok", "_composite_alarms", "_dims_key",
        "_dispatch_alarm_actions", "_error", "_evaluate_alarm", "_evaluate_all_alarms", "_evaluate_parent_alarms",
        "_get_metric_data", "_is_percentile_stat", "_is_sns_action_arn", "_json_ok", "_metrics", "_p", "_parse_ts",
        "_put_composite_alarm", "_put_metric_alarm", "_record_history", "_stat_value", "_store_datum", "_ts_iso",
        "_xml", "cloudformation_put_metric_alarm", "time",
    ),
    "ministack.services.eventbridge": ("_put_events",),
    "ministack.services.sns": ("_fanout", "_topic_by_arn_any_scope", "publish_internal"),
    "ministack.services.cloudformation.changesets": ("_deploy_stack_async",),
    "ministack.services.cloudformation.handlers": ("_deploy_stack_async",),
    "ministack.services.cloudformation.stacks": (
        "_deploy_stack_async", "_runs_on_worker_thread", "_update_resource",
    ),
    "ministack.services.ec2": (
        "_addresses", "_allocate_address", "_create_nat_gateway", "_delete_nat_gateway", "_nat_gateways",
        "_release_address", "_security_groups",
    ),
    "ministack.services.elasticache": (
        "_DOCKER_BACKED_ACTIONS", "_arn_cluster", "_arn_serverless_cache", "_clusters", "_create_cache_cluster",
        "_create_param_group", "_create_replication_group", "_create_serverless_cache", "_create_snapshot",
        "_create_user", "_create_user_group", "_decrease_replica_count", "_delete_cache_cluster",
        "_delete_param_group", "_delete_replication_group", "_delete_serverless_cache", "_delete_snapshot",
        "_delete_user", "_delete_user_group", "_describe_replication_groups", "_describe_user_groups",
        "_describe_users", "_error", "_events_list", "_extract_configs", "_get_docker",
        "_increase_replica_count",
        "_modify_cache_cluster", "_modify_cache_parameter_group", "_modify_replication_group",
        "_modify_serverless_cache", "_modify_user", "_modify_user_group", "_p", "_param_group_params",
        "_param_groups", "_reboot_cache_cluster", "_replication_groups", "_reset_cache_parameter_group", "_rg_xml",
        "_snapshot_xml",
        "_serverless_cache_xml", "_serverless_caches", "_snapshots", "_tags", "_user_groups", "_users", "_xml",
        "_SERVERLESS_DEFAULT_MAJOR", "_SERVERLESS_ENGINE_VERSIONS", "_record_event", "_xml_cluster_response",
        "handle_request", "reset",
    ),
    "ministack.services.lambda_svc": (
        "_execute_function_with_config_scope", "_execution_record_for_config", "_get_func_record_for_ref",
    ),
    "ministack.services.sqs": ("_queues",),
    "ministack.services.s3": ("_acl_grants", "_bucket_policies", "_get_object_data", "_object_acl"),
    "ministack.services.secretsmanager": (
        "_delete_resource_policy", "_find_stage_version", "_get_random_password", "_get_secret_value",
        "_put_resource_policy", "_put_secret_value", "_remove_stage_everywhere", "_resolve", "_rotate_secret",
    ),
}


def missing() -> list[str]:
    """Everything we extend that this MiniStack does not have."""
    names = []
    for module, wanted in EXTENDED.items():
        try:
            loaded = importlib.import_module(module)
        except ImportError:
            names.append(module)
            continue
        names += [f"{module}.{name}" for name in wanted if not hasattr(loaded, name)]
    return names


def check() -> None:
    installed = importlib.metadata.version("ministack")
    absent = missing()
    if absent:
        raise LocalAwsError(
            f"MiniStack {installed} lacks what the local AWS extends (written for {WRITTEN_FOR}): "
            f"{', '.join(absent)}. Install the version in local/requirements.txt or adapt localaws/emulator")
