/** A way in which a column writes its dates. `key` gives ISO 8601, which sorts as text; null = not so. */
export interface DateFormat {
  readonly id: string;
  /** As it is told to people. */
  readonly title: string;
  /** Numbers that are dates only where the header says so, in these words. */
  readonly header: RegExp | null;
  readonly key: (text: string) => string | null;
}

const clock = String.raw`(?:(?:T|,? +)(\d{1,2}):(\d{2})(?::(\d{2})(\.\d+)?)?(?: ?([AP]M))?(?: ?(Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${clock}$`, 'i');
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${clock}$`, 'i');
const dayMonthName = new RegExp(
  String.raw`^(\d{1,2})[-. ]+([a-z]{3,9})\.?[-, ]+(\d{4}|\d{2})${clock}$`,
  'i',
);
const monthNameDay = new RegExp(
  String.raw`^([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})${clock}$`,
  'i',
);
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function two(value: number | string): string {
  return String(value).padStart(2, '0');
}

/** `time`: hour, minute, second, fraction, AM or PM, zone, as `clock` finds them. */
function isoOf(
  yearText: string,
  month: number,
  day: number,
  time: readonly (string | undefined)[] = [],
): string | null {
  // Two digits, as spreadsheets read them: 00 to 68 are in this century.
  const short = Number(yearText);
  const year = yearText.length > 2 ? short : short + (short < 69 ? 2000 : 1900);
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  const date = `${year}-${two(month)}-${two(day)}`;
  const [hourText, minute = '00', second = '00', fraction = '', half, zone] = time;
  if (hourText === undefined) return date;
  let hour = Number(hourText);
  if (half !== undefined) hour = (hour % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  if (hour > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const local = `${date}T${two(hour)}:${minute}:${second}${fraction}`;
  if (zone === undefined) return local;
  const offset = /^[+-]/.test(zone) ? zone.replace(/^(...):?(..)$/, '$1:$2') : 'Z';
  const instant = new Date(`${date}T${two(hour)}:${minute}:${second}${offset}`);
  return Number.isNaN(instant.getTime())
    ? null
    : `${instant.toISOString().slice(0, 19)}${fraction}Z`;
}

function fromInstant(milliseconds: number): string | null {
  const instant = new Date(milliseconds);
  if (Number.isNaN(instant.getTime())) return null;
  const text = instant.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
}

/** A whole number (or with a fraction, where a clock may be in it) between two bounds. */
function between(text: string, low: number, high: number): number | null {
  if (!/^\d+(?:\.\d+)?$/.test(text)) return null;
  const value = Number(text);
  return value >= low && value <= high ? value : null;
}

function monthOf(name: string | undefined): number {
  return months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

function withYearLast(text: string, dayFirst: boolean): string | null {
  const match = yearLast.exec(text);
  if (match === null) return null;
  const [first, second] = [Number(match[1]), Number(match[3])];
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return isoOf(match[4] as string, month, day, match.slice(5));
}

function withMonthName(text: string): string | null {
  const late = dayMonthName.exec(text);
  if (late !== null) {
    return isoOf(late[3] as string, monthOf(late[2]), Number(late[1]), late.slice(4));
  }
  const early = monthNameDay.exec(text);
  if (early === null) return null;
  return isoOf(early[3] as string, monthOf(early[1]), Number(early[2]), early.slice(4));
}

function compact(text: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2}):?(\d{2})?)?$/.exec(text);
  if (match === null || !/^(19|20|21)/.test(text)) return null;
  return isoOf(match[1] as string, Number(match[2]), Number(match[3]), match.slice(4));
}

/** Every way, the surest first. */
export const dateFormats: readonly DateFormat[] = [
  {
    id: 'iso',
    title: 'year-month-day',
    header: null,
    key: (text) => {
      const match = yearFirst.exec(text);
      return match === null
        ? null
        : isoOf(match[1] as string, Number(match[3]), Number(match[4]), match.slice(5));
    },
  },
  {
    id: 'month-name',
    title: 'with the month’s name',
    header: null,
    key: withMonthName,
  },
  {
    id: 'day-first',
    title: 'day/month/year',
    header: null,
    key: (text) => withYearLast(text, true),
  },
  {
    id: 'month-first',
    title: 'month/day/year',
    header: null,
    key: (text) => withYearLast(text, false),
  },
  { id: 'compact', title: 'year, month and day as one number', header: null, key: compact },
  {
    id: 'year-month',
    title: 'year-month',
    header: null,
    key: (text) => (/^\d{4}[-/](0[1-9]|1[0-2])$/.test(text) ? text.replace('/', '-') : null),
  },
  {
    id: 'clock',
    title: 'time of day',
    header: null,
    key: (text) => {
      const match = /^(\d{1,2}):(\d{2})(:\d{2}(?:\.\d+)?)?$/.exec(text);
      return match === null || Number(match[1]) > 23 || Number(match[2]) > 59
        ? null
        : `${two(match[1] as string)}:${match[2]}${match[3] ?? ':00'}`;
    },
  },
  {
    id: 'year',
    title: 'year',
    header: /year|jahr|date|period/,
    key: (text) => (/^(1[5-9]|20|21)\d{2}$/.test(text) ? text : null),
  },
  {
    id: 'excel',
    title: 'days since 1899-12-30, as Excel counts',
    header: /date|datum|fecha/,
    key: (text) => {
      const days = between(text, 14_000, 80_000);
      return days === null ? null : fromInstant(Math.round((days - 25_569) * 86_400_000));
    },
  },
  {
    id: 'unix',
    title: 'seconds since 1970',
    header: /time|date|datum|^(?:ts|unix|epoch|)$/,
    key: (text) => {
      const seconds = between(text, 1e8, 5e9);
      return seconds === null ? null : fromInstant(seconds * 1000);
    },
  },
  {
    id: 'unix-milliseconds',
    title: 'milliseconds since 1970',
    header: /time|date|datum|^(?:ts|unix|epoch|)$/,
    key: (text) => {
      const milliseconds = between(text, 1e11, 5e12);
      return milliseconds === null ? null : fromInstant(milliseconds);
    },
  },
];

/** A header as it is compared: without quotes, brackets, signs and case. */
export function bareName(name: string): string {
  return name
    .replace(/[<>[\]()"'_\s.:-]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** The header says that the column holds dates or times, whatever its cells look like. */
export function isDateName(name: string): boolean {
  return /^(?:approx |trade |trading |open |close )?(?:date|time|datetime|date time|timestamp|datum|dt|dtyyyymmdd|unix time|epoch)(?: utc| gmt)?$/.test(
    bareName(name),
  );
}

/** The header says that the column counts the rows, as long as its numbers do. */
export function isIndexName(name: string): boolean {
  return /^(?:|index|row|rows|row number|rownames|day|id|nr|no|#|unnamed \d+|level 0)$/.test(
    bareName(name),
  );
}
