import { Anchor } from '@mantine/core';
import type { EngineRequest, Template } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice, ChoiceList } from './ChoiceList.tsx';
import { EngineReason } from './EngineReason.tsx';
import { engineChoices, type EngineChoice, type OfferedEngine } from './queue-form.ts';

export interface EngineChoiceListProps {
  runners: readonly { online: boolean; engines: readonly OfferedEngine[] }[];
  template: Template;
  dropout: number;
  value: EngineRequest;
  onChoose: (engine: EngineRequest) => void;
}

/**
 * Where to train. What no runner offers now stands behind a question, with the reason. It may be asked for all the same: the run waits, and says so
 * before it is queued.
 */
export function EngineChoiceList({ runners, template, dropout, value, onChoose }: EngineChoiceListProps) {
  const { t } = useTranslation('training');
  const [opened, setOpened] = useState(false);
  const choices = engineChoices(runners, template, dropout);
  const offered = choices.filter((choice) => choice.status === 'OFFERED');
  const away = choices.filter((choice) => choice.status !== 'OFFERED' && choice.request !== value);
  const foldable = offered.length > 0 && away.length > 0;
  const shown = foldable && !opened ? choices.filter((choice) => !away.includes(choice)) : choices;
  return (
    <ChoiceList
      legend={t('queue.engine')}
      columns={2}
      aside={
        foldable && (
          <Anchor component="button" type="button" size="xs" aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {t(away.some((choice) => choice.request === 'GPU') ? 'queue.whyNoGpu' : 'queue.otherEngines')}
          </Anchor>
        )
      }
    >
      {shown.map((choice) => (
        <Choice
          key={choice.request}
          name="engine"
          value={choice.request}
          checked={value === choice.request}
          onChoose={() => onChoose(choice.request)}
          title={t(`engine.${choice.request}.name`)}
          text={t(`engine.${choice.request}.about`)}
          facts={choice.device}
          note={<EngineNote choice={choice} chosen={value === choice.request} />}
        />
      ))}
    </ChoiceList>
  );
}

function EngineNote({ choice, chosen }: { choice: EngineChoice; chosen: boolean }) {
  const { t } = useTranslation('training');
  if (choice.status === 'OFFERED') return null;
  const layers = choice.missing.map((layer) => t(`layer.${layer}`)).join(t('listSeparator'));
  return (
    <>
      {choice.status === 'NO_RUNNER' && t('queue.noRunner')}
      {choice.status === 'LAYERS' && t('queue.lacksLayers', { layers })}
      {choice.status === 'UNAVAILABLE' && t('queue.notOffered')}
      {choice.reason && (
        <>
          {' '}
          <EngineReason reason={choice.reason} reasonParams={choice.reasonParams} />
        </>
      )}
      {chosen && <strong> {t('queue.willWait')}</strong>}
    </>
  );
}
