"""Verifies a computer key with PyJWT and the JWKS alone; prints its header and claims.

Usage: verify_jwt.py JWKS_URL AUDIENCE < token
"""

import json
import sys

import jwt

url, audience = sys.argv[1:]
token = sys.stdin.read().strip()
key = jwt.PyJWKClient(url).get_signing_key_from_jwt(token)
required = ["iss", "sub", "aud", "jti", "iat", "nbf", "exp"]
claims = jwt.decode(
    token, key.key, algorithms=["EdDSA"], audience=audience, options={"require": required}
)
json.dump({"header": jwt.get_unverified_header(token), "claims": claims}, sys.stdout)
