import { Button } from '@mantine/core';
import { ConfirmDialog, EmptyState, HeadOfActions, Table } from '@trainyard/ui';
import { IconKey } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../shell/Page.tsx';
import { useToast } from '../shell/useToast.ts';

export interface TokenSectionProps<Token> {
  title: string;
  lead: string;
  /** Names what makes another one. */
  create: string;
  /** What ends with a token. */
  revokeText: string;
  /** Heads of the columns between the name and the button that revokes. */
  heads: readonly string[];
  /** Cells under them. */
  cells: (token: Token) => ReactNode;
  tokens: readonly Token[];
  /** Answers whether it is revoked; what failed has been told. */
  onRevoke: (id: string) => Promise<boolean>;
  dialog: (state: { opened: boolean; onClose: () => void }) => ReactNode;
}

/** Tokens of a kind: what they are, one more, and none any longer. */
export function TokenSection<Token extends { id: string; name: string }>({
  title,
  lead,
  create,
  revokeText,
  heads,
  cells,
  tokens,
  onRevoke,
  dialog,
}: TokenSectionProps<Token>) {
  const { t } = useTranslation(['access', 'shell']);
  const toast = useToast();
  const [creating, setCreating] = useState(false);
  const [doomed, setDoomed] = useState<Token | null>(null);
  const [pending, setPending] = useState(false);
  const confirm = async ({ id, name }: Token): Promise<void> => {
    setPending(true);
    if (await onRevoke(id)) toast.done(t('tokens.revoked', { name }));
    setPending(false);
    setDoomed(null);
  };
  return (
    // One button with and without tokens: the focus comes back to it from the dialog.
    <Section
      title={title}
      lead={lead}
      actions={
        <Button variant="default" onClick={() => setCreating(true)}>
          {create}
        </Button>
      }
    >
      {tokens.length === 0 ? (
        <EmptyState icon={<IconKey />} title={t('tokens.none')} />
      ) : (
        <Table
          caption={title}
          minWidth={620}
          head={
            <>
              {[t('tokens.name'), ...heads].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              <HeadOfActions label={t('tokens.revoke')} />
            </>
          }
        >
          {tokens.map((token) => (
            <tr key={token.id}>
              <th scope="row">{token.name}</th>
              {cells(token)}
              <td data-actions>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  c="var(--text-bad)"
                  onClick={() => setDoomed(token)}
                  aria-label={t('tokens.revokeTitle', { name: token.name })}
                >
                  {t('tokens.revoke')}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      )}
      {dialog({ opened: creating, onClose: () => setCreating(false) })}
      <ConfirmDialog
        opened={doomed !== null}
        title={t('tokens.revokeTitle', { name: doomed?.name ?? '' })}
        labels={{ confirm: t('tokens.revoke'), cancel: t('shell:cancel') }}
        pending={pending}
        onConfirm={() => doomed && void confirm(doomed)}
        onCancel={() => setDoomed(null)}
      >
        {revokeText}
      </ConfirmDialog>
    </Section>
  );
}
