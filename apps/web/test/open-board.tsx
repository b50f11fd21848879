import type { MockLink } from '@apollo/client/testing';
import { jest } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { useState } from 'react';
import { Board } from '../src/features/board/Board.tsx';
import { BoardPeopleDocument, OpenBoardDocument } from '../src/features/board/board.generated.ts';
import { useBoard } from '../src/features/board/model/useBoard.ts';
import { RunCardsDocument } from '../src/features/training/run-cards.generated.ts';
import { news as source } from '../src/news.ts';
import { buildBoard, type BuildColumn } from './build-ticket.ts';
import { InProject } from './InProject.tsx';
import { renderApp, type RenderOptions } from './render.tsx';

/** What jsdom lacks: a window of 800 pixels for every column, and the style that makes it scroll. */
function giveSizes(): void {
  document.head.innerHTML = '<style>.scroller, .columns { overflow-x: auto; overflow-y: auto; }</style>';
  for (const [name, size] of [
    ['clientHeight', 800],
    ['clientWidth', 280],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
  }
}

const COLUMNS: BuildColumn[] = [
  { id: 'todo', name: 'To do', titles: ['Clean the crawl', 'Measure throughput', 'Write the data card'] },
  { id: 'doing', name: 'Doing', titles: ['Tune the schedule', 'Fix the tokenizer'] },
];

/** The server's answers to opening the board, and streams that stay silent, or say `news` before. */
function opening(columns: readonly BuildColumn[], news: readonly MockLink.MockedResponse[]): MockLink.MockedResponse[] {
  const silent = { delay: Number.POSITIVE_INFINITY, maxUsageCount: Number.POSITIVE_INFINITY };
  return [
    ...news,
    { request: { query: OpenBoardDocument, variables: () => true }, result: { data: { board: buildBoard(columns) } } },
    {
      request: { query: BoardPeopleDocument, variables: () => true },
      result: { data: { board: { __typename: 'Board', id: 'board-1', lanes: [] } } },
      maxUsageCount: Number.POSITIVE_INFINITY,
    },
    { request: { query: source.subscription, variables: () => true }, result: { data: {} }, ...silent },
    { request: { query: RunCardsDocument, variables: () => true }, result: { data: {} }, ...silent },
  ];
}

interface HarnessProps {
  onPeek: (key: string | undefined) => void;
  onOpenPage: (key: string) => void;
  onAsk: (text: string) => void;
}

/** The page of a board without its address. */
function Harness({ onPeek, onOpenPage, onAsk }: HarnessProps) {
  const [asked, setAsked] = useState('');
  const { board, reload } = useBoard('board-1', asked);
  const ask = (text: string): void => {
    setAsked(text);
    onAsk(text);
  };
  return board && <Board board={board} reload={reload} peekKey={undefined} onPeek={onPeek} onOpenPage={onOpenPage} asked={asked} onAsk={ask} />;
}

/** The board of two columns, or of others, as its page shows it. */
export async function openBoard({
  columns = COLUMNS,
  mocks = [],
  news = [],
  viewer,
}: { columns?: readonly BuildColumn[]; mocks?: MockLink.MockedResponse[]; news?: MockLink.MockedResponse[]; viewer?: RenderOptions['viewer'] } = {}) {
  giveSizes();
  const onPeek = jest.fn();
  const onOpenPage = jest.fn();
  const onAsk = jest.fn();
  const rendered = await renderApp(
    <InProject>
      <Harness onPeek={onPeek} onOpenPage={onOpenPage} onAsk={onAsk} />
    </InProject>,
    { mocks: [...opening(columns, news), ...mocks], viewer },
  );
  await screen.findByRole('link', { name: /NLP-1 / });
  return { ...rendered, onPeek, onOpenPage, onAsk };
}

/** A column and the titles of its cards, by its name. */
export const column = (name: string): HTMLElement => screen.getByRole('region', { name: new RegExp(name) });
export const titles = (name: string): string[] =>
  within(column(name))
    .queryAllByRole('link')
    .map((link) => link.textContent ?? '');
