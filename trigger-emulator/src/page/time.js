// Times of the emulator's clock, in a site's time zone.

import { h } from "./dom.js";
import { world } from "./api.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const formats = new Map();

function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) {
    let made;
    try {
      made = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
    } catch {
      made = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", timeZoneName: "short", ...options });
    }
    formats.set(key, made);
  }
  return formats.get(key);
}

const TIME = { hour: "2-digit", minute: "2-digit", second: "2-digit" };
const DATE = { day: "numeric", month: "short", year: "numeric" };

// Without the year where it is the same one.
export function dayOf(at, now, zone = world.timeZone) {
  const { year, ...day } = DATE;
  const isThisYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear();
  return format(zone, isThisYear ? day : { ...day, year }).format(new Date(at));
}
export const dateOf = (at, zone = world.timeZone) => format(zone, DATE).format(new Date(at));
export const timeOf = (at, zone = world.timeZone) => format(zone, TIME).format(new Date(at));
export const full = (at, zone = world.timeZone) => `${dateOf(at, zone)}, ${timeOf(at, zone)}`;
export const weekday = (at, zone = world.timeZone) => format(zone, { weekday: "short" }).format(new Date(at));

export function time(at, zone = world.timeZone, text = full(at, zone)) {
  return h("time", { datetime: at, title: `${full(at, zone)} (${zone})` }, text);
}

// Two units at most: `2 d 3 h`.
export function span(milliseconds) {
  let rest = Math.abs(milliseconds);
  const parts = [];
  for (const [size, name] of [[DAY, "d"], [HOUR, "h"], [MINUTE, "min"], [SECOND, "s"]]) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${name}`);
    rest -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(" ") || "0 s";
}

export function relative(at, now) {
  const by = new Date(at) - new Date(now);
  if (Math.abs(by) < SECOND) return "now";
  return by > 0 ? `in ${span(by)}` : `${span(by)} ago`;
}

// So long before or after the event's date: whole days as the zone's calendar has them.
export function offset(at, date, zone) {
  const by = new Date(at) - new Date(date);
  if (Math.abs(by) < SECOND) return "at the date";
  const local = (moment) => Date.parse(`${localInput(moment, zone)}Z`) + new Date(moment).getTime() % MINUTE;
  const byCalendar = local(at) - local(date);
  const words = span(Math.abs(byCalendar) < DAY ? by : byCalendar);
  return by > 0 ? `${words} after` : `${words} before`;
}

function parts(at, zone) {
  const all = format(zone, { ...TIME, year: "numeric", month: "2-digit", day: "2-digit", hourCycle: "h23" }).formatToParts(at);
  return Object.fromEntries(all.map(({ type, value }) => [type, value]));
}

// As an input for a local date and time has it.
export function localInput(at, zone = world.timeZone) {
  const { year, month, day, hour, minute } = parts(new Date(at), zone);
  return `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
}

// The moment of a local time in a zone. One that a change of clocks leaves out is a moment later.
export function fromLocalInput(text, zone = world.timeZone) {
  const wanted = Date.parse(`${text}Z`);
  if (Number.isNaN(wanted)) return undefined;
  let at = wanted;
  for (let round = 0; round < 2; round += 1) {
    at += wanted - Date.parse(`${localInput(at, zone)}Z`);
  }
  return new Date(at).toISOString();
}
