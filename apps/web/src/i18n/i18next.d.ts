import 'i18next';
import type { DEFAULT_NAMESPACE, Resources } from './languages.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: typeof DEFAULT_NAMESPACE;
    resources: Resources;
    returnNull: false;
  }
}
