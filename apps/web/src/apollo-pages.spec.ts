import { InMemoryCache, gql } from '@apollo/client';
import { pagesOf, readAgain } from './apollo-pages.ts';

const QUERY = gql`
  query Things($after: String, $search: String) {
    things(after: $after, search: $search) {
      nodes {
        id
        name
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`;

/** A cache to which pages come; `shows` is what a screen then lists. */
function list() {
  const cache = new InMemoryCache({ typePolicies: { Query: { fields: { things: pagesOf('search') } } } });
  const pageInfo = (endCursor: string, hasNextPage: boolean) => ({ __typename: 'PageInfo', endCursor, hasNextPage });
  return {
    cache,
    came(names: string, { after, search, hasNextPage = true }: { after?: string; search?: string; hasNextPage?: boolean } = {}) {
      const nodes = [...names].map((name) => ({ __typename: 'Thing', id: name.toLowerCase(), name }));
      cache.writeQuery({
        query: QUERY,
        variables: { after, search },
        data: { things: { __typename: 'Things', nodes, pageInfo: pageInfo(names.at(-1) ?? '', hasNextPage) } },
      });
    },
    shows(search?: string): string {
      const { things } =
        cache.readQuery<{ things: { nodes: { name: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>({
          query: QUERY,
          variables: { search },
        }) ?? {};
      return `${things?.nodes.map((node) => node.name).join('')} ${things?.pageInfo.hasNextPage ? `more after ${things.pageInfo.endCursor}` : 'all'}`;
    },
  };
}

describe('a list that is read page by page', () => {
  it('grows by what follows', () => {
    const { came, shows } = list();
    came('ab');
    came('cd', { after: 'b' });
    expect(shows()).toBe('abcd more after d');
    came('e', { after: 'd', hasNextPage: false });
    expect(shows()).toBe('abcde all');
  });

  it('keeps what was read beyond the first page when that one comes again, changed', () => {
    const { came, shows } = list();
    came('ab');
    came('cd', { after: 'b' });
    came('AB');
    expect(shows()).toBe('ABcd more after d');
  });

  it('takes in what is new at its beginning, and lets go what is gone', () => {
    const { came, shows } = list();
    came('ab');
    came('cd', { after: 'b' });
    came('na');
    expect(shows()).toBe('nabcd more after d');
    came('nb');
    expect(shows()).toBe('nbcd more after d');
  });

  it('begins anew where nothing of it is known, and ends where it ends', () => {
    const { came, shows } = list();
    came('ab');
    came('cd', { after: 'b' });
    came('xy');
    expect(shows()).toBe('xy more after y');
    came('x', { hasNextPage: false });
    expect(shows()).toBe('x all');
  });

  it('shows nothing twice that moved to the page after', () => {
    const { came, shows } = list();
    came('ab');
    came('bc', { after: 'b' });
    expect(shows()).toBe('abc more after c');
  });

  it('takes a later page read again into its place, and keeps what is beyond', () => {
    const { came, shows } = list();
    came('ab');
    came('cd', { after: 'b' });
    came('ef', { after: 'd', hasNextPage: false });
    came('CD', { after: 'b' });
    expect(shows()).toBe('abCDef all');
    came('EF', { after: 'd', hasNextPage: false });
    expect(shows()).toBe('abCDEF all');
  });

  it('loses none for one that has moved down the list before it was read on', () => {
    const { came, shows } = list();
    came('abc');
    came('dbe', { after: 'c', hasNextPage: false });
    expect(shows()).toBe('acdbe all');
  });

  it('is another one for another search, and loses what was deleted', () => {
    const { cache, came, shows } = list();
    came('ab');
    came('b', { search: 'b', hasNextPage: false });
    expect(shows()).toBe('ab more after b');
    cache.evict({ id: 'Thing:b' });
    expect(shows('b')).toBe(' all');
  });
});

describe('rows read again', () => {
  it('come in pages as large as the server gives, and no more than there are', async () => {
    const asked: unknown[] = [];
    const read = (of: number) => async (page: { first: number; after: string | null }) => {
      asked.push(page);
      const end = Number(page.after ?? 0) + page.first;
      return { hasNextPage: end < of, endCursor: String(end) };
    };
    await readAgain(230, read(1000));
    expect(asked.splice(0)).toEqual([
      { first: 100, after: null },
      { first: 100, after: '100' },
      { first: 30, after: '200' },
    ]);
    await readAgain(Infinity, read(150));
    expect(asked).toEqual([
      { first: 100, after: null },
      { first: 100, after: '100' },
    ]);
  });
});
