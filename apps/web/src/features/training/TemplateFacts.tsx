import { isImageTemplate, templateFacts, type Template } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { datasetRefusal, type ChoosableDataset } from './queue-form.ts';

/** An image template has as many outputs as the chosen images have classes. */
export function TemplateFacts({ template, dataset }: { template: Template; dataset: ChoosableDataset | undefined }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const known = dataset?.state === 'READY' && isImageTemplate(template) && !datasetRefusal(template, dataset);
  const { layers, parameterCount, decidedBy } = templateFacts(template, known ? dataset.classes.length : null);
  const open = t(decidedBy === 'CLASSES' ? 'template.countByClasses' : 'template.countByData');
  return (
    <>
      {layers} · {parameterCount === null ? open : t('template.count', { formatted: format.number(parameterCount) })}
    </>
  );
}
