import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '@trainyard/domain';

/** A profession in the reader's language. The catalogue holds both, also for those that were added. */
export function useProfessionName(): (profession: { nameEn: string; nameZh: string }) => string {
  const { i18n } = useTranslation();
  const chinese = languageOf(i18n.language) === 'zh';
  return useCallback((profession) => (chinese ? profession.nameZh : profession.nameEn), [chinese]);
}
