import { useTranslation } from 'react-i18next';
import { LANGUAGES, languageOf, type Language } from '@trainyard/domain';

/** Numbers, times and sizes as the reader's language writes them. */
export interface Format {
  /** At most three decimals. */
  number(value: number): string;
  /** Four significant digits, as losses need: 0.04321, 1.235e-7. */
  figure(value: number): string;
  /** A fraction, 0 to 1, with two decimals: 98.46%. */
  percent(fraction: number): string;
  /** A fraction with one decimal, for columns and axes: 98.5%. */
  share(fraction: number): string;
  /** A fraction without decimals, for what moves: 45%. */
  wholePercent(fraction: number): string;
  /** 12.3K, 4.59M, as short as it stays useful. */
  compact(value: number): string;
  /** Two largest units of milliseconds: 2min 5s. */
  duration(ms: number): string;
  bytes(count: number): string;
  dateTime(iso: string): string;
  time(iso: string): string;
  /** Hour and minute; with the date where `now` (milliseconds) is on another day. */
  moment(iso: string, now: number): string;
  /** A day of the calendar, in no zone: 2026-01-05 is 5 January everywhere. */
  date(day: string): string;
  /** The same as short as it stays clear: without the year where that is the one of `today`. */
  shortDate(day: string, today: string): string;
  /** The date alone. */
  day(iso: string): string;
  /** Month and year of an ISO day. */
  month(day: string): string;
  /** "5 minutes ago" as seen at `now` (milliseconds). What happened after that is now: a screen reads its clock now and then. */
  relative(iso: string, now: number): string;
}

const made = new Map<Language, Format>();

export function useFormat(): Format {
  const { i18n } = useTranslation();
  return formatOf(languageOf(i18n.language));
}

export function formatOf(language: Language): Format {
  const known = made.get(language) ?? makeFormat(LANGUAGES[language].tag);
  made.set(language, known);
  return known;
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const AGO = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

function makeFormat(tag: string): Format {
  const plain = new Intl.NumberFormat(tag, { maximumFractionDigits: 3 });
  const significant = new Intl.NumberFormat(tag, { maximumSignificantDigits: 4 });
  const scientific = new Intl.NumberFormat(tag, { notation: 'scientific', maximumFractionDigits: 3 });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const share = new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const wholePercent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 });
  const compact = new Intl.NumberFormat(tag, { notation: 'compact', maximumSignificantDigits: 3 });
  const dateTime = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' });
  const localDay = new Intl.DateTimeFormat(tag, { dateStyle: 'medium' });
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
  const ofYear = new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const atUtc = (day: string): number => Date.parse(`${day}T00:00:00Z`);
  const month = new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat(tag, { timeStyle: 'medium', hourCycle: 'h23' });
  const minute = new Intl.DateTimeFormat(tag, { timeStyle: 'short' });
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' });
  const unit = (name: string, digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit: name,
      unitDisplay: name === 'byte' ? 'long' : name.endsWith('byte') ? 'short' : 'narrow',
      maximumFractionDigits: digits,
    });
  const units = new Map(UNITS.map(([name]) => [name, unit(name, 0)]));
  const milliseconds = unit('millisecond', 0);
  const tenths = unit('second', 1);
  const sizes = BYTE_UNITS.map((name, i) => unit(name, i === 0 ? 0 : 1));

  return {
    number: (value) => plain.format(value),
    figure: (value) => (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e6) ? scientific : significant).format(value),
    percent: (fraction) => percent.format(fraction),
    share: (fraction) => share.format(fraction),
    wholePercent: (fraction) => wholePercent.format(fraction),
    compact: (value) => compact.format(value),
    duration(ms) {
      if (ms < 1_000) return milliseconds.format(Math.max(0, Math.round(ms)));
      if (ms < 10_000) return tenths.format(ms / 1_000);
      const seconds = Math.round(ms / 1_000);
      const first = UNITS.findIndex(([, size]) => seconds >= size);
      let rest = seconds;
      const parts: string[] = [];
      for (const [name, size] of UNITS.slice(first, first + 2)) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count > 0) parts.push(units.get(name)?.format(count) ?? '');
      }
      return parts.join(' ');
    },
    bytes(count) {
      const power = count < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(count) / 3));
      return sizes[power]?.format(count / 1_000 ** power) ?? '';
    },
    dateTime: (iso) => dateTime.format(new Date(iso)),
    date: (day) => date.format(atUtc(day)),
    shortDate: (day, today) => (day.slice(0, 4) === today.slice(0, 4) ? ofYear : date).format(atUtc(day)),
    day: (iso) => localDay.format(new Date(iso)),
    month: (iso) => month.format(atUtc(iso)),
    time: (iso) => time.format(new Date(iso)),
    moment: (iso, now) => (localDay.format(new Date(iso)) === localDay.format(now) ? minute : dateTime).format(new Date(iso)),
    relative(iso, now) {
      const seconds = Math.min(0, new Date(iso).getTime() - now) / 1_000;
      const [name, size] = AGO.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
      return relative.format(Math.round(seconds / size), name);
    },
  };
}
