import { DigitImage } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import classes from './DatasetPreview.module.css';
import { PreviewRows } from './PreviewRows.tsx';

export interface DatasetPreviewProps {
  preview: { images: readonly { pixels: string; label: string }[]; rows: readonly (readonly string[])[] };
  inputShape: readonly number[];
  /** Names of the columns; points carry their class behind them. */
  columns: readonly string[];
}

/** A few samples as they are. */
export function DatasetPreview({ preview, inputShape, columns }: DatasetPreviewProps) {
  const { t } = useTranslation('dataset');
  const [rows = 0, width = 0] = inputShape;
  if (preview.images.length === 0 && preview.rows.length === 0) return null;
  return (
    <section className={classes.root}>
      <h2 className={classes.heading}>{t('page.preview')}</h2>
      {preview.images.length > 0 && (
        <ul className={classes.images}>
          {preview.images.map((image, i) => (
            <li key={i}>
              <DigitImage
                pixels={image.pixels}
                rows={rows}
                columns={width}
                scale={Math.max(1, Math.round(56 / Math.max(rows, width, 1)))}
                label={t('page.image', { label: image.label })}
              />
              <span aria-hidden="true">{image.label}</span>
            </li>
          ))}
        </ul>
      )}
      {preview.rows.length > 0 && (
        <PreviewRows
          label={t('page.preview')}
          names={(preview.rows[0] ?? []).map((_, i) => columns[i] ?? t('field.class'))}
          rows={preview.rows}
          maxHeight={360}
        />
      )}
    </section>
  );
}
