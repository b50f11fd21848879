import { Kind, type DocumentNode, type SelectionSetNode } from 'graphql';
import { CardRunFragmentDoc } from '../training/run-cards.generated.ts';
import { KeptTicketFragmentDoc, SentTicketFragmentDoc, TicketCardFragmentDoc } from './card.generated.ts';

/** Paths of all fields a fragment reads, those of the fragments it spreads included. */
function fieldsOf(document: DocumentNode, fragmentName: string): Set<string> {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet] as const] : [])),
  );
  const paths = new Set<string>();
  const walk = (selection: SelectionSetNode | undefined, path: string): void => {
    for (const one of selection?.selections ?? []) {
      if (one.kind === Kind.FIELD) {
        paths.add(`${path}${one.name.value}`);
        walk(one.selectionSet, `${path}${one.name.value}.`);
      } else if (one.kind === Kind.FRAGMENT_SPREAD) walk(fragments.get(one.name.value), path);
    }
  };
  walk(fragments.get(fragmentName), '');
  return paths;
}

const sent = fieldsOf(SentTicketFragmentDoc, 'SentTicket');

describe('what the server is asked for of a ticket', () => {
  it('holds every field that a card reads', () => {
    for (const field of fieldsOf(TicketCardFragmentDoc, 'TicketCard')) expect(sent).toContain(field);
  });

  it('holds every field that the run on a card reads', () => {
    for (const field of fieldsOf(CardRunFragmentDoc, 'CardRun')) expect(sent).toContain(`latestRun.${field}`);
  });

  it('is kept whole under the ticket, but for the run, which is kept by itself', () => {
    const kept = fieldsOf(KeptTicketFragmentDoc, 'KeptTicket');
    for (const field of sent) if (!field.startsWith('latestRun.')) expect(kept).toContain(field);
  });
});
