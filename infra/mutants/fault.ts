import ts from 'typescript';

/** What a fault does to a program, in the words of who looks for it. The score is told by kind: a kind that nobody tests is the news. */
export const FAULT_KINDS = {
  LOG: 'a change is not in the log',
  VERSION: 'a stale version is accepted',
  RIGHTS: 'somebody may do more than they should',
  SESSION: 'who asks is not looked at again',
  FENCE: 'a fence is passed',
  LOCK: 'a lock is not taken',
  ATOMIC: 'what belongs together is not one transaction',
  WAKE: 'nobody is woken',
  PAGE: 'a page or a window shows the wrong things',
  LIMIT: 'a limit is not where it should be',
  PLACE: 'a card lies in the wrong place',
  FIGURE: 'a figure is wrong or old',
  INPUT: 'what was sent is not checked',
  DELIVERY: 'something is lost, doubled or in the wrong order on its way',
  END: 'the end of a process is told wrong',
  DATA: 'training sees other data than it should',
} as const;
export type FaultKind = keyof typeof FAULT_KINDS;

/** A change of one place in a function. White space, line breaks and trailing commas do not count when it is looked for. */
export type Change =
  /** The statement that begins so is left out. */
  | { leaveOut: string }
  /** The expression or statement that reads so, whole, is another. */
  | { code: string; becomes: string }
  /** A part of a string or template, such as a line of SQL, is another. */
  | { text: string; becomes: string };

/** A deliberate fault of a program, and the specs that must notice it. Paths are from the root of the repository. */
export interface Fault {
  kind: FaultKind;
  /** What is then wrong, in a sentence. */
  what: string;
  file: string;
  /** `Class.method`, or a function or constant at the top of the file. */
  in: string;
  change: Change;
  specs: readonly string[];
}

/** The rule fits the source no more, or fits it twice: whoever changed the source changes the rule. */
export class FaultDoesNotApply extends Error {
  constructor(fault: Fault, why: string) {
    super(`${fault.file}, ${fault.in}: "${fault.what}" ${why}`);
    this.name = 'FaultDoesNotApply';
  }
}

/** The source with the fault in it. */
export function applyFault(source: string, fault: Fault): string {
  const { file, declarations } = parsed(fault.file, source);
  const owner = declarations.get(fault.in);
  if (owner === undefined) throw new FaultDoesNotApply(fault, 'names a function that is not there.');
  const { start, end, text } = placeOf(file, owner, fault);
  const faulty = source.slice(0, start) + text + source.slice(end);
  if (faulty === source) throw new FaultDoesNotApply(fault, 'changes nothing.');
  // The parser alone: a whole compiler for each of hundreds of faults takes a minute.
  const [broken] = (ts.createSourceFile(fault.file, faulty, ts.ScriptTarget.Latest) as unknown as { parseDiagnostics: ts.Diagnostic[] }).parseDiagnostics;
  if (broken) throw new FaultDoesNotApply(fault, `leaves no program: ${ts.flattenDiagnosticMessageText(broken.messageText, ' ')}`);
  return faulty;
}

/** The function or constant of that name, as the source has it; null when there is none. */
export const declarationText = (file: string, source: string, name: string): string | null => parsed(file, source).declarations.get(name)?.getText() ?? null;

interface Parsed {
  source: string;
  file: ts.SourceFile;
  declarations: ReadonlyMap<string, ts.Node>;
}
/** Of each file as it was last read: many faults are of one file. */
const cache = new Map<string, Parsed>();

function parsed(name: string, source: string): Parsed {
  const known = cache.get(name);
  if (known?.source === source) return known;
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const fresh = { source, file, declarations: declarationsOf(file) };
  cache.set(name, fresh);
  return fresh;
}

interface Place {
  start: number;
  end: number;
  text: string;
}

function placeOf(file: ts.SourceFile, owner: ts.Node, fault: Fault): Place {
  const { change } = fault;
  if ('text' in change) return textPlace(file, owner, fault, change);
  const wanted = bare('leaveOut' in change ? change.leaveOut : change.code);
  const fits = (node: ts.Node): boolean => {
    if ('leaveOut' in change ? !isStatement(node) : node.getWidth(file) > 3 * change.code.length + 200) return false;
    const found = bare(node.getText(file));
    return 'leaveOut' in change ? found.startsWith(wanted) : found === wanted || found === `${wanted};`;
  };
  // Of nodes within each other (an expression and its statement) the outer one is meant, and of statements within each other the inner one.
  const found = innermostOrOutermost(collect(owner, fits), 'leaveOut' in change);
  const [node] = found;
  if (node === undefined || found.length > 1) throw new FaultDoesNotApply(fault, `fits ${found.length} places of the function; it must be one.`);
  const isWhole = ts.isStatement(node) && bare(node.getText(file)).endsWith(';');
  return {
    start: node.getStart(file),
    end: node.getEnd(),
    text: 'leaveOut' in change ? '{}' : isWhole && !/[;}]$/.test(change.becomes) ? `${change.becomes};` : change.becomes,
  };
}

function textPlace(file: ts.SourceFile, owner: ts.Node, fault: Fault, change: { text: string; becomes: string }): Place {
  const pattern = new RegExp(
    change.text
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('\\s+'),
    'g',
  );
  const texts = collect(owner, (node) => ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node));
  const found = texts.flatMap((node) =>
    [...node.getText(file).matchAll(pattern)].map((match) => ({
      start: node.getStart(file) + match.index,
      end: node.getStart(file) + match.index + match[0].length,
      text: change.becomes,
    })),
  );
  const [place] = found;
  if (place === undefined || found.length > 1) throw new FaultDoesNotApply(fault, `fits ${found.length} places in the function's texts; it must be one.`);
  return place;
}

function innermostOrOutermost(nodes: ts.Node[], innermost: boolean): ts.Node[] {
  const holds = (outer: ts.Node, inner: ts.Node): boolean => outer !== inner && outer.pos <= inner.pos && inner.end <= outer.end;
  return nodes.filter((node) => !nodes.some((other) => (innermost ? holds(node, other) : holds(other, node))));
}

function collect(owner: ts.Node, fits: (node: ts.Node) => boolean): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (fits(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(owner);
  return found;
}

/** Functions and constants at the top of a file, and the members of its classes as `Class.member`. */
function declarationsOf(file: ts.SourceFile): Map<string, ts.Node> {
  const found = new Map<string, ts.Node>();
  for (const statement of file.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name && statement.body) found.set(statement.name.text, statement);
    if (ts.isVariableStatement(statement)) for (const each of statement.declarationList.declarations) found.set(each.name.getText(file), each);
    if (!ts.isClassDeclaration(statement)) continue;
    for (const member of statement.members) {
      if (ts.isConstructorDeclaration(member)) found.set(`${statement.name?.text}.constructor`, member);
      else if (member.name) found.set(`${statement.name?.text}.${member.name.getText(file)}`, member);
    }
  }
  return found;
}

const isStatement = (node: ts.Node): boolean => ts.isStatement(node) && !ts.isBlock(node);

/** Source without what a formatter may change. */
const bare = (text: string): string => text.replace(/\s+/g, '').replace(/,([)\]}])/g, '$1');

/** Writes the faults of one file, each noticed by `specs` unless it names its own. */
export function faultsOf(file: string, specs: readonly string[]) {
  return (kind: FaultKind, where: string, what: string, change: Change, own: readonly string[] = specs): Fault => ({
    kind,
    what,
    file,
    in: where,
    change,
    specs: own,
  });
}
export const leaveOut = (begins: string): Change => ({ leaveOut: begins });
export const instead = (code: string, becomes: string): Change => ({ code, becomes });
export const inText = (text: string, becomes: string): Change => ({ text, becomes });

/** What most services do, left out. */
export const STALE = leaveOut('sameVersion(before, version)');
export const UNTOLD = leaveOut('await this.activity.append(');
