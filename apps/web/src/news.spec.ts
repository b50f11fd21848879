import { readFileSync } from 'node:fs';
import { InMemoryCache } from '@apollo/client';
import { buildSchema, extendSchema, parse, specifiedRules, validate } from 'graphql';
import { buildSentTicket } from '../test/build-ticket.ts';
import { newsOf, newsPart } from './features/activity/news.ts';
import { LabelChipFragmentDoc, LabelNewsFragmentDoc, type LabelNewsFragment } from './features/project/labels.generated.ts';
import { ticketNews } from './features/ticket/write-tickets.ts';
import { news } from './news.ts';

const schema = extendSchema(buildSchema(readFileSync('../../schema.graphql', 'utf8')), parse('directive @unmask on FRAGMENT_SPREAD'));

describe('the news of a project', () => {
  it('are asked for as the schema has them, with what each room keeps', () => {
    for (const document of [news.subscription, news.catchUp]) {
      expect(validate(schema, document, specifiedRules)).toEqual([]);
      const fragments = document.definitions.flatMap((one) => (one.kind === 'FragmentDefinition' ? [one.name.value] : []));
      expect(fragments).toEqual([...new Set(fragments)]);
      expect(fragments).toEqual(expect.arrayContaining(['ActivityNews', 'TicketNews', 'RunNews', 'ColumnNews', 'LabelNews']));
    }
  });

  it('are kept by each of the parts, in their order', () => {
    const written: string[] = [];
    const labels = newsPart<LabelNewsFragment>(LabelNewsFragmentDoc, (cache, sent) => {
      written.push('labels');
      for (const label of sent.flatMap((one) => one.labels)) cache.writeFragment({ id: cache.identify(label), fragment: LabelChipFragmentDoc, data: label });
    });
    const source = newsOf([labels, ticketNews, newsPart(LabelNewsFragmentDoc, () => void written.push('labels again'))]);
    expect(validate(schema, source.subscription, specifiedRules)).toEqual([]);
    const cache = new InMemoryCache();
    const sent = {
      seq: 1,
      reset: false,
      activities: [],
      runs: [],
      tickets: [buildSentTicket()],
      labels: [{ __typename: 'Label', id: 'label-1', name: 'gpu', color: 'RED', version: 1 }],
    };
    source.write(cache, [sent]);
    expect(written).toEqual(['labels', 'labels again']);
    expect(Object.keys(cache.extract()).toSorted()).toEqual(['Label:label-1', 'Ticket:ticket-1', '__META']);
  });
});
