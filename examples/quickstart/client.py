# The client of the quickstart in Python, Java and Go: counts its visits in the cache. It is short enough to be written into the template, and
# needs nothing but what the runtime of Lambda brings; an application uses a client library, see examples/clients.
import json
import os
import socket
import ssl

import boto3


def handler(event, context):
    secret = boto3.client("secretsmanager").get_secret_value(SecretId=os.environ["CACHE_SECRET_ARN"])
    user = json.loads(secret["SecretString"])
    host, port = os.environ["CACHE_HOST"], int(os.environ["CACHE_PORT"])
    with socket.create_connection((host, port), timeout=10) as plain:
        with ssl.create_default_context().wrap_socket(plain, server_hostname=host) as connection:
            answers = connection.makefile("rb")
            ask(connection, answers, "AUTH", user["username"], user["password"])
            return {"visits": int(ask(connection, answers, "INCR", "visits"))}


def ask(connection, answers, *words):
    """One command and its answer of one line."""
    parts = [f"*{len(words)}", *(part for word in words for part in (f"${len(word.encode())}", word))]
    connection.sendall("".join(f"{part}\r\n" for part in parts).encode())
    answer = answers.readline().decode().strip()
    if answer[:1] not in ("+", ":"):
        raise RuntimeError(f"{words[0]}: {answer}")
    return answer[1:]


if __name__ == "__main__":
    print(json.dumps(handler({}, None)))
