export type ResolvedPath = { path: string; why: null } | { path: null; why: 'MISSING' | 'AMBIGUOUS' };

/** Folders of two worlds that are one: `builds/app` of a report is `services/app` of the repository. */
interface Mount {
  from: string;
  to: string;
  votes: number;
}
interface Match {
  /** Null where several end alike. */
  path: string | null;
  depth: number;
  /** Whether it is all of what the report says. */
  isAll: boolean;
  from: string;
  to: string;
}
interface Node {
  next: Map<string, Node>;
  /** How many paths end like this, and one of them. */
  count: number;
  path: string;
}

const MISSING: ResolvedPath = { path: null, why: 'MISSING' };
const AMBIGUOUS: ResolvedPath = { path: null, why: 'AMBIGUOUS' };

/**
 * Finds the files of a repository that a report means. Reports write paths of the machine that ran the tests: each file votes, by its longest end
 * that only one path has, for what folder there is what folder here. Where a file alone cannot tell, or shares no more than a bare name
 * (`node_modules/x/index.js`), the folders that others agree on decide, or nobody: no name is ever guessed.
 * @param names as the report has them
 * @param roots that the report says they are relative to
 * @param paths of all files of the repository
 */
export function resolvePaths(names: readonly string[], roots: readonly string[], paths: readonly string[]): Map<string, ResolvedPath> {
  const known = new Set(paths);
  const folders = new Set(roots.map((root) => bareOf(normal(root))));
  const wanted = names.map((name) => ({ name, all: candidates(name, roots) }));
  const bases = new Set(wanted.flatMap(({ all }) => all.map(baseOf)));
  const ends = endsOf(paths.filter((path) => bases.has(baseOf(path))));
  const counted = new Map<string, Mount>();
  const matched = wanted.map(({ name, all }) => {
    const matches = all.flatMap((path) => longest(path, ends) ?? []);
    const own = all.length === 1 && known.has(all[0]!) ? whole(all[0]!) : best(matches, folders);
    if (own) {
      const key = `${own.from}\0${own.to}`;
      counted.set(key, { from: own.from, to: own.to, votes: (counted.get(key)?.votes ?? 0) + 1 });
    }
    return { name, all, own: own?.path ?? null, isAmbiguous: matches.some(({ path }) => path === null) };
  });
  const mounts = [...counted.values()].toSorted((a, b) => b.votes - a.votes).filter(({ votes }, at) => at === 0 || votes > 1);
  return new Map(matched.map(({ name, all, own, isAmbiguous }) => [name, decide(all, own, isAmbiguous, mounts, known)]));
}

function decide(all: readonly string[], own: string | null, isAmbiguous: boolean, mounts: readonly Mount[], known: ReadonlySet<string>): ResolvedPath {
  const mounted = new Set(
    mounts.flatMap((mount) => all.flatMap((path) => (isBelow(path, mount.from) ? moved(path, mount) : []))).filter((path) => known.has(path)),
  );
  const [there] = mounted;
  if (own !== null && mounted.has(own)) return { path: own, why: null };
  if (mounted.size > 1) return AMBIGUOUS;
  if (there !== undefined) return { path: there, why: null };
  if (own === null) return isAmbiguous ? AMBIGUOUS : MISSING;
  // It lies within the folder that most agree on, and is not there: that another folder ends alike is an accident (a dependency's own src/index.js).
  const [first] = mounts;
  return first !== undefined && first.votes > 1 && all.some((path) => isBelow(path, first.from)) ? MISSING : { path: own, why: null };
}

/** Believed are two names of a path, all of what the report says, or what stands in a root of it. Of the root of a repository a bare name says nothing. */
function best(matches: readonly Match[], folders: ReadonlySet<string>): Match | null {
  const believed = matches.filter(({ path, depth, isAll, from }) => path !== null && (depth > 1 || isAll || folders.has(from)));
  return believed.toSorted((a, b) => b.depth - a.depth)[0] ?? null;
}

const whole = (path: string): Match => ({ path, depth: Infinity, isAll: true, from: '', to: '' });
const isBelow = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`);

function moved(path: string, { from, to }: Mount): string {
  const rest = from === '' ? path : path.slice(from.length + 1);
  return to === '' ? rest : `${to}/${rest}`;
}

/** What a name may stand for: a place in each root, or itself. */
function candidates(name: string, roots: readonly string[]): string[] {
  const own = normal(name);
  const within = isAbsolute(own) ? [] : roots.map((root) => bareOf(normal(`${root}/${name}`)));
  return [...new Set([...within, bareOf(own)])];
}

const isAbsolute = (path: string): boolean => path.startsWith('/') || /^[a-z]:(\/|$)/i.test(path);
const bareOf = (path: string): string => (path.startsWith('/') ? path.slice(1) : path);
const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** With slashes, as a report of Windows lacks them, and without `.` and `..`. */
function normal(path: string): string {
  const plain = path
    .trim()
    .replace(/^file:\/\/(?=\/)/, '')
    .replaceAll('\\', '/')
    .replace(/^\/(?=[a-z]:\/)/i, '');
  const parts: string[] = [];
  for (const part of plain.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${plain.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}

/** The paths from their ends. */
function endsOf(paths: readonly string[]): Node {
  const root: Node = { next: new Map(), count: 0, path: '' };
  for (const path of paths) {
    let node = root;
    for (const part of path.split('/').reverse()) {
      let next = node.next.get(part);
      if (!next) node.next.set(part, (next = { next: new Map(), count: 0, path }));
      next.count++;
      node = next;
    }
  }
  return root;
}

/** The longest end of a path that any other has. */
function longest(path: string, ends: Node): Match | null {
  let node = ends;
  let depth = 0;
  const parts = path.split('/');
  for (let at = parts.length - 1; at >= 0; at--) {
    const next = node.next.get(parts[at]!);
    if (!next) break;
    node = next;
    depth++;
  }
  if (depth === 0) return null;
  const isAll = depth === parts.length;
  if (node.count > 1) return { path: null, depth, isAll, from: '', to: '' };
  const found = node.path.split('/');
  return { path: node.path, depth, isAll, from: parts.slice(0, -depth).join('/'), to: found.slice(0, -depth).join('/') };
}
