// The same walk as tests.benchmarks.bare with Puppeteer. Never use it to cancel anything real.
// node with_puppeteer.cjs SITE BROWSER look|cancel [SWITCH…]
const puppeteer = require("puppeteer-core");

async function walk(browser, site, cancel) {
  const page = await browser.newPage();
  await page.goto(`${site}/p/order/index.html`, { waitUntil: "domcontentloaded" });
  const details = ".order-item:has(.order-item-bottom-action) .order-item-header-detail";
  await (await page.waitForSelector(details, { visible: true })).click();
  const opening = new Promise((resolve) => page.once("popup", resolve));
  await (await page.waitForSelector("::-p-text(Dispute in Progress)", { visible: true })).click();
  const dispute = await opening;
  const button = await dispute.waitForSelector("::-p-text(Cancel Request)", { visible: true });
  if (!cancel) return;
  await button.click();
  await dispute.waitForSelector("[role=dialog] button", { visible: true });
  const buttons = await dispute.$$("[role=dialog] button");
  await buttons.at(-1).click();
  await dispute.waitForSelector("::-p-text(Request cancelled)", { visible: true });
}

async function main() {
  const [site, executablePath, how, ...args] = process.argv.slice(2);
  const browser = await puppeteer.launch({ executablePath, headless: "shell", args });
  try {
    await walk(browser, site, how === "cancel");
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
