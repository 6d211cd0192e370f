"""How many messages came to each queue of SQS, once a minute.

A message that was taken within the minute in which it came is not counted.
See https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
"""

from __future__ import annotations

from ministack.core.responses import request_scope
from ministack.services import cloudwatch, sqs

_NAMESPACE, _METRIC = "AWS/SQS", "NumberOfMessagesSent"
# The ids of the messages of each queue that were counted and are still there.
_counted: dict[tuple[str, ...], set[str]] = {}


def publish(minute: int) -> None:
    queues = dict(sqs._queues._data)
    for gone in _counted.keys() - queues.keys():
        del _counted[gone]
    for key, queue in queues.items():
        present = {message["id"] for message in list(queue["messages"])}
        new = present - _counted.get(key, set())
        _counted[key] = present
        with request_scope(*key[:2]):
            cloudwatch._store_datum(_NAMESPACE, _METRIC, {"QueueName": queue["name"]}, minute, "Count", float(len(new)),
                                    None, None, None)
