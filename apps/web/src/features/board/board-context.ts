import { createContext, use } from 'react';
import type { BoardFrameFragment } from './board.generated.ts';
import type { Collapsed } from './collapsed.ts';
import type { BoardFocus } from './keys/board-focus.ts';
import type { Asked, BoardModel } from './model/board-model.ts';
import type { BoardMoves } from './model/board-moves.ts';
import type { CardWords } from './card/card-words.ts';
import type { DropTargets } from './card/drop-targets.ts';
import type { BoardSelection } from './selection/board-selection.ts';
import type { Signal } from '../shell/signal.ts';
import type { TicketChanges } from '../ticket/many/ticket-changes.ts';
import type { WindowLoader } from './model/window-loader.ts';

export type Label = BoardFrameFragment['project']['labels'][number];
export type BoardColumnHead = BoardFrameFragment['columns'][number];
export type QuickField = 'POINTS' | 'PRIORITY' | 'DUE' | 'ASSIGNEE' | 'LABELS' | 'COLUMN';
/** What is set of many cards at once. */
export type ManyQuickField = QuickField | 'STATE';

/** What the parts of a board share. It stays the same object while the board is open, so that no card draws for it. */
export interface BoardParts {
  boardId: string;
  projectId: string;
  model: BoardModel;
  loader: WindowLoader;
  focus: BoardFocus;
  moves: BoardMoves;
  drops: DropTargets;
  /** The cards that the next action is for. */
  selection: BoardSelection;
  changes: TicketChanges;
  /** The column whose field for a new ticket is open. */
  creating: Signal<string | null>;
  mayWrite: boolean;
  mayManage: boolean;
  /** Shows the ticket beside the board, or on its own page. */
  openTicket: (key: string, where: 'PEEK' | 'PAGE') => void;
  /** Columns that are strips. */
  collapsed: Collapsed;
  /** Lanes that are folded. */
  folded: Collapsed;
  /** Points of the cards that are asked for, by column; empty until they are known. */
  points: Signal<ReadonlyMap<string, number>>;
  /** Whether a column is full and takes no more. */
  turnsAway: (columnId: string) => boolean;
  /** The move that a column has just turned away, to be told there. */
  refusal: Signal<Refused | null>;
  /** Whether a ticket is among those that are asked for. */
  isShown: (ticketId: string, asked: Asked) => Promise<boolean>;
  /** Opens the menu of a card at an element. */
  openMenu: (ticketId: string, at: Element, pointer?: { clientX: number; clientY: number }) => void;
}

/** A card that a column did not take, and where it was to go. */
export interface Refused {
  ticketId: string;
  columnId: string;
  index: number;
  /** What the column asked for; absent: it is full. */
  lack?: { fields: readonly string[]; others: readonly string[] };
}

/** What cards draw with, beside their own ticket. */
export interface CardSurroundings {
  labels: ReadonlyMap<string, Label>;
  words: CardWords;
}

export const BoardContext = createContext<BoardParts | null>(null);
export const CardContext = createContext<CardSurroundings | null>(null);

export function useBoardParts(): BoardParts {
  const parts = use(BoardContext);
  if (!parts) throw new Error('useBoardParts needs a BoardContext above it');
  return parts;
}

export function useCardSurroundings(): CardSurroundings {
  const surroundings = use(CardContext);
  if (!surroundings) throw new Error('useCardSurroundings needs a CardContext above it');
  return surroundings;
}
