import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Contents } from './installation.ts';
import { readKept, writeAtomically } from './kept.ts';
import { folderIdentity } from './process-identity.ts';

/** Who a home is, kept in `<home>/home.json`; its database holds the same installation. */
export interface Identity {
  installation: string;
  /** 'embedded', or host:port/name of the database that DATABASE_URL named. */
  database: string;
  /** Where the home was when it last started. */
  place: string;
}

/** A home as it is found: never named, where it was, moved since, or a copy of one that is still there. */
export interface Standing {
  kind: 'new' | 'same' | 'moved' | 'copied';
  known: Identity | null;
  /** The folder it was moved or copied from; null unless it was. */
  from: string | null;
}

export const EMBEDDED = 'embedded';

const identityFile = (home: string): string => join(home, 'home.json');
const placeOf = (home: string): string => realpathSync(home);

const readIdentity = (home: string): Identity | null =>
  readKept<Identity>(identityFile(home), 'remove it; the home then takes the identity that its database has.');

export function keepIdentity(home: string, installation: string, database: string): void {
  writeAtomically(identityFile(home), JSON.stringify({ installation, database, place: placeOf(home) } satisfies Identity));
}

/** Looks where the home was last time, and whether that one is still there: then this is its copy. */
export function recognise(home: string): Standing {
  const known = readIdentity(home);
  const before = known?.place ?? formerPlace(home);
  if (before === null) return { kind: 'new', known, from: null };
  // One folder may go by two names: a symbolic link, a second mount.
  if (before === placeOf(home) || folderIdentity(before) === folderIdentity(home))
    return { kind: before === placeOf(home) ? 'same' : 'moved', known, from: before };
  return { kind: isOriginal(before, known) ? 'copied' : 'moved', known, from: before };
}

/** Whether the folder `place` still holds the home of this identity, or of an earlier version's home that has none yet. */
function isOriginal(place: string, known: Identity | null): boolean {
  try {
    const there = readIdentity(place);
    if (known !== null) return there?.installation === known.installation;
    return there !== null || formerPlace(place) === place;
  } catch {
    return false;
  }
}

/** Where a home of a version without identities was: it kept the absolute place of its data. */
function formerPlace(home: string): string | null {
  const dataDir = readKept<{ dataDir?: string }>(join(home, 'postgres.json'), 'remove it; a new password is then made.')?.dataDir;
  return dataDir === undefined || !dataDir.endsWith('/postgres') || dataDir.startsWith('/var/lib/trainyard/') ? null : dirname(dataDir);
}

/** What a start may do with what it found: go on as `installation`, with new passwords where they are a copy's; or not at all. */
export type Verdict = { ok: true; installation: string; renewPasswords: boolean } | { ok: false; reason: string };

const refused = (reason: string): Verdict => ({ ok: false, reason });
const goOn = (installation: string, renewPasswords: boolean = false): Verdict => ({ ok: true, installation, renewPasswords });

/** Compares home and embedded database, which lies in it. */
export function judgeEmbedded(home: string, standing: Standing, contents: Contents, wasUsed: boolean): Verdict {
  const known = standing.known?.installation ?? null;
  if (contents.kind === 'foreign')
    return refused(`The data in ${join(home, 'postgres')} is not Trainyard's (it holds ${contents.tables}): set TRAINYARD_HOME to another folder.`);
  if (contents.kind === 'empty' && wasUsed) {
    return refused(
      `The database in ${join(home, 'postgres')} is empty, and this home was used before: with DATABASE_URL, then set it again; or its data was replaced, then put it back. To start afresh, set TRAINYARD_HOME to another folder.`,
    );
  }
  const there = contents.kind === 'named' ? contents.installation.id : null;
  // A copy whose start was interrupted has renamed its database already.
  if (standing.kind === 'copied') return goOn(there !== null && there !== known ? there : randomUUID(), true);
  if (known !== null && there !== null && known !== there) {
    return refused(
      `The database in ${join(home, 'postgres')} belongs to installation ${there}, this home's files to ${known}: put back the one that was exchanged, or remove ${identityFile(home)} if they do belong together.`,
    );
  }
  return goOn(there ?? known ?? randomUUID());
}

/** Compares a home with the database of DATABASE_URL, which is at `at`. `ownData`: the home also has data of an embedded one. */
export function judgeExternal(home: string, standing: Standing, contents: Contents, at: string, ownData: boolean): Verdict {
  const { known } = standing;
  if (contents.kind === 'foreign') {
    return refused(
      `The database ${at} of DATABASE_URL holds another program's tables (${contents.tables}): make one for Trainyard, e.g. CREATE DATABASE trainyard, and name it in DATABASE_URL.`,
    );
  }
  if (known?.database === EMBEDDED || (ownData && known === null && contents.kind === 'empty')) {
    return refused(
      `${home} has data in its own PostgreSQL, and DATABASE_URL names another: unset DATABASE_URL, or set TRAINYARD_HOME to another folder. To move the data there, use a backup (npm run backup, npm run restore).`,
    );
  }
  const origin = contents.kind === 'named' ? contents.origin : 'unknown';
  // Rows that were copied: where they came from goes on with their id, and its runners with a role named after it.
  if (known === null) return goOn(contents.kind === 'named' && typeof origin === 'string' ? contents.installation.id : randomUUID());
  const isOwn = contents.kind === 'named' && contents.installation.id === known.installation;
  // The original's database by another address is still the original's.
  if (standing.kind === 'copied' && (known.database === at || (isOwn && origin === 'here'))) {
    const what = known.database === at ? at : `${at}, which is ${known.database}`;
    return refused(
      `${home} is a copy of ${standing.from ?? 'another home'}, and both would write to ${what}: give the copy a copy of the database too (npm run restore), or, if it is to replace the original, remove that one first.`,
    );
  }
  // Renamed away and put back from a dump under its name, it is the home's. Under another name it is somebody's rehearsal.
  if (standing.kind !== 'copied' && isOwn && typeof origin === 'object' && origin.of !== null && known.database !== at) {
    return refused(
      `The database ${at} of DATABASE_URL is a copy of "${origin.of}", which is still on that server, and ${home} keeps the files of that one: give the copy a home of its own (TRAINYARD_HOME; npm run backup and npm run restore copy files too), or, if it is to replace the original, drop that one first.`,
    );
  }
  if (contents.kind === 'empty') {
    return refused(
      `The database ${at} of DATABASE_URL is empty, and ${home} keeps the files of another one (it was ${known.database}): name that one, or set TRAINYARD_HOME to another folder.`,
    );
  }
  if (contents.kind === 'unnamed') {
    // Its rows were put back from before it had an identity.
    if (known.database === at) return goOn(known.installation);
  } else {
    const there = contents.installation;
    if (standing.kind === 'copied') return goOn(isOwn ? randomUUID() : there.id, true);
    if (isOwn) return goOn(known.installation);
  }
  const whose = contents.kind === 'named' && contents.installation.startedFrom !== null ? ` (last started from ${contents.installation.startedFrom})` : '';
  return refused(
    `The database ${at} of DATABASE_URL belongs to another Trainyard${whose}, whose files are not in ${home}: use its home, name another database, or set TRAINYARD_HOME to a new folder.`,
  );
}
