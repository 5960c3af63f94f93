// Writes moments in the reader's own zone, which the clock panel names.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const short = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });

export const zoneName = zone;
export const timeOf = (iso) => clock.format(new Date(iso));
export const dayOf = (iso) => day.format(new Date(iso));
export const shortDayOf = (iso) => short.format(new Date(iso));

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
  return Object.keys(options).length ? new Intl.DateTimeFormat("en-GB", options).format(new Date(iso)) : `${dayOf(iso)}, ${timeOf(iso)}`;
}

export function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
