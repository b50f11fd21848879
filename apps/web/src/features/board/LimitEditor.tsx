import { useMutation } from '@apollo/client/react';
import { Button, Popover, Radio, Stack, Text } from '@mantine/core';
import type { WipPolicy } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import type { BoardColumnHead } from './board-context.ts';
import { SetColumnLimitDocument } from './board.generated.ts';
import { LimitField, isLimit, type TypedLimit } from '../project/LimitField.tsx';
import { ScreenAnchor } from '../shell/ScreenAnchor.tsx';

export interface LimitEditorProps {
  column: BoardColumnHead;
  /** Where on the screen it opens. */
  at: DOMRect;
  onClose: () => void;
}

/** How many cards a column may hold, and what happens above that. */
export function LimitEditor({ column, at, onClose }: LimitEditorProps) {
  const { t } = useTranslation('board');
  const [limit, setLimit] = useState<TypedLimit>(column.wipLimit ?? '');
  const [policy, setPolicy] = useState<WipPolicy>(column.wipPolicy);
  const [opened] = useState(column);
  const [save, { loading, error }] = useMutation(SetColumnLimitDocument, { errorPolicy: 'all', ...useToldWhenGone() });
  // somebody else has set it since: shown, so that whoever saves knows what they replace
  const theirs = column.wipLimit !== opened.wipLimit || column.wipPolicy !== opened.wipPolicy;
  const name = t('column.limits', { name: column.name });
  const submit = async (): Promise<void> => {
    const input = { wipLimit: limit === '' ? null : limit, wipPolicy: policy };
    const { data } = await save({ variables: { id: column.id, version: column.version, input } });
    if (data) onClose();
  };
  return (
    <Popover opened onDismiss={onClose} position="bottom-end" width={260} trapFocus closeOnEscape withinPortal>
      <Popover.Target>
        <ScreenAnchor at={at} aria-label={name} />
      </Popover.Target>
      <Popover.Dropdown
        aria-label={name}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isLimit(limit)) void submit();
          }}
        >
          <Stack gap={12}>
            <LimitField label={t('column.limit')} description={t('column.limitHint')} value={limit} onChange={setLimit} data-autofocus />
            <Radio.Group label={t('column.policy')} value={policy} onChange={(value) => setPolicy(value === 'REFUSE' ? 'REFUSE' : 'WARN')}>
              <Stack gap={6} mt={6}>
                <Radio value="WARN" label={t('column.policyWarn')} />
                <Radio value="REFUSE" label={t('column.policyRefuse')} />
              </Stack>
            </Radio.Group>
            {theirs && (
              <Text size="xs" c="var(--text-warn)" role="status">
                {t('column.theirs', {
                  limit: column.wipLimit ?? t('column.noLimit'),
                  policy: t(column.wipPolicy === 'REFUSE' ? 'column.policyRefuse' : 'column.policyWarn'),
                })}
              </Text>
            )}
            <ErrorNotice error={error} />
            <Button type="submit" loading={loading}>
              {t('save')}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
