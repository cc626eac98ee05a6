// Browsers that stay open between the runs of a driver. A run has one to itself while it lasts:
// its connection and its contexts end with it, and only then is the browser lent again.
"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const readline = require("node:readline");

// Opens no window, so that no run leaves one as it found it.
const WINDOWLESS = /headless.shell[^/]*$/;
// The profile of a run that has no profile of the buyer's: nothing is kept in it.
const TEMPORARY = /^dispute-guard-[0-9a-f]{32}$/;
const MARK = "--dispute-guard-run=";
// What a browser takes from its environment.
const HEARD = /^(HOME|TZ|LANG|LANGUAGE|LC_.*|DISPLAY|XDG_.*|\w+_proxy|\w+_PROXY)$/;
// A run with this variable may be killed, and its browser with it (tests/faults/processes.py).
const HARMED = "GUARDED_TEST_RUN";
const MOST_IDLE = 3;
const START_MS = 20000;
const LOOKS = 100;
const LOOK_MS = 20;

const idle = [];

// Nothing between two processes of one machine is packed: packing and unpacking cost more than a
// tenth of what a run costs.
const request = http.request;
http.request = (options, ...rest) => {
  if (options?.headers) delete options.headers["Sec-WebSocket-Extensions"];
  return request(options, ...rest);
};

// A context in a lent browser; null if this run needs a browser of its own, or none starts.
// Profiles of lent browsers are in the folder `home`, which ends with the driver.
async function lend(home, chromium, progress, folder, options, env) {
  const harmed = env.some(({ name }) => name === HARMED);
  const plain = WINDOWLESS.test(options.executablePath ?? "") && TEMPORARY.test(path.basename(folder));
  if (harmed || !plain) return null;
  const args = (options.args ?? []).filter((word) => !word.startsWith(MARK));
  const heard = env.filter(({ name }) => HEARD.test(name)).map(({ name, value }) => `${name}=${value}`);
  const kind = JSON.stringify([options.executablePath, args, heard.sort()]);
  const lent = take(kind) ?? (await start(home, chromium, kind, folder, { ...options, args }, env));
  if (lent === null) return null;
  const browser = await chromium._connectOverCDPInternal(progress, lent.address, {
    isLocal: true,
    artifactsDir: options.artifactsDir,
  });
  browser.once("disconnected", () => giveBack(lent));
  return browser._defaultContext;
}

function take(kind) {
  const at = idle.findIndex((one) => one.kind === kind);
  return at < 0 ? null : idle.splice(at, 1)[0];
}

async function giveBack(lent) {
  if (!(await isEmpty(lent))) lent.end();
  if (lent.ended) return;
  idle.push(lent);
  if (idle.length > MOST_IDLE) idle.shift().end();
}

// Whether the run's pages are gone; all but the browser's own first one.
async function isEmpty(lent) {
  const list = new URL("/json/list", lent.address.replace("ws:", "http:"));
  for (let look = 0; look < LOOKS && !lent.ended; look += 1) {
    const shown = await fetch(list).then((answer) => answer.json()).catch(() => null);
    if (shown !== null && shown.length <= 1) return true;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  return false;
}

// Start one as Playwright would, with a port beside the pipe: closing the pipe ends it, also if
// this process is killed.
async function start(home, chromium, kind, prepared, options, env) {
  const folder = fs.mkdtempSync(path.join(home, "lent-"));
  fs.cpSync(prepared, folder, { recursive: true });
  const words = await chromium.defaultArgs(options, true, folder);
  const running = spawn(options.executablePath, ["--remote-debugging-port=0", ...words], {
    env: Object.fromEntries(env.map(({ name, value }) => [name, value])),
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
  });
  const lent = { kind, ended: false, address: "", end: () => running.kill("SIGKILL") };
  const gone = () => {
    lent.ended = true;
    if (idle.includes(lent)) idle.splice(idle.indexOf(lent), 1);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  running.once("error", gone).once("exit", gone);
  lent.address = await addressOf(running);
  if (lent.address) return lent;
  lent.end();
  return null;
}

function addressOf(running) {
  const said = "DevTools listening on ";
  return new Promise((done) => {
    readline.createInterface({ input: running.stderr }).on("line", (line) => {
      if (line.startsWith(said)) done(line.slice(said.length).trim());
    });
    running.once("error", () => done("")).once("exit", () => done(""));
    setTimeout(() => done(""), START_MS).unref();
  });
}

module.exports = { lend };
