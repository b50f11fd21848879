import { createRoute } from '@tanstack/react-router';
import { projectRoute } from '../project/project-route.ts';
import { lastBoard } from '../project/recent-boards.ts';
import { MODIFIER } from '../shell/keys.ts';
import { onlyIds } from '../shell/only-ids.ts';
import type { Room } from '../shell/rooms.ts';
import { boardSearch } from './board-search.ts';
import { BoardPage } from './BoardPage.tsx';
import type { Texts } from '../../i18n/languages.ts';
import { columnNews } from './model/column-news.ts';

/** The board this browser showed last, or all projects. */
const lastPlace = () => {
  const last = lastBoard();
  return last ? ({ to: '/projects/$projectKey/board/$boardId', params: last } as const) : ({ to: '/projects' } as const);
};

/** What the app is opened for: its code comes with the first files. */
const boardPage = createRoute({
  getParentRoute: () => projectRoute,
  path: '/board/$boardId',
  staticData: { texts: ['board', 'ticket', 'training'] },
  validateSearch: boardSearch,
  loader: ({ params }) => onlyIds(params),
  component: BoardPage,
});

export const boardProjectRoutes = [boardPage] as const;

export const boardTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const board: Room = {
  tabs: [
    {
      tab: 'BOARD',
      label: 'tabs.board',
      path: 'board',
      link({ key, boards }) {
        const boardId = boards.find(({ id }) => id === lastBoard(key)?.boardId)?.id ?? boards[0]?.id;
        return boardId === undefined ? null : { to: '/projects/$projectKey/board/$boardId', params: { projectKey: key, boardId } };
      },
    },
  ],
  goKeys: [{ letter: 'b', text: 'shortcuts.goBoard', to: lastPlace }],
  shortcuts: [
    {
      heading: 'shortcuts.group.board',
      lines: [
        { keys: ['C'], text: 'shortcuts.create' },
        { keys: ['J', 'K'], text: 'shortcuts.next' },
        { keys: ['←', '→'], text: 'shortcuts.column' },
        { keys: ['Space'], text: 'shortcuts.peek' },
        { keys: ['Enter'], text: 'shortcuts.open' },
        { keys: ['M'], text: 'shortcuts.move' },
        { keys: ['F'], text: 'shortcuts.filter' },
        { keys: ['H'], text: 'shortcuts.collapse' },
        { keys: ['S'], text: 'shortcuts.state' },
        { keys: ['A'], text: 'shortcuts.assign' },
        { keys: ['E'], text: 'shortcuts.estimate' },
        { keys: ['P'], text: 'shortcuts.priority' },
        { keys: ['X'], text: 'shortcuts.choose' },
        { keys: ['Del'], text: 'shortcuts.delete' },
        { keys: ['L'], text: 'shortcuts.label' },
        { keys: [`${MODIFIER} Z`], text: 'shortcuts.undo' },
        { keys: ['Esc'], text: 'shortcuts.close' },
      ],
    },
  ],
  // columns and lanes come whole, never in parts: the newest list is true
  typePolicies: { Board: { fields: { columns: { merge: false }, lanes: { merge: false } } } },
  news: columnNews,
};
