import { newsOf } from './features/activity/news.ts';
import { ROOMS } from './rooms.ts';

/** The news of a project, as all rooms together ask for them and keep them. */
export const news = newsOf(ROOMS.flatMap((room) => room.news ?? []));
