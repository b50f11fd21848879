import ts from 'typescript';

/** The kinds of change to an `as const` table. Mutators of programs leave those tables alone, and rights and limits live in them. */
export const TABLE_KINDS = {
  GRANT: 'an entry of a table grants more or less',
  BOUND: 'a number of a table is moved by one',
  ENTRY: 'a list has an entry less, or a text is another',
} as const;
export type TableKind = keyof typeof TABLE_KINDS;

/** Words that stand under one property beside the one that does: more are names. */
const CHOICE_OTHERS = 6;

/** One changed entry of one table. */
export interface TableMutant {
  kind: TableKind;
  file: string;
  /** Where in the table, and what is changed: `PROJECT.ticket.write.open: MEMBER is left out`. */
  what: string;
  start: number;
  end: number;
  text: string;
}

/**
 * Every change of one entry at a time to the `as const` tables at the top of a file. A list of words of which the file takes but
 * the type is none: the compiler and the committed GraphQL schema hold everybody to those.
 * @param kin the files that one table is divided into, this one too: their lists can be named here, and what stands in the parts of
 * one name can stand in each
 */
export function tableMutants(file: string, source: string, kin: readonly string[] = []): TableMutant[] {
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const tables = tablesOf(parsed);
  const all = [...tables, ...kin.flatMap((text) => tablesOf(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)))];
  const lists = new Map(
    all.flatMap(({ name, literal }) =>
      ts.isArrayLiteralExpression(literal) && literal.elements.every((element) => ts.isStringLiteral(element))
        ? [[name, literal.elements.map((element) => (element as ts.StringLiteral).text)]]
        : [],
    ),
  );
  return tables
    .filter(({ name }) => !lists.has(name) || isRead(parsed, name))
    .flatMap(({ name, literal }) => {
      const parts = all.filter((part) => part.name === name).map((part) => part.literal);
      return new Walk(file, parsed, lists, seenIn(parts, lists)).table(name, literal);
    });
}

/** The `as const` tables at the top of a file. */
function tablesOf(parsed: ts.SourceFile): { name: string; literal: ts.Expression }[] {
  return parsed.statements
    .flatMap((statement) => (ts.isVariableStatement(statement) ? statement.declarationList.declarations : []))
    .flatMap((declared) => {
      const literal = declared.initializer && constantOf(declared.initializer);
      return literal ? [{ name: declared.name.getText(parsed), literal }] : [];
    });
}

class Walk {
  private readonly found: TableMutant[] = [];
  private readonly file: string;
  private readonly parsed: ts.SourceFile;
  private readonly lists: ReadonlyMap<string, string[]>;
  private readonly seen: ReadonlyMap<string, Set<string>>;

  /**
   * @param lists the lists of words that the file names
   * @param seen the words that stand under each property of the table, anywhere: what an entry might hold too
   */
  constructor(file: string, parsed: ts.SourceFile, lists: ReadonlyMap<string, string[]>, seen: ReadonlyMap<string, Set<string>>) {
    this.file = file;
    this.parsed = parsed;
    this.lists = lists;
    this.seen = seen;
  }

  table(name: string, literal: ts.Expression): TableMutant[] {
    this.visit(literal, name, '');
    return this.found;
  }

  private visit(node: ts.Expression, path: string, property: string): void {
    const value = constantOf(node) ?? node;
    if (ts.isObjectLiteralExpression(value)) {
      for (const each of value.properties) if (ts.isPropertyAssignment(each)) this.visit(each.initializer, `${path}.${keyOf(each)}`, keyOf(each));
    } else if (ts.isArrayLiteralExpression(value)) this.array(value, path, property);
    else if (ts.isIdentifier(value) && this.lists.has(value.text)) this.words(value, this.lists.get(value.text) ?? [], path, property);
    else if (ts.isStringLiteral(value)) this.word(value, path, property);
    else if (value.kind === ts.SyntaxKind.TrueKeyword || value.kind === ts.SyntaxKind.FalseKeyword)
      this.add('ENTRY', value, value.kind === ts.SyntaxKind.TrueKeyword ? 'false' : 'true', `${path} is turned round`);
    else if (isNumber(value)) this.number(value, path);
  }

  private array(array: ts.ArrayLiteralExpression, path: string, property: string): void {
    if (array.elements.every((element) => ts.isStringLiteral(element)))
      return this.words(
        array,
        array.elements.map((element) => (element as ts.StringLiteral).text),
        path,
        property,
      );
    array.elements.forEach((element, i) => {
      const others = array.elements.filter((other) => other !== element).map((other) => other.getText(this.parsed));
      this.add('ENTRY', array, `[${others.join(', ')}]`, `${path}: entry ${i + 1} is left out`);
      this.visit(element, `${path}[${i}]`, property);
    });
  }

  /** A list of words with each left out, and with each that stands in such a list elsewhere. */
  private words(node: ts.Expression, words: readonly string[], path: string, property: string): void {
    const list = (of: readonly string[]): string => `[${of.map((word) => JSON.stringify(word)).join(', ')}]`;
    const more = [...(this.seen.get(property) ?? [])].filter((word) => !words.includes(word));
    const kind = property === '' ? 'ENTRY' : 'GRANT';
    for (const word of words) this.add(kind, node, list(words.filter((other) => other !== word)), `${path}: ${word} is left out`);
    if (property !== '') for (const word of more) this.add('GRANT', node, list([...words, word]), `${path}: ${word} is added`);
  }

  private word(node: ts.StringLiteral, path: string, property: string): void {
    const others = [...(this.seen.get(property) ?? [])].filter((word) => word !== node.text);
    // Names of things differ from entry to entry: of those one wrong one is enough.
    const isChoice = others.length > 0 && others.length <= CHOICE_OTHERS;
    for (const word of isChoice ? others : ['something else']) this.add(isChoice ? 'GRANT' : 'ENTRY', node, JSON.stringify(word), `${path} is ${word}`);
  }

  private number(node: ts.Expression, path: string): void {
    const text = node.getText(this.parsed);
    const step = /^\d*\.\d+$/.test(text) ? `0.${'0'.repeat(text.split('.')[1]!.length - 1)}1` : /e/i.test(text) ? text : '1';
    this.add('BOUND', node, `(${text}) + ${step}`, `${path} is ${text} + ${step}`);
    this.add('BOUND', node, `(${text}) - ${step}`, `${path} is ${text} - ${step}`);
  }

  private add(kind: TableKind, node: ts.Node, text: string, what: string): void {
    this.found.push({ kind, file: this.file, what, start: node.getStart(this.parsed), end: node.getEnd(), text });
  }
}

/** The literal of `X as const`, `X as const satisfies T`; null for anything else. */
function constantOf(node: ts.Expression): ts.Expression | null {
  if (ts.isSatisfiesExpression(node)) return constantOf(node.expression);
  if (!ts.isAsExpression(node)) return null;
  return ts.isTypeReferenceNode(node.type) && node.type.typeName.getText() === 'const' ? node.expression : null;
}

/** Whether the file uses the list itself, and not only its type. */
function isRead(file: ts.SourceFile, name: string): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isTypeQueryNode(node) || ts.isTypeNode(node)) return false;
    if (ts.isIdentifier(node) && node.text === name && !(ts.isVariableDeclaration(node.parent) && node.parent.name === node)) return true;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(file);
}

function seenIn(tables: readonly ts.Expression[], lists: ReadonlyMap<string, string[]>): Map<string, Set<string>> {
  const seen = new Map<string, Set<string>>();
  const note = (property: string, words: readonly string[]): void =>
    words.forEach((word) => (seen.get(property) ?? seen.set(property, new Set()).get(property))?.add(word));
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node)) {
      const value = constantOf(node.initializer) ?? node.initializer;
      if (ts.isStringLiteral(value)) note(keyOf(node), [value.text]);
      if (ts.isIdentifier(value)) note(keyOf(node), lists.get(value.text) ?? []);
      if (ts.isArrayLiteralExpression(value))
        note(
          keyOf(node),
          value.elements.filter((element) => ts.isStringLiteral(element)).map((element) => element.text),
        );
    }
    ts.forEachChild(node, visit);
  };
  tables.forEach(visit);
  return seen;
}

const keyOf = (property: ts.PropertyAssignment): string => (ts.isStringLiteral(property.name) ? property.name.text : property.name.getText());

/** A number, or a product or power of some. */
function isNumber(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isNumber(node.expression);
  if (ts.isBinaryExpression(node)) return isNumber(node.left) && isNumber(node.right);
  return ts.isNumericLiteral(node) || (ts.isPrefixUnaryExpression(node) && isNumber(node.operand as ts.Expression));
}
