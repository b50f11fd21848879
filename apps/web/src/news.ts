import type { ApolloCache } from '@apollo/client';
import type { NewsSource } from './features/activity/news.ts';
import { writeColumnNews } from './features/board/model/column-news.ts';
import { writeLabelNews } from './features/project/label-news.ts';
import { writeTicketNews } from './features/ticket/write-tickets.ts';
import { writeRunNews } from './features/training/run-cards.ts';
import { CatchUpDocument, ProjectEventsDocument, type ProjectEventsSubscription } from './news.generated.ts';

export type ProjectNews = ProjectEventsSubscription['projectEvents'];

/** Runs first: which of them a card shows is decided by how they stand. */
const WRITERS: readonly ((cache: ApolloCache, batch: readonly ProjectNews[]) => void)[] = [writeRunNews, writeTicketNews, writeColumnNews, writeLabelNews];

/** The news of a project, as all rooms together ask for them and keep them. */
export const news: NewsSource<ProjectNews> = {
  subscription: ProjectEventsDocument,
  catchUp: CatchUpDocument,
  pieceOf: (sent, tickets, seq) => ({ ...sent, seq, activities: [], columns: [], labels: [], tickets }),
  write: (cache, batch) => WRITERS.forEach((write) => write(cache, batch)),
};
