import { screen, waitFor, within } from '@testing-library/react';
import type { MockLink } from '@apollo/client/testing';
import { GraphQLError } from 'graphql';
import { renderApp } from '../../../test/render.tsx';
import { CreateRuleDocument, RehearseRuleDocument, RuleFiringsDocument, UndoFiringDocument, type ListedFiringFragment } from './automation.generated.ts';
import { Firings } from './Firings.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { useRuleWords, type RuleProject } from './rule-words.ts';

const PROJECT: RuleProject = {
  __typename: 'Project',
  id: 'project-1',
  key: 'NLP',
  name: 'Language',
  seq: 1,
  visibility: 'OPEN',
  state: 'ACTIVE',
  timeZone: 'Europe/Berlin',
  team: { __typename: 'Team', id: 'team-1' },
  labels: [{ __typename: 'Label', id: 'label-1', name: 'ready', color: 'BLUE' }],
  people: [{ __typename: 'User', id: 'user-1', name: 'Ada' }],
  boards: [
    {
      __typename: 'Board',
      id: 'board-1',
      name: 'Main',
      columns: [{ __typename: 'Column', id: 'column-1', name: 'Doing', category: 'DOING' }],
    },
  ],
};

function Editor() {
  return <RuleEditor project={PROJECT} rule={null} words={useRuleWords(PROJECT)} />;
}

const rehearsed = (input: unknown[]): MockLink.MockedResponse => ({
  request: { query: RehearseRuleDocument, variables: () => true },
  result: (variables) => {
    input.push(variables['input']);
    return {
      data: {
        rehearseRule: {
          __typename: 'RuleRehearsal' as const,
          since: '2026-10-31T00:00:00.000Z',
          isShort: false,
          hasMoreTickets: false,
          events: 5,
          matched: 2,
          changing: 1,
          unknown: 1,
          unknownFields: ['run'],
          loops: [['', 'Back']],
          firings: [
            {
              __typename: 'RehearsedFiring' as const,
              ticketId: 'ticket-1',
              ticketKey: 'NLP-1',
              ticketTitle: 'Loss grows',
              at: '2026-11-01T00:00:00.000Z',
              effects: [{ field: 'columnId', from: null, to: 'column-1' }],
              deeds: ['COMMENT' as const],
              contradicted: ['columnId'],
              confirmed: [],
            },
          ],
        },
      },
    };
  },
});

describe('the editor of a rule', () => {
  it('tries what is written on the past, and says what it would have done, and what is not known', async () => {
    const asked: unknown[] = [];
    const { user } = await renderApp(<Editor />, { mocks: [rehearsed(asked)] });
    await user.type(screen.getByRole('textbox', { name: 'Text' }), 'Look.');
    await user.click(screen.getByRole('button', { name: 'Try it on the last 30 days' }));
    const result = within(await screen.findByRole('region', { name: 'Rehearsal' }));
    expect(result.getByRole('status').textContent).toContain('happened 5 times; the condition held 2 times, and 1 times');
    result.getByText(/the log does not tell whether the condition held: /);
    result.getByText(/lead back to itself: this rule → Back → this rule/);
    expect(result.getByRole('listitem').textContent).toMatch(
      /NLP-1 Loss grows .*Column: nothing → Doing; Comment \(somebody set otherwise afterwards: Column\)/,
    );
    expect(asked).toMatchObject([
      { ruleId: null, projectId: 'project-1', trigger: { on: 'RUN_ENDED', runStates: ['FAILED'] }, actions: [{ does: 'COMMENT', text: 'Look.' }] },
    ]);
  });

  it('says at the field what is wrong with it, and goes there; what is written anew is not marked', async () => {
    const refused = (field: string, reason: string): MockLink.MockedResponse => ({
      request: { query: CreateRuleDocument, variables: () => true },
      result: { errors: [new GraphQLError('no', { extensions: { code: 'BAD_INPUT', params: { field, reason } } })] },
    });
    const { user } = await renderApp(<Editor />, { mocks: [refused('actions.0.text', 'EMPTY'), refused('actions.1', 'TWICE')] });
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Look');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    const text = screen.getByRole('textbox', { name: 'Text' });
    await waitFor(() => expect(document.activeElement).toBe(text));
    screen.getByText('Write something here.');
    const marked = (): Element[] => [...document.querySelectorAll('[aria-invalid="true"]')];
    expect(marked()).toEqual([text]);
    expect(screen.queryByRole('alert')).toBeNull();

    await user.type(text, 'Look.');
    expect(marked()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Do something more' }));
    await user.click(screen.getByRole('button', { name: 'Create' }));
    await screen.findByText('The rule does this twice. Take one of the two away.');
    expect(marked()).toEqual([screen.getAllByRole('combobox', { name: 'Do' })[1]]);
    expect(document.activeElement).toBe(marked()[0]);
  });
});

const firing = (overrides: Partial<ListedFiringFragment> = {}): ListedFiringFragment => ({
  __typename: 'RuleFiring',
  id: 'firing-1',
  ruleId: 'rule-1',
  ruleName: 'Bring back',
  ruleVersion: 2,
  outcome: 'DONE',
  reason: null,
  dueAt: null,
  ticketId: 'ticket-1',
  ticketKey: 'NLP-1',
  ticketTitle: 'Loss grows',
  chain: ['Bring back'],
  stopped: null,
  at: '2026-11-01T00:00:00.000Z',
  undoneAt: null,
  changes: [
    {
      __typename: 'FiringChange',
      ticketId: 'ticket-1',
      ticketKey: 'NLP-1',
      seq: 9,
      entity: 'TICKET',
      action: 'UPDATED',
      changes: { priority: { from: null, to: 'HIGH' } },
      names: {},
    },
  ],
  ...overrides,
});

it('what rules did is told with what it changed, and taken back; what was changed since is named', async () => {
  const nodes = [
    firing(),
    firing({ id: 'firing-2', outcome: 'REFUSED', reason: { code: 'RUN_NOT_REPEATABLE', params: {} }, changes: [] }),
    firing({ id: 'firing-3', outcome: 'LOOP', stopped: 'AGAIN', chain: ['A', 'B', 'A'], changes: [] }),
    firing({ id: 'firing-4', outcome: 'LOOP', stopped: 'OFTEN', chain: ['C', 'D'], changes: [] }),
  ];
  const { user } = await renderApp(<Firings project={PROJECT} ruleId={null} news={0} />, {
    mocks: [
      {
        request: { query: RuleFiringsDocument, variables: () => true },
        maxUsageCount: Number.POSITIVE_INFINITY,
        result: {
          data: {
            ruleFirings: { __typename: 'RuleFiringConnection', nodes, pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null } },
          },
        },
      },
      {
        request: { query: UndoFiringDocument, variables: { id: 'firing-1' } },
        result: {
          data: {
            undoFiring: {
              __typename: 'UndoneFiring' as const,
              firing: firing({ undoneAt: '2026-11-02T00:00:00.000Z' }),
              refusals: [{ __typename: 'UndoRefusal' as const, ticketKey: 'NLP-1', code: 'CHANGED_SINCE', params: { field: 'priority' } }],
            },
          },
        },
      },
    ],
  });
  const list = await screen.findByRole('list', { name: 'What rules did' });
  expect(list.textContent).toContain('set the priority to High');
  expect(list.textContent).toContain('The ticket has no run that can be queued again.');
  expect(list.textContent).toContain('It stopped, for it had led to itself: A → B → A');
  expect(list.textContent).toContain('too often: 10 times about one ticket, or 2,000 times in all. C → D');
  await user.click(screen.getByRole('button', { name: 'Take back Bring back NLP-1' }));
  expect((await screen.findByRole('alert')).textContent).toBe('NLP-1 was left as it is. Somebody has changed it since.');
  expect(screen.queryByRole('button', { name: 'Take back Bring back NLP-1' })).toBeNull();
});
