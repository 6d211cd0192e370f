"""The errors a person sees. Every message says what to change."""


class LocalAwsError(Exception):
    """A command cannot go on; the text is the whole message for the user."""


class EngineError(Exception):
    """An engine, or a rule ElastiCache has, refused what was asked; fails the API call or the deployment."""

    code = "InvalidParameterValue"
