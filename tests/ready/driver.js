// One Playwright driver for many runs: each connection to a socket is served as the
// driver's own command serves its standard streams. A run's browser is lent to it (browsers.js),
// or is its own: then it has the run's environment, and ends with the run's connection.
"use strict";
const net = require("node:net");
const path = require("node:path");
const { lend } = require("./browsers");

const [packageFolder, address] = process.argv.slice(2);
require(path.join(packageFolder, "lib", "bootstrap"));
const { server } = require(path.join(packageFolder, "lib", "coreBundle"));

function serve(socket) {
  const connection = new server.DispatcherConnection();
  let playwright = null;
  let env = null;
  const root = new server.RootDispatcher(connection, async (scope, { sdkLanguage }) => {
    playwright = server.createPlaywright({ sdkLanguage, isClientCollocatedWithServer: true });
    const launch = playwright.chromium.launchPersistentContext.bind(playwright.chromium);
    const home = path.dirname(address);
    playwright.chromium.launchPersistentContext = async (progress, folder, options) =>
      (await lend(home, playwright.chromium, progress, folder, options, options.env ?? env)) ??
      launch(progress, folder, { ...options, env: options.env ?? env });
    return new server.PlaywrightDispatcher(scope, playwright);
  });
  connection.onmessage = (message) => {
    const text = JSON.stringify(message, (_, value) =>
      typeof value === "string" ? value.toWellFormed() : value);
    const data = Buffer.from(text, "utf-8");
    const head = Buffer.alloc(4);
    head.writeUInt32LE(data.length, 0);
    socket.write(Buffer.concat([head, data]));
  };
  let unread = Buffer.alloc(0);
  socket.on("data", (data) => {
    unread = Buffer.concat([unread, data]);
    while (unread.length >= 4 && unread.length >= 4 + unread.readUInt32LE(0)) {
      const end = 4 + unread.readUInt32LE(0);
      const message = JSON.parse(unread.subarray(4, end).toString("utf-8"));
      unread = unread.subarray(end);
      if (env === null) env = message;
      else setImmediate(() => connection.dispatch(message));
    }
  });
  const leave = async () => {
    connection.onmessage = () => {};
    await root.stopPendingOperations(new Error("the run ended"));
    const open = playwright ? playwright.allBrowsers() : [];
    await Promise.all(
      open.map((browser) => browser.close(server.nullProgress, { reason: "the run ended" })));
    socket.end();
  };
  socket.on("error", () => {});
  socket.on("close", leave);
  socket.on("end", leave);
}

process.on("SIGINT", () => {});
process.stdin.on("end", () => process.exit(0)).resume();
net.createServer({ allowHalfOpen: true }, serve).listen(address, () => process.stdout.write("ready\n"));
