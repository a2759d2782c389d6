"""Makes the companion's bot, a server administrator without rate limits, or signs it in anew. Prints the lines for .env."""

import hashlib
import hmac
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

BOT = "companion"
HOMESERVER = os.environ["SYNAPSE_URL"].rstrip("/")
PASSWORD = os.environ["BOT_PASSWORD"]


def call(method, path, body=None, token=None):
    request = urllib.request.Request(HOMESERVER + path, method=method)
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(request, data, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        return json.load(refused)


def wanted(answer, key):
    if key not in answer:
        sys.exit(f"Synapse refused: {answer.get('error', answer)}")
    return answer[key]


def register():
    nonce = wanted(call("GET", "/_synapse/admin/v1/register"), "nonce")
    text = "\0".join([nonce, BOT, PASSWORD, "admin"])
    mac = hmac.new(os.environ["REGISTRATION_SECRET"].encode(), text.encode(), hashlib.sha1).hexdigest()
    body = {"nonce": nonce, "username": BOT, "password": PASSWORD, "admin": True, "mac": mac, "inhibit_login": True}
    answer = call("POST", "/_synapse/admin/v1/register", body)
    if answer.get("errcode") != "M_USER_IN_USE":
        wanted(answer, "user_id")


register()
login = {
    "type": "m.login.password",
    "identifier": {"type": "m.id.user", "user": BOT},
    "password": PASSWORD,
    "initial_device_display_name": "companion",
}
answer = call("POST", "/_matrix/client/v3/login", login)
token = wanted(answer, "access_token")
bot = urllib.parse.quote(answer["user_id"])
unlimited = {"messages_per_second": 0, "burst_count": 0}
wanted(call("POST", f"/_synapse/admin/v1/users/{bot}/override_ratelimit", unlimited, token), "burst_count")
print(f"MATRIX_ACCESS_TOKEN={token}\nMATRIX_ADMIN_TOKEN={token}")
