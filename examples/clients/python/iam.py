"""When you need it: a client of an IAM user, so that there is no password to keep or to rotate.
What it does: makes a token whenever it opens a connection; a token is good for 15 minutes at most.
Run it: python iam.py, with the environment that grantAccess gives
"""

import json
import os

import boto3
import valkey
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest


class IamCredentials(valkey.CredentialProvider):
    def __init__(self, user, cache_name, resource_type=None):
        self.user, self.cache_name, self.resource_type = user, cache_name.lower(), resource_type
        self.session = boto3.Session()

    def get_credentials(self):
        query = {"Action": "connect", "User": self.user}
        if self.resource_type:
            query["ResourceType"] = self.resource_type
        request = AWSRequest("GET", f"https://{self.cache_name}/", params=query)
        credentials = self.session.get_credentials().get_frozen_credentials()
        SigV4QueryAuth(credentials, "elasticache", self.session.region_name, expires=900).add_auth(request)
        return self.user, request.prepare().url.removeprefix("https://")


def connect():
    # A serverless or a sharded cache speaks the protocol of cluster mode.
    serverless = os.environ.get("CACHE_IAM_RESOURCE_TYPE")
    client = valkey.ValkeyCluster if serverless else valkey.Valkey
    return client(
        host=os.environ["CACHE_HOST"],
        port=int(os.environ["CACHE_PORT"]),
        ssl=True,  # IAM users exist over TLS only
        ssl_ca_certs=os.environ.get("CACHE_CA_FILE"),  # for a cache whose certificate this machine does not trust by itself
        credential_provider=IamCredentials(os.environ["CACHE_USERNAME"], os.environ["CACHE_IAM_NAME"], serverless),
        decode_responses=True,
    )


if __name__ == "__main__":
    cache = connect()
    print(json.dumps({"user": cache.acl_whoami(), "visits": cache.incr("visits")}))
    cache.close()
