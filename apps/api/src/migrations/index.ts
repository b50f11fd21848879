import { PeopleBoardActivity1764000000001 } from './0001-people-board-activity.ts';

export const migrations = [PeopleBoardActivity1764000000001];
