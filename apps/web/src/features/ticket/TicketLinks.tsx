import { useMutation, useQuery } from '@apollo/client/react';
import { Button, CloseButton, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { LINK_SIDES, type LinkSide } from '@trainyard/domain';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../apollo-failure.ts';
import { TOGETHER } from '../../apollo-together.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import { placeOf } from './placement.ts';
import { LinkTicketsDocument, TicketLinksDocument, UnlinkTicketsDocument } from './ticket.generated.ts';
import shared from './TicketChildren.module.css';
import classes from './TicketLinks.module.css';
import { TicketPicker } from './TicketPicker.tsx';
import { TicketState } from './TicketState.tsx';
import { TypeIcon } from './TypeIcon.tsx';
import type { Ticket } from './useTicket.ts';
import { useTicketProgress } from './useTicketProgress.ts';

export interface TicketLinksProps {
  ticket: Ticket;
  mayWrite: boolean;
  /** A change of it means that there may be news. */
  news: number;
  /** Tickets whose changes are news here, too. */
  onRelatives: (ids: readonly string[]) => void;
}

/** What a ticket is to others, in words. */
export function TicketLinks({ ticket, mayWrite, news, onRelatives }: TicketLinksProps) {
  const { t } = useTranslation('ticket');
  const toast = useToast();
  const progress = useTicketProgress();
  const { data, error, refetch } = useQuery(TicketLinksDocument, { variables: { id: ticket.id }, fetchPolicy: 'cache-and-network', context: TOGETHER });
  const [link, { loading }] = useMutation(LinkTicketsDocument);
  const [unlink] = useMutation(UnlinkTicketsDocument);
  const [side, setSide] = useState<LinkSide>('BLOCKED_BY');
  const onNews = useEffectEvent(() => toldByQuery(refetch()));
  useEffect(() => {
    if (news > 0) onNews();
  }, [news]);
  const links = data?.ticket?.links;
  const tellRelatives = useEffectEvent(onRelatives);
  useEffect(() => tellRelatives(links?.map(({ ticket: { id } }) => id) ?? []), [links]);

  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!links || (links.length === 0 && !mayWrite)) return null;
  const heading = `links-${ticket.id}`;
  const original = links.find((one) => one.side === 'DUPLICATES')?.ticket;
  const change = (act: typeof link | typeof unlink, of: LinkSide, otherId: string): void =>
    void act({ variables: { id: ticket.id, side: of, otherId } }).catch(toast.failed);
  return (
    <section aria-labelledby={heading}>
      <div className={shared.head}>
        <h3 id={heading} className={shared.heading}>
          {t('links.title')}
        </h3>
      </div>
      {links.length > 0 && (
        <ul className={shared.list}>
          {links.map(({ side: of, ticket: other }) => (
            <li key={`${of} ${other.id}`}>
              <span className={classes.side}>{t(`side.${of}`)}</span>
              <TypeIcon type={other.type} label={t(`type.${other.type}`)} />
              <Link to="/tickets/$ticketKey" params={{ ticketKey: other.key }} className={shared.name} title={other.title}>
                <span className={shared.key}>{other.key}</span> {other.title}
              </Link>
              <TicketState state={other.state} resolution={other.resolution} />
              {mayWrite && (
                <CloseButton size="sm" aria-label={t('links.remove', { side: t(`side.${of}`), key: other.key })} onClick={() => change(unlink, of, other.id)} />
              )}
            </li>
          ))}
        </ul>
      )}
      {mayWrite && original && ticket.resolution === null && (
        <p className={classes.offer}>
          {t('links.isDuplicate', { key: original.key })}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() =>
              void progress.give({ id: ticket.id, key: ticket.key, state: ticket.state, resolution: ticket.resolution, place: placeOf(ticket) }, 'DUPLICATE')
            }
          >
            {t('links.endAsDuplicate')}
          </Button>
        </p>
      )}
      {mayWrite && (
        <div className={shared.make}>
          <Select
            aria-label={t('links.side')}
            className={shared.kind}
            data={LINK_SIDES.map((value) => ({ value, label: t(`side.${value}`) }))}
            value={side}
            allowDeselect={false}
            onChange={(value) => setSide(LINK_SIDES.find((one) => one === value) ?? side)}
          />
          <div className={shared.title}>
            <TicketPicker
              projectId={null}
              except={[ticket.id]}
              value={null}
              label={t('links.add')}
              placeholder={t('links.add')}
              saving={loading}
              onChange={(other) => other && change(link, side, other.id)}
            />
          </div>
        </div>
      )}
    </section>
  );
}
