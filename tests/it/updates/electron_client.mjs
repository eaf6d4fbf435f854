// A stock electron-updater under plain node: checks a generic feed, downloads what it offers, and
// prints what came of it as one line of JSON. The question is JSON on the command line.
import { createRequire } from "node:module";
import http from "node:http";
import https from "node:https";
import fs from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";

const asked = JSON.parse(process.argv[2]);
const require = createRequire(path.join(process.env.COCKPIT_TEST_NODE_MODULES, "package.json"));
const { HttpExecutor } = require("builder-util-runtime");

fs.mkdirSync(asked.cache, { recursive: true });
process.resourcesPath = asked.cache;
if (asked.platform === "linux") process.env.APPIMAGE = path.join(asked.cache, "current.AppImage");
fs.writeFileSync(path.join(asked.cache, ".updaterId"), asked.installation);
fs.writeFileSync(path.join(asked.cache, "app-update.yml"), "updaterCacheDirName: app\n");
if (asked.old) {
  fs.mkdirSync(path.join(asked.cache, "app"), { recursive: true });
  fs.copyFileSync(asked.old, path.join(asked.cache, "app", "installer.exe"));
  if (process.env.APPIMAGE) fs.copyFileSync(asked.old, process.env.APPIMAGE);
}

const app = {
  version: asked.version,
  name: "app",
  isPackaged: true,
  appUpdateConfigPath: path.join(asked.cache, "app-update.yml"),
  userDataPath: asked.cache,
  baseCachePath: asked.cache,
  whenReady: async () => {},
  relaunch() {},
  quit() {},
  onQuit() {},
};

const requests = [];
let bytes = 0;
// Electron's own network stack is all that is exchanged.
class NodeExecutor extends HttpExecutor {
  createRequest(options, callback) {
    const sent = { path: options.path, range: options.headers?.range ?? options.headers?.Range };
    requests.push(sent);
    const scheme = options.protocol === "https:" ? https : http;
    return scheme.request(options, (response) => {
      sent.status = response.statusCode;
      response.on("data", (piece) => (bytes += piece.length));
      callback(response);
    });
  }
  async download(url, destination, options) {
    const { configureRequestUrl, configureRequestOptions } = require("builder-util-runtime");
    return await options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const request = { headers: options.headers || undefined, redirect: "manual" };
      configureRequestUrl(url, request);
      configureRequestOptions(request);
      const callback = (error) => (error == null ? resolve(destination) : reject(error));
      this.doDownload(request, { destination, options, onCancel, callback, responseHandler: null }, 0);
    });
  }
}

const updaters = { linux: "AppImageUpdater", win32: "NsisUpdater" };
const Updater = require("electron-updater")[updaters[asked.platform]];
const updater = new Updater(null, app);
updater.httpExecutor = new NodeExecutor();
// With these set, a differential download that fails is not followed by a whole one.
updater._testOnlyOptions = { platform: asked.platform, isUseDifferentialDownload: Boolean(asked.old) };
updater.autoDownload = false;
updater.logger = { debug() {}, info() {}, warn: (told) => log.push(`${told}`), error: (told) => log.push(`${told}`) };
const log = [];
updater.on("error", () => {});
const feed = { provider: "generic", url: asked.feed };
if (asked.channel) feed.channel = asked.channel;
updater.setFeedURL(feed);
updater.allowDowngrade = asked.downgrade === true;
if (asked.headers) updater.requestHeaders = asked.headers;

const told = { requests, log };
try {
  const found = await updater.checkForUpdates();
  told.version = found.updateInfo.version;
  told.available = found.isUpdateAvailable ?? found.cancellationToken != null;
  told.checked = bytes;
  if (told.available && asked.download) {
    bytes = 0;
    const [file] = await updater.downloadUpdate();
    told.sha512 = createHash("sha512").update(fs.readFileSync(file)).digest("base64");
    told.size = fs.statSync(file).size;
    told.bytes = bytes;
  }
} catch (error) {
  told.error = error.code ?? `${error}`;
  told.message = `${error.message ?? ""}`.slice(0, 500);
}
process.stdout.write(`${JSON.stringify(told)}\n`);
process.exit(0);
