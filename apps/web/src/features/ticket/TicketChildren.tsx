import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Select, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { childKindsOf, TICKET_TITLE_MAX, titleOf, type TicketKind } from '@trainyard/domain';
import { Face } from '@trainyard/ui';
import { useEffect, useEffectEvent, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../apollo-failure.ts';
import { TOGETHER } from '../../apollo-together.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import { MakeTicketDocument } from './new-ticket.generated.ts';
import { TicketChildrenDocument } from './ticket.generated.ts';
import classes from './TicketChildren.module.css';
import { TicketState } from './TicketState.tsx';
import { TypeIcon } from './TypeIcon.tsx';
import type { Ticket } from './useTicket.ts';

export interface TicketChildrenProps {
  ticket: Ticket;
  mayWrite: boolean;
  /** A change of it means that there may be news. */
  news: number;
  /** Tickets whose changes are news here, too. */
  onRelatives: (ids: readonly string[]) => void;
}

const PAGE = 50;

/** What a ticket consists of, and how far it is by that. */
export function TicketChildren({ ticket, mayWrite, news, onRelatives }: TicketChildrenProps) {
  const { t } = useTranslation('ticket');
  const format = useFormat();
  const [first, setFirst] = useState(PAGE);
  const kinds = childKindsOf(ticket.type);
  const { data, error, refetch } = useQuery(TicketChildrenDocument, {
    variables: { id: ticket.id, first },
    skip: kinds.length === 0,
    fetchPolicy: 'cache-and-network',
    context: TOGETHER,
  });
  const again = (): void => toldByQuery(refetch());
  const onNews = useEffectEvent(again);
  useEffect(() => {
    if (news > 0) onNews();
  }, [news]);
  const { children, progress } = data?.ticket ?? {};
  const nodes = children?.nodes;
  const tellRelatives = useEffectEvent(onRelatives);
  useEffect(() => tellRelatives(nodes?.map(({ id }) => id) ?? []), [nodes]);

  if (kinds.length === 0) return null;
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!children || !progress || (children.totalCount === 0 && !mayWrite)) return null;
  const heading = `children-${ticket.id}`;
  return (
    <section aria-labelledby={heading}>
      <div className={classes.head}>
        <h3 id={heading} className={classes.heading}>
          {t('children.title')}
        </h3>
        {children.totalCount > 0 && (
          <>
            <div
              className={classes.bar}
              role="progressbar"
              aria-label={t('children.progress')}
              aria-valuemin={0}
              aria-valuemax={progress.children}
              aria-valuenow={progress.done}
            >
              <div style={{ inlineSize: `${progress.children === 0 ? 0 : (progress.done / progress.children) * 100}%` }} />
            </div>
            <span className={classes.figures}>
              {[
                t('children.done', { done: progress.done, count: progress.children }),
                ...(progress.points > 0 ? [t('children.points', { done: format.number(progress.pointsDone), count: progress.points })] : []),
                ...(progress.dropped > 0 ? [t('children.dropped', { count: progress.dropped })] : []),
              ].join(' · ')}
            </span>
          </>
        )}
      </div>
      {children.nodes.length > 0 && (
        <ul className={classes.list}>
          {children.nodes.map((child) => (
            <li key={child.id}>
              <TypeIcon type={child.type} label={t(`type.${child.type}`)} />
              <Link to="/tickets/$ticketKey" params={{ ticketKey: child.key }} className={classes.name} title={child.title}>
                <span className={classes.key}>{child.key}</span> {child.title}
              </Link>
              <TicketState state={child.state} resolution={child.resolution} />
              {child.assignee && <Face {...child.assignee} size={18} />}
            </li>
          ))}
        </ul>
      )}
      {children.totalCount > children.nodes.length && (
        <Button variant="subtle" color="gray" size="xs" onClick={() => setFirst(first + PAGE)}>
          {t('children.more')}
        </Button>
      )}
      {mayWrite && <NewChild key={ticket.type} ticket={ticket} kinds={kinds} onMade={again} />}
    </section>
  );
}

/** Enter makes it and keeps the field open for the next. */
function NewChild({ ticket, kinds, onMade }: { ticket: Ticket; kinds: readonly TicketKind[]; onMade: () => void }) {
  const { t } = useTranslation('ticket');
  const toast = useToast();
  const [title, setTitle] = useState('');
  const [type, setType] = useState<TicketKind | null>(kinds[0] ?? null);
  const [make, { loading }] = useMutation(MakeTicketDocument);
  const send = async (): Promise<void> => {
    const clean = titleOf(title);
    if (clean === '' || type === null || loading) return;
    try {
      await make({ variables: { input: { projectId: ticket.projectId, parentId: ticket.id, type, title: clean } } });
      setTitle('');
      onMade();
    } catch (error) {
      toast.failed(error);
    }
  };
  return (
    <div className={classes.make}>
      {kinds.length > 1 && (
        <Select
          aria-label={t('children.kind')}
          className={classes.kind}
          data={kinds.map((value) => ({ value, label: t(`type.${value}`) }))}
          value={type}
          allowDeselect={false}
          leftSection={type && <TypeIcon type={type} label="" />}
          onChange={(value) => setType(kinds.find((kind) => kind === value) ?? null)}
        />
      )}
      <TextInput
        aria-label={t('children.add')}
        className={classes.title}
        placeholder={t('children.add')}
        maxLength={TICKET_TITLE_MAX}
        value={title}
        readOnly={loading}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter') void send();
          else if (event.key === 'Escape') setTitle('');
        }}
      />
    </div>
  );
}
