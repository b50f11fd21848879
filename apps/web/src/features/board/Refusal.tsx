import { useMutation } from '@apollo/client/react';
import { Button, CloseButton } from '@mantine/core';
import { WIP_LIMIT_MAX } from '@trainyard/domain';
import { memo, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import classes from './BoardColumn.module.css';
import { columnIn } from './model/cells.ts';
import { useBoardParts, type BoardColumnHead } from './board-context.ts';
import { Lack } from './Lack.tsx';
import { SetColumnLimitDocument } from './board.generated.ts';

const SHOWN_FOR_MS = 15_000;

/** Why the column did not take a card, at the column; for those who may, with the way out: one more, and the card goes where it was to go. */
export const Refusal = memo(function Refusal({ column }: { column: BoardColumnHead }) {
  const { refusal } = useBoardParts();
  const refused = refusal.use();
  if (refused === null || columnIn(refused.columnId) !== column.id) return null;
  if (refused.lack) return <Lack key={refused.ticketId} column={column} refused={{ ...refused, lack: refused.lack }} />;
  return column.wipLimit !== null && <Refused key={refused.ticketId} column={column} limit={column.wipLimit} />;
});

function Refused({ column, limit }: { column: BoardColumnHead; limit: number }) {
  const { t } = useTranslation('board');
  const { model, moves, refusal, mayManage } = useBoardParts();
  const describe = useErrorMessage();
  const [save, { loading, error }] = useMutation(SetColumnLimitDocument, { errorPolicy: 'all', ...useToldWhenGone() });
  useEffect(() => {
    const timer = setTimeout(() => refusal.set(null), SHOWN_FOR_MS);
    return () => clearTimeout(timer);
  }, [refusal]);
  const raised = Math.min(WIP_LIMIT_MAX, Math.max(limit, model.all(column.id)) + 1);
  const raise = async (): Promise<void> => {
    const wanted = refusal.get();
    const { data } = await save({ variables: { id: column.id, version: column.version, input: { wipLimit: raised } } });
    if (!data || !wanted) return;
    refusal.set(null);
    await moves.move(wanted.ticketId, wanted.columnId, wanted.index);
  };
  return (
    <div role="alert" className={classes.refusal}>
      <span>{error ? describe(error) : t('wip.full', { limit })}</span>
      {mayManage && (
        <Button size="compact-xs" variant="default" loading={loading} onClick={() => void raise()}>
          {t('wip.raise', { limit: raised })}
        </Button>
      )}
      <CloseButton size="xs" aria-label={t('wip.close')} onClick={() => refusal.set(null)} />
    </div>
  );
}
