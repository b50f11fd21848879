import { ApolloLink } from '@apollo/client';
import { Kind, OperationTypeNode, type DocumentNode, type FieldNode, type OperationDefinitionNode, type SelectionNode } from 'graphql';
import { Observable, type Subscriber, type Subscription } from 'rxjs';

type Answer = ApolloLink.Result;

/** For queries that parts of one page ask at one moment, of the same thing: they are sent as one. */
export const TOGETHER = { together: true } as const;

interface Part {
  operation: ApolloLink.Operation;
  forward: ApolloLink.ForwardFunction;
  subscriber: Subscriber<Answer>;
  answers: Subscription | null;
}

/**
 * Sends queries that are asked at one moment and marked `TOGETHER` as one. Ten requests of a page cost its browser more than all that is done
 * with their answers, and each answer would be drawn by itself. Each part gets all of the answer, of which it keeps what it asked for. One that
 * has an error is asked for part by part: so each says its own.
 */
export function togetherLink(): ApolloLink {
  let waiting: Part[] = [];
  const send = (): void => {
    const parts = waiting.filter(({ subscriber }) => !subscriber.closed);
    waiting = [];
    for (const group of groupsOf(parts)) (group.length > 1 ? sendTogether : sendAlone)(group);
  };
  return new ApolloLink((operation, forward) => {
    if (operation.getContext()['together'] !== true) return forward(operation);
    return new Observable<Answer>((subscriber) => {
      const part: Part = { operation, forward, subscriber, answers: null };
      if (waiting.push(part) === 1) queueMicrotask(send);
      return () => part.answers?.unsubscribe();
    });
  });
}

function sendAlone(parts: readonly Part[]): void {
  for (const part of parts) if (!part.subscriber.closed) part.answers = part.forward(part.operation).subscribe(part.subscriber);
}

function sendTogether(parts: readonly Part[]): void {
  const [first] = parts;
  const query = mergedOf(parts.map(({ operation }) => operation.query));
  if (!first || !query) return sendAlone(parts);
  const variables = Object.assign({}, ...parts.map(({ operation }) => operation.variables)) as Record<string, unknown>;
  const heard = ApolloLink.execute(new ApolloLink(first.forward), { query, variables }, { client: first.operation.client }).subscribe({
    next(answer) {
      if (answer.errors?.length) return sendAlone(parts);
      for (const { subscriber } of parts) {
        subscriber.next(answer);
        subscriber.complete();
      }
    },
    error: (error: unknown) => parts.forEach(({ subscriber }) => subscriber.error(error)),
  });
  // nobody waits any more
  for (const { subscriber } of parts) subscriber.add(() => parts.every((one) => one.subscriber.closed) && heard.unsubscribe());
}

/** Those that mean the same by each variable that they share. */
function groupsOf(parts: readonly Part[]): Part[][] {
  const groups: { members: Part[]; values: Map<string, unknown> }[] = [];
  for (const part of parts) {
    const { query, variables } = part.operation;
    const values = (operationOf(query).variableDefinitions ?? []).map(({ variable }) => [variable.name.value, variables[variable.name.value]] as const);
    const group = groups.find((one) => values.every(([name, value]) => !one.values.has(name) || one.values.get(name) === value));
    if (!group) groups.push({ members: [part], values: new Map(values) });
    else {
      group.members.push(part);
      for (const [name, value] of values) group.values.set(name, value);
    }
  }
  return groups.map(({ members }) => members);
}

const made = new Map<string, DocumentNode | null>();

/** One query of all that these ask for; null where they mean different things by one name. */
function mergedOf(documents: readonly DocumentNode[]): DocumentNode | null {
  const operations = documents.map(operationOf);
  const name = operations.map((operation) => operation.name?.value ?? '').join('_');
  let known = made.get(name);
  if (known === undefined) made.set(name, (known = merge(name, documents, operations)));
  return known;
}

function merge(name: string, documents: readonly DocumentNode[], operations: readonly OperationDefinitionNode[]): DocumentNode | null {
  const selections = joined(operations.flatMap(({ selectionSet }) => selectionSet.selections));
  if (!selections) return null;
  const fragments = documents.flatMap(({ definitions }) =>
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
  );
  const variables = operations.flatMap(({ variableDefinitions = [] }) => variableDefinitions.map((one) => [one.variable.name.value, one] as const));
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        name: { kind: Kind.NAME, value: name },
        variableDefinitions: [...new Map(variables).values()],
        selectionSet: { kind: Kind.SELECTION_SET, selections },
      },
      ...new Map(fragments).values(),
    ],
  };
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode {
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('The document has no operation');
  return operation;
}

/** Fields of one name once, with all that is asked for beneath them. */
function joined(selections: readonly SelectionNode[]): readonly SelectionNode[] | null {
  const fields = new Map<string, FieldNode>();
  const others: SelectionNode[] = [];
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) {
      others.push(selection);
      continue;
    }
    const name = (selection.alias ?? selection.name).value;
    const before = fields.get(name);
    if (before && textOf(before) !== textOf(selection)) return null;
    const beneath =
      before?.selectionSet && selection.selectionSet ? joined([...before.selectionSet.selections, ...selection.selectionSet.selections]) : undefined;
    if (beneath === null) return null;
    fields.set(name, beneath ? { ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: beneath } } : selection);
  }
  return [...fields.values(), ...others];
}

/** What a field is, without what is asked for beneath it. */
const textOf = ({ name, arguments: given = [], directives = [] }: FieldNode): string =>
  JSON.stringify([name.value, given, directives], (key, value: unknown) => (key === 'loc' ? undefined : value));
