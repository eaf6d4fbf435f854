// A stock TUF client (tuf-js): refreshes, downloads one target, prints JSON as tuf_client.py does.
//
//     node tuf_client.mjs BASE_URL TRUSTED_ROOT TARGET METADATA_DIR [--days N]
//
// tuf-js is found in COCKPIT_TEST_NODE_MODULES.

import { createHash } from "node:crypto";
import { existsSync, copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { Updater } = createRequire(join(process.env.COCKPIT_TEST_NODE_MODULES, "package.json"))("tuf-js");
const [base, root, name, metadataDir, , days = "0"] = process.argv.slice(2);
const targetDir = join(metadataDir, "targets");
mkdirSync(targetDir, { recursive: true });
const trusted = join(metadataDir, "root.json");
if (!existsSync(trusted)) copyFileSync(root, trusted);

let outcome;
try {
  const updater = new Updater({
    metadataDir,
    metadataBaseUrl: `${base}/metadata`,
    targetDir,
    targetBaseUrl: `${base}/targets`,
  });
  const clock = updater.trustedSet.referenceTime;
  clock.setDate(clock.getDate() + Number(days));
  await updater.refresh();
  const info = await updater.getTargetInfo(name);
  let target = null;
  if (info) {
    const content = readFileSync(await updater.downloadTarget(info));
    const sha256 = createHash("sha256").update(content).digest("hex");
    target = { length: content.length, sha256, custom: info.custom };
  }
  const version = (role) => JSON.parse(readFileSync(join(metadataDir, `${role}.json`))).signed.version;
  const [r, t, s] = ["root", "timestamp", "snapshot"].map(version);
  outcome = { ok: true, root: r, timestamp: t, snapshot: s, target };
} catch (error) {
  outcome = { ok: false, error: error.constructor.name, message: error.message, status: error.statusCode };
}
console.log(JSON.stringify(outcome));
process.exit(outcome.ok ? 0 : 1);
