import { useMutation } from '@apollo/client/react';
import { Button, Modal } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { NOTHING_ASKED, READING_FIELDS, type AskedReading } from '@trainyard/domain';
import { DialogFoot, Fact, Facts } from '@trainyard/ui';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote } from '../shell/drafts/DraftNote.tsx';
import { textOf } from '../shell/drafts/draft-store.ts';
import { useDraft } from '../shell/drafts/drafts.ts';
import { useDiscard } from '../shell/drafts/useDiscard.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import classes from './DatasetReading.module.css';
import { SetDatasetReadingDocument, type DatasetPageQuery } from './datasets.generated.ts';
import { ReadingFields } from './ReadingFields.tsx';
import { PreviewRows } from './PreviewRows.tsx';
import { keptSample, sendable, viewOf } from './table-sample.ts';
import { useEvidenceText, useFormatText } from './useEvidenceText.ts';

type Dataset = NonNullable<DatasetPageQuery['dataset']>;
type Reading = NonNullable<Dataset['reading']>;

/** Of a refused table's beginning. */
const SHOWN = { rows: 10, columns: 30 } as const;

/** How the table is read, and why; who may change it can look at the beginning of its file while doing so. */
export function DatasetReading({ dataset, reading, mayChange }: { dataset: Dataset; reading: Reading; mayChange: boolean }) {
  const { t } = useTranslation('dataset');
  const why = useEvidenceText();
  const nameOf = useFormatText();
  const [changing, setChanging] = useState(false);
  const { known, evidence, sample } = reading;
  // Of what is refused there is no reading yet: its beginning shows how it was tried.
  const tried = useMemo(
    () => (dataset.state === 'INVALID' && sample !== null ? viewOf(keptSample(sample), plain(reading.asked ?? NOTHING_ASKED)) : null),
    [dataset.state, sample, reading.asked],
  );
  const format = dataset.state === 'READY' ? known : tried?.format;
  if (!known && sample === null) return null;
  return (
    <section className={classes.root}>
      <div className={classes.head}>
        <h2 className={classes.heading}>{t('reading.title')}</h2>
        {mayChange && sample !== null && dataset.state !== 'CHECKING' && (
          <Button size="compact-sm" variant="default" leftSection={<IconAdjustments size={14} aria-hidden="true" />} onClick={() => setChanging(true)}>
            {t('reading.change')}
          </Button>
        )}
      </div>
      {dataset.state === 'READY' && !known && <p className={classes.about}>{t('reading.legacy')}</p>}
      {format && (
        <Facts layout="TILES" className={classes.facts}>
          {READING_FIELDS.map((field) => {
            const one = evidence.find((each) => each.field === field);
            return (
              <Fact key={field} name={t(`reading.label.${field}`)}>
                {nameOf(field, format)}
                {one && <span className={classes.why}>{why(one)}</span>}
              </Fact>
            );
          })}
        </Facts>
      )}
      {tried && (
        <PreviewRows
          label={t('reading.preview')}
          names={tried.names.slice(0, SHOWN.columns)}
          rows={tried.data.slice(0, SHOWN.rows).map((row) => row.slice(0, SHOWN.columns))}
          maxHeight={260}
        />
      )}
      <Modal opened={changing} onClose={() => setChanging(false)} size={820} title={t('reading.change')} closeOnClickOutside={false}>
        {changing && sample !== null && <Change dataset={dataset} asked={reading.asked ?? NOTHING_ASKED} sample={sample} onDone={() => setChanging(false)} />}
      </Modal>
    </section>
  );
}

function Change({ dataset, asked: before, sample, onDone }: { dataset: Dataset; asked: AskedReading; sample: string; onDone: () => void }) {
  const { t } = useTranslation('dataset');
  const key = `dataset:${dataset.id}:reading`;
  const { draft, write, end } = useDraft(key);
  const discard = useDiscard();
  const [keptAt, setKeptAt] = useState(draft?.at ?? null);
  const asked = useMemo(() => (draft ? kept(textOf(draft)) : plain(before)), [draft, before]);
  const beginning = useMemo(() => keptSample(sample), [sample]);
  const [save, { loading, error }] = useMutation(SetDatasetReadingDocument);
  const submit = async (): Promise<void> => {
    try {
      await save({ variables: { id: dataset.id, version: dataset.version, reading: sendable(beginning, asked) } });
      end();
      onDone();
    } catch {
      // Told above the buttons.
    }
  };
  return (
    <div className={classes.change}>
      {keptAt !== null && draft && (
        <DraftNote
          at={keptAt}
          onDiscard={() => {
            discard(key);
            setKeptAt(null);
          }}
        />
      )}
      <p className={classes.about}>{t('reading.changeHint')}</p>
      <ReadingFields sample={beginning} asked={asked} onChange={(next) => write(JSON.stringify(next))} />
      <DialogFoot notice={<ErrorNotice error={error} />}>
        <Button
          variant="default"
          onClick={() => {
            discard(key);
            onDone();
          }}
        >
          {t('cancel')}
        </Button>
        <Button loading={loading} onClick={() => void submit()}>
          {t('reading.save')}
        </Button>
      </DialogFoot>
    </div>
  );
}

/** A draft's decisions. What an older version has written lacks what there was not then. */
function kept(text: string): AskedReading {
  return { ...NOTHING_ASKED, ...(JSON.parse(text) as Partial<AskedReading>) };
}

/** Without what the cache adds: it goes back to the server. */
function plain({ encoding, delimiter, quote, skip, header, decimal, thousands, columns }: AskedReading): AskedReading {
  return { encoding, delimiter, quote, skip, header, decimal, thousands, columns: columns.map(({ name, type, missing }) => ({ name, type, missing })) };
}
