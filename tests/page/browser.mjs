// The browser that all of this looks at the page with.

import { existsSync } from "node:fs";
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
export async function open(browser, hash = "", { width = 1280, height = 800, dark = false } = {}) {
  const page = await browser.newPage();
  page.wrong = [];
  page.on("pageerror", (error) => page.wrong.push(String(error)));
  page.on("console", (message) => {
    // That a call was refused is told by the page, and is no mistake of its.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) page.wrong.push(message.text());
  });
  page.on("request", (request) => {
    // The browser draws its own controls from texts of its own.
    if (!request.url().startsWith(`${server}/`) && !request.url().startsWith("data:")) page.wrong.push(`asks ${request.url()}`);
  });
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await page.goto(`${server}/${hash}`);
  await page.waitForFunction(() => document.getElementById("health").textContent === "Live");
  return page;
}
