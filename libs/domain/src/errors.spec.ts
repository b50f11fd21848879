import { ERRORS } from './errors.ts';

/** What a client is told by the status alone. A code that is not named here says that something was asked wrongly: 400. */
const STATUS: Record<number, readonly string[]> = {
  401: ['UNAUTHENTICATED', 'INVALID_CREDENTIALS', 'RUNNER_UNKNOWN', 'RUNNER_REVOKED'],
  403: ['FORBIDDEN', 'CSRF_REJECTED', 'TOKEN_SCOPE', 'PASSWORD_REQUIRED'],
  404: ['NOT_FOUND', 'ARTIFACT_GONE'],
  408: ['REQUEST_TOO_SLOW'],
  409: [
    'CONFLICT',
    'STALE_VERSION',
    'ID_TAKEN',
    'WEBHOOK_OFF',
    'SECRET_LOST',
    'SETUP_DONE',
    'EMAIL_TAKEN',
    'LAST_OWNER',
    'MEMBERSHIP_EXISTS',
    'MEMBERSHIP_ENDED',
    'TEAM_IN_USE',
    'CALENDAR_IN_USE',
    'PROJECT_KEY_TAKEN',
    'WIP_LIMIT_REACHED',
    'NEIGHBOUR_GONE',
    'STATE_WITHOUT_COLUMN',
    'COLUMN_NOT_EMPTY',
    'LAST_COLUMN',
    'PROJECT_READ_ONLY',
    'BOARD_ARCHIVED',
    'BOARD_NOT_ARCHIVED',
    'LAST_BOARD',
    'LABEL_TAKEN',
    'SPRINT_STARTED',
    'SPRINT_NOT_RUNNING',
    'SPRINT_CLOSED',
    'SPRINT_WITHOUT_BOARD',
    'SPRINT_RUNS',
    'DATASET_NOT_READY',
    'DATASET_IN_USE',
    'RUN_NOT_CANCELLABLE',
    'RUN_NOT_RETRYABLE',
    'TICKET_DELETED',
    'NOT_CLAIMABLE',
    'FENCED',
    'RUNNER_TAKEN',
  ],
  413: ['TOO_LARGE'],
  421: ['HOST_UNKNOWN'],
  429: ['RATE_LIMITED', 'SIGN_IN_THROTTLED', 'TOO_MANY_CONNECTIONS', 'TOO_MANY_SUBSCRIPTIONS'],
  500: ['INTERNAL'],
  503: ['UNAVAILABLE'],
  507: ['STORAGE_FULL'],
};
const statusOf = (code: string): number => Number(Object.entries(STATUS).find(([, codes]) => codes.includes(code))?.[0] ?? 400);

it.each(Object.entries(ERRORS))('%s is answered with %i', (code, status) => {
  expect(status).toBe(statusOf(code));
});
