import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import classes from './RunArtifacts.module.css';
import type { RunPageQuery } from './runs.generated.ts';

type Attempt = NonNullable<RunPageQuery['run']>['attempts'][number];

/** Files that attempts left to download, those of the newest first. */
export function RunArtifacts({ attempts }: { attempts: readonly Attempt[] }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const files = [...attempts].sort((a, b) => b.number - a.number).flatMap(({ number, artifacts }) => artifacts.map((artifact) => ({ number, ...artifact })));
  if (files.length === 0) return null;
  return (
    <section aria-label={t('artifacts.title')}>
      <h2 className={classes.heading}>{t('artifacts.title')}</h2>
      <ul className={classes.list}>
        {files.map((file) => (
          <li key={file.id}>
            <a className={classes.file} href={`/artifacts/${file.id}`} download={file.name}>
              <IconDownload size={14} aria-hidden="true" />
              {file.name}
            </a>
            <span className={classes.dimmed}>
              {[format.bytes(file.sizeBytes), attempts.length > 1 && t('artifacts.of', { number: file.number }), format.dateTime(file.createdAt)]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
