import { DomainError } from './domain-error.ts';

/** Text from outside: trimmed, 1 to `max` characters (0 where `empty` allows), no control characters but newline and tab. */
export function text(field: string, value: string, max: number, options: { empty?: boolean; trim?: boolean } = {}): string {
  const clean = options.trim === false ? value : value.trim();
  if (clean === '' && !options.empty) throw new DomainError('BAD_INPUT', { field, reason: 'EMPTY' });
  if (clean.length > max) throw new DomainError('BAD_INPUT', { field, reason: 'TOO_LONG', max });
  // C0 controls other than tab, newline, return break PostgreSQL (NUL) or the screen.
  for (const character of clean) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 32 && point !== 9 && point !== 10 && point !== 13) throw new DomainError('BAD_INPUT', { field, reason: 'CONTROL_CHARACTER' });
  }
  return clean;
}

const EMAIL = /^[^\s@<>()",;:]+@[^\s@<>()",;:]+\.[^\s@<>()",;:]{2,}$/;

export function email(field: string, value: string): string {
  const clean = text(field, value, 254).toLowerCase();
  if (!EMAIL.test(clean)) throw new DomainError('BAD_INPUT', { field, reason: 'NOT_AN_EMAIL' });
  return clean;
}

/** An ISO day that exists, such as 2026-02-28. */
export function day(field: string, value: string): string {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  if (!date || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value) throw new DomainError('BAD_INPUT', { field, reason: 'NOT_A_DAY' });
  return value;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isId = (value: string): boolean => UUID.test(value);
