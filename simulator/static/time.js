// Dates and hours as people in the simulated place read them: Brussels, or the page's ?zone=….

const LOCALE = "nl-BE";

function chosenZone() {
  const wanted = new URLSearchParams(window.location.search).get("zone");
  try {
    return new Intl.DateTimeFormat(LOCALE, { timeZone: wanted || "Europe/Brussels" }).resolvedOptions().timeZone;
  } catch {
    return "Europe/Brussels";
  }
}

export const ZONE = chosenZone();

const format = (options) => new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, ...options });
const HOUR = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const LONG_DAY = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const DAY = format({ weekday: "long", day: "numeric", month: "long" });
const SHORT_DAY = format({ weekday: "short", day: "numeric", month: "short" });
const NUMBERS = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE, hourCycle: "h23",
  year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
});

export const hour = (ms) => HOUR.format(ms);
export const longDay = (ms) => LONG_DAY.format(ms);
export const day = (ms) => DAY.format(ms);
export const shortDay = (ms) => SHORT_DAY.format(ms);

function wallTime(ms) {
  return Object.fromEntries(NUMBERS.formatToParts(ms).map((part) => [part.type, Number(part.value)]));
}

function offset(ms) {
  const wall = wallTime(ms);
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  return asUtc - Math.floor(ms / 1000) * 1000;
}

/** The instant (ms since 1970) of a whole hour on the day `days` after the one that `now` falls on in the zone. */
export function instantAt(now, days, wholeHour) {
  const wall = wallTime(now);
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day + days, wholeHour);
  // The offset is looked up twice, since the first guess may lie on the other side of a change to summer time.
  return asUtc - offset(asUtc - offset(asUtc));
}

/** 18:00 today, or tomorrow's when that has passed. */
export function tonight(now) {
  const today = instantAt(now, 0, 18);
  return today > now ? today : instantAt(now, 1, 18);
}

/** Whether this evening is still to come: else `tonight` is that of tomorrow. */
export const eveningComes = (now) => instantAt(now, 0, 18) > now;

export const tomorrowMorning = (now) => instantAt(now, 1, 8);
