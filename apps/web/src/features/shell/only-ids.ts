import { notFound } from '@tanstack/react-router';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Loader of a page addressed by ids: a text that cannot be one names nothing, and the server is not asked for it. */
export function onlyIds(params: Record<string, string>): void {
  for (const [name, value] of Object.entries(params)) {
    if (name.endsWith('Id') && !ID.test(value)) throw notFound();
  }
}
