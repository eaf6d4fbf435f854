// Verifies tokens with the library `jose` and what the cockpit publishes alone.
//
// Usage: node verify_jose.mjs BASE_URL < {"tokens": [{"token", "typ", "audience"?}]}
// Prints for each token its claims, or the code of the error. The key of each token must carry a
// certificate of the published root.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.env.COCKPIT_TEST_NODE_MODULES + "/");
const jose = await import(require.resolve("jose"));

const base = process.argv[2];
const get = async (path) => (await fetch(base + path)).json();
const [jwks, root] = [await get("/.well-known/jwks.json"), await get("/.well-known/cockpit-root.json")];
const keys = jose.createLocalJWKSet(jwks);
const rootKey = await jose.importJWK(root, "EdDSA");

async function read({ token, typ, audience }) {
    try {
        const { payload, protectedHeader } = await jose.jwtVerify(token, keys, { typ, audience });
        const jwk = jwks.keys.find((key) => key.kid === protectedHeader.kid);
        const certified = await jose.jwtVerify(jwk.cockpit_certificate, rootKey, {
            typ: "cockpit-key+jwt",
            subject: jwk.kid,
        });
        const thumbprint = await jose.calculateJwkThumbprint(certified.payload.jwk);
        return { claims: payload, certified: thumbprint === jwk.kid, for: certified.payload.token_typ };
    } catch (error) {
        return { refused: error.code ?? String(error) };
    }
}

const asked = JSON.parse(readFileSync(0, "utf8")).tokens;
console.log(JSON.stringify(await Promise.all(asked.map(read))));
