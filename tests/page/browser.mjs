// The browser that all of this looks at the page with.

import { existsSync } from "node:fs";
import { connect, createServer } from "node:net";
import puppeteer from "puppeteer-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const server = process.env.EMULATOR;

export async function launch() {
  const executablePath = process.env.CHROMIUM ?? PLACES.find(existsSync);
  if (!executablePath) throw new Error(`there is no Chromium: install it, or name it in CHROMIUM`);
  // Where it runs as root, as in containers, it can have no sandbox of its own.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await puppeteer.launch({ executablePath, args: [...args, "--disable-dev-shm-usage"] });
  await browser.defaultBrowserContext().overridePermissions(server, ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"]);
  return browser;
}

// A page that fails on whatever goes wrong within it, and on requests to other addresses.
export async function open(browser, hash = "", { width = 1280, height = 800, dark = false, at = server } = {}) {
  const page = await browser.newPage();
  page.wrong = [];
  page.on("pageerror", (error) => page.wrong.push(String(error)));
  page.on("console", (message) => {
    // That a call was refused is told by the page, and is no mistake of its.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) page.wrong.push(message.text());
  });
  page.on("request", (request) => {
    // The browser draws its own controls from texts of its own.
    if (!request.url().startsWith(`${at}/`) && !request.url().startsWith("data:")) page.wrong.push(`asks ${request.url()}`);
  });
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.goto(`${at}/${hash}`);
  await page.waitForFunction(() => document.getElementById("health").textContent === "Live");
  return page;
}

// An address at which the emulator can be away for a while.
export async function detour() {
  const sockets = new Set();
  const host = "127.0.0.1";
  const ends = createServer((socket) => {
    const onward = connect(Number(new URL(server).port), host);
    for (const end of [socket, onward]) {
      sockets.add(end);
      end.on("error", () => {}).on("close", () => (socket.destroy(), onward.destroy(), sockets.delete(end)));
    }
    socket.pipe(onward).pipe(socket);
  });
  const listen = (port) => new Promise((done) => ends.listen(port, host, done));
  await listen(0);
  const { port } = ends.address();
  const leave = () => new Promise((done) => {
    ends.close(done);
    sockets.forEach((socket) => socket.destroy());
  });
  return { at: `http://${host}:${port}`, leave, comeBack: () => listen(port) };
}

const LIMIT = { timeout: 15_000 };

// Waits until a part of the page has this text.
export async function sees(page, text, selector = "main") {
  try {
    await page.waitForFunction(
      (text, selector) => [...document.querySelectorAll(selector)].some((it) => it.textContent.includes(text)),
      LIMIT, text, selector);
  } catch {
    const shown = await page.evaluate(() => document.body.innerText);
    throw new Error(`no ${selector} has "${text}":\n${shown}`);
  }
}

// Waits until there are so many of these.
export async function count(page, selector, number) {
  await page.waitForFunction(
    (selector, number) => document.querySelectorAll(selector).length === number, LIMIT, selector, number);
}

// Presses the button or follows the link of this name, as a person would: it must be there to press.
export async function press(page, name, within = "") {
  const button = await page.waitForSelector(`${within} ::-p-aria(${name})`.trim(), { ...LIMIT, visible: true });
  await button.click();
}

export async function go(page, hash) {
  await page.evaluate((hash) => (location.hash = hash), hash);
}

// Holds back the answer to a call of the page with this in its body, and returns what lets it come.
export async function holdBack(page, path, text) {
  await page.evaluate((path, text) => {
    const real = window.fetch;
    window.fetch = async (to, options) => {
      const isHeld = to.endsWith(path) && options.body?.includes(text);
      if (isHeld) await new Promise((go) => (window.letCome = go));
      const response = await real(to, options);
      if (isHeld) setTimeout(() => (window.hasCome = true));
      return response;
    };
  }, path, text);
  return async () => {
    await page.evaluate(() => window.letCome());
    await page.waitForFunction(() => window.hasCome);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  };
}

export const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

// Runs all of them in one browser, and tells which one failed.
export async function run(tests) {
  const browser = await launch();
  try {
    for (const [name, test] of Object.entries(tests)) {
      const pages = [];
      const opens = async (...asked) => {
        const page = await open(browser, ...asked);
        pages.push(page);
        return page;
      };
      try {
        await test(opens);
        const wrong = pages.flatMap((page) => page.wrong);
        if (wrong.length) throw new Error(wrong.join("\n"));
      } catch (error) {
        throw new Error(`${name}: ${error.message}`, { cause: error });
      }
      await Promise.all(pages.filter((page) => !page.isClosed()).map((page) => page.close()));
      console.log(`${name}: ok`);
    }
  } finally {
    await browser.close();
  }
  console.log("all checks passed");
}
