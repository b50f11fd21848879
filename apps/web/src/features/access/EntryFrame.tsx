import type { ReactNode } from 'react';
import { Segments } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { switchLanguage } from '../../i18n/index.ts';
import { LANGUAGE_CODES, LANGUAGES, languageOf } from '@trainyard/domain';
import { Brand } from '../shell/Brand.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import classes from './EntryFrame.module.css';

/** The frame of the pages before sign-in, with the choice of language. */
export function EntryFrame({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t, i18n } = useTranslation('shell');
  return (
    <div className={classes.frame}>
      <header className={classes.language}>
        <Segments
          label={t('account.language')}
          value={languageOf(i18n.language)}
          onChange={(value) => void switchLanguage(languageOf(value))}
          data={LANGUAGE_CODES.map((value) => ({ value, label: LANGUAGES[value].name }))}
        />
      </header>
      <main className={classes.main}>
        <Brand large />
        <div>
          <PageTitle title={title} />
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {children}
      </main>
    </div>
  );
}
