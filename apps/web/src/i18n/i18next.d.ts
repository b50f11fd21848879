import 'i18next';
import type { TEXTS } from '../rooms.ts';
import type { DEFAULT_NAMESPACE } from './languages.ts';

/** What `t` checks its keys against: English. A test keeps Chinese in step. */
type Resources = { [Room in keyof typeof TEXTS]: Awaited<ReturnType<(typeof TEXTS)[Room]>>['default'] };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: typeof DEFAULT_NAMESPACE;
    resources: Resources;
    returnNull: false;
  }
}
