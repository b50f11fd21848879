import { ActionIcon, Button, NumberInput, Popover, Radio, Stack } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconAlertTriangle, IconHandStop } from '@tabler/icons-react';
import { useMutation } from '@apollo/client/react';
import { wipState, type WipPolicy } from '@trainyard/domain';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useBoardParts, type BoardColumnHead } from './BoardContext.tsx';
import { SetColumnLimitDocument } from './board.generated.ts';
import classes from './ColumnHeader.module.css';

/** Name, number of cards against the limit, and for those who may: the limit itself. */
export function ColumnHeader({ column, count }: { column: BoardColumnHead; count: number }) {
  const { t } = useTranslation('board');
  const { mayManage } = useBoardParts();
  const state = wipState({ count, wipLimit: column.wipLimit });
  const limit = column.wipLimit;
  const refuses = limit !== null && column.wipPolicy === 'REFUSE';
  return (
    <header className={classes.header}>
      <h2 id={`column-${column.id}`} className={classes.name} title={column.name}>
        <span className={classes.category} data-category={column.category} role="img" aria-label={t(`category.${column.category}`)} title={t(`category.${column.category}`)} />
        {column.name}
      </h2>
      <span className={classes.count} data-wip={state} title={limit === null ? undefined : t(`wip.${state === 'NONE' ? 'FREE' : state}`, { count, limit })}>
        {state === 'OVER' && <IconAlertTriangle size={13} aria-hidden="true" />}
        {limit === null ? count : `${count} / ${limit}`}
        {state === 'OVER' && <span className={classes.word}>{t('wip.over')}</span>}
      </span>
      {refuses && (
        <span className={classes.refuses} title={t('wip.refuses', { limit })}>
          <IconHandStop size={14} role="img" aria-label={t('wip.refuses', { limit })} />
        </span>
      )}
      {mayManage && <LimitEditor column={column} />}
    </header>
  );
}

/** Not drawn again for every card that comes or goes. */
const LimitEditor = memo(function LimitEditor({ column }: { column: BoardColumnHead }) {
  const { t } = useTranslation('board');
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={260} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size={24} className={classes.edit} aria-label={t('column.limits', { name: column.name })} onClick={() => setOpened((now) => !now)}>
          <IconAdjustmentsHorizontal size={14} aria-hidden="true" />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>{opened && <LimitForm column={column} onDone={() => setOpened(false)} />}</Popover.Dropdown>
    </Popover>
  );
});

function LimitForm({ column, onDone }: { column: BoardColumnHead; onDone: () => void }) {
  const { t } = useTranslation('board');
  const [limit, setLimit] = useState<number | ''>(column.wipLimit ?? '');
  const [policy, setPolicy] = useState<WipPolicy>(column.wipPolicy);
  const [save, { loading, error }] = useMutation(SetColumnLimitDocument);
  const submit = async (): Promise<void> => {
    const input = { wipLimit: limit === '' ? null : limit, wipPolicy: policy };
    await save({ variables: { id: column.id, version: column.version, input } }).then(onDone, () => undefined);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap={12}>
        <NumberInput
          label={t('column.limit')}
          description={t('column.limitHint')}
          min={1}
          max={999}
          allowDecimal={false}
          value={limit}
          onChange={(value) => setLimit(typeof value === 'number' ? value : '')}
          data-autofocus
        />
        <Radio.Group label={t('column.policy')} value={policy} onChange={(value) => setPolicy(value === 'REFUSE' ? 'REFUSE' : 'WARN')}>
          <Stack gap={6} mt={6}>
            <Radio value="WARN" label={t('column.policyWarn')} />
            <Radio value="REFUSE" label={t('column.policyRefuse')} />
          </Stack>
        </Radio.Group>
        <ErrorNotice error={error} />
        <Button type="submit" loading={loading}>
          {t('save')}
        </Button>
      </Stack>
    </form>
  );
}
