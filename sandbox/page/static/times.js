// Writes moments in the zone of the person one is, as their phone would; the clock panel names it.

const OWN = Intl.DateTimeFormat().resolvedOptions().timeZone;

let zone = OWN;

/** Writes everything in this zone from now on; without one, in that of the browser. */
export function useZone(name) {
  zone = name ?? OWN;
}

export const zoneName = () => zone;

/** The city that names the zone: "Jakarta". */
export const placeName = () => zone.split("/").at(-1).replaceAll("_", " ");

const made = new Map();

/** A format in the zone of now; making one is slow, so each is kept. */
function written(iso, options) {
  const key = JSON.stringify([zone, options]);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }));
  return made.get(key).format(new Date(iso));
}

export const timeOf = (iso) => written(iso, { hour: "2-digit", minute: "2-digit" });
export const dayOf = (iso) => written(iso, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const shortDayOf = (iso) => written(iso, { weekday: "short", day: "numeric", month: "short" });

/** The time for today, the date for any other day. */
export const briefly = (iso, now) => (dayOf(iso) === dayOf(now) ? timeOf(iso) : shortDayOf(iso));

const PARTS = {
  w: { weekday: "short" },
  d: { day: "numeric", month: "numeric", year: "numeric" },
  D: { day: "numeric", month: "long", year: "numeric" },
  t: { hour: "2-digit", minute: "2-digit" },
  T: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** A moment as a Telegram client writes it where the bot left the format to the reader: "wDt" and the like. */
export function asFormatted(iso, format) {
  const options = Object.assign({}, ...[...format].map((letter) => PARTS[letter] ?? {}));
  return Object.keys(options).length ? written(iso, options) : `${dayOf(iso)}, ${timeOf(iso)}`;
}

export function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
