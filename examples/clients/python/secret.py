"""When you need it: a client whose password is rotated while it runs.
What it does: reads the password whenever it opens a connection, so a rotated one is never used again.
Run it: python secret.py, with the environment that grantAccess gives
"""

import json
import os

import boto3
import valkey

secrets = boto3.client("secretsmanager")


class SecretCredentials(valkey.CredentialProvider):
    def __init__(self, secret_arn):
        self.secret_arn = secret_arn

    def get_credentials(self):
        secret = json.loads(secrets.get_secret_value(SecretId=self.secret_arn)["SecretString"])
        return secret["username"], secret["password"]


def connect():
    return valkey.Valkey(
        host=os.environ["CACHE_HOST"],
        port=int(os.environ["CACHE_PORT"]),
        ssl=os.environ["CACHE_TLS"] == "true",
        ssl_ca_certs=os.environ.get("CACHE_CA_FILE"),  # for a cache whose certificate this machine does not trust by itself
        credential_provider=SecretCredentials(os.environ["CACHE_SECRET_ARN"]),
        decode_responses=True,
    )


if __name__ == "__main__":
    with connect() as cache:
        print(json.dumps({"user": cache.acl_whoami(), "visits": cache.incr("visits")}))
