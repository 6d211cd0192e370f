"""Functions: MiniStack runs them as child processes; we only say better what to do when a module is missing."""

from __future__ import annotations

from ministack.core import lambda_runtime

_THEIR_ADVICE = "; bundle the module with your function or use LAMBDA_EXECUTOR=docker."
_OUR_ADVICE = (
    "; functions find modules of the AWS SDK in the node_modules folder of the checkout (or the one named by "
    "LOCAL_AWS_NODE_MODULES): install the module there, or bundle it with the function.")


def install() -> None:
    lambda_runtime._NODEJS_WORKER_SCRIPT = lambda_runtime._NODEJS_WORKER_SCRIPT.replace(_THEIR_ADVICE, _OUR_ADVICE)
