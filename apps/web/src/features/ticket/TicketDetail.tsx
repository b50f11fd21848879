import { ActionIcon, Menu, Skeleton } from '@mantine/core';
import { IconDots, IconHash, IconLink, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { can, isProvenByRuns } from '@trainyard/domain';
import { Delayed } from '@trainyard/ui';
import { useDeferredValue, useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ProjectStateNotice } from '../project/ProjectStateNotice.tsx';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { TicketRuns } from '../training/TicketRuns.tsx';
import { DeletedTicket } from './DeletedTicket.tsx';
import { draftKeys } from './draft-keys.ts';
import { TicketFiles } from './TicketFiles.tsx';
import { TicketDescription } from './TicketDescription.tsx';
import classes from './TicketDetail.module.css';
import { TicketChildren } from './TicketChildren.tsx';
import { TicketChips } from './TicketChips.tsx';
import { TicketGates } from './TicketGates.tsx';
import { TicketLinks } from './TicketLinks.tsx';
import { TicketFacts } from './TicketFacts.tsx';
import type { TicketAtHand } from './ticket-at-hand.ts';
import { TicketStream } from './TicketStream.tsx';
import { TicketTitle } from './TicketTitle.tsx';
import { LeftDrafts } from '../shell/drafts/LeftDrafts.tsx';
import { useDeleteTicket } from './useDeleteTicket.ts';
import { useHeldTicket } from './useHeldTicket.ts';
import { useTicket, type Ticket, type TicketLoad, type TicketProject } from './useTicket.ts';

export interface TicketDetailProps {
  ticketKey: string;
  /** One column, for the panel beside the board. */
  narrow?: boolean;
  onDeleted: () => void;
  /** What stands above the title. */
  trail?: (ticket: Ticket, project: TicketProject) => ReactNode;
  /** And while its project is not known. */
  unknownTrail?: ReactNode;
}

/** All of a ticket: what it says, its fields, its runs, what was said of it and what happened to it. */
export function TicketDetail({ ticketKey, narrow = false, onDeleted, trail, unknownTrail }: TicketDetailProps) {
  const { t } = useTranslation('ticket');
  const { ticket, project, error, reload, news, setRelatives, deleted } = useTicket(ticketKey);
  // all its fields at once are the most that is ever drawn: in pieces, a key pressed meanwhile is answered between them
  const drawn = useDeferredValue(ticket != null && project !== undefined, false);
  // The button that brings it back goes with what says that it is gone: the focus goes to what came back.
  const returning = useRef(false);
  // what was written about a ticket that is gone can be had all the same
  const left = <LeftDrafts begin={draftKeys.ofTicket(ticketKey)} />;
  if (deleted) {
    return (
      <>
        <DeletedTicket {...deleted} returning={returning} />
        {left}
      </>
    );
  }
  if (ticket && project && drawn)
    return (
      <Detail
        ticket={ticket}
        project={project}
        news={news}
        onRelatives={setRelatives}
        narrow={narrow}
        onDeleted={onDeleted}
        trail={trail}
        returning={returning}
      />
    );
  if (error) {
    return (
      <>
        {unknownTrail}
        {!narrow && <PageTitle title={ticketKey} />}
        <ErrorNotice error={error} onRetry={reload} meanwhile={<DetailSkeleton />} />
      </>
    );
  }
  if (ticket === null) {
    return (
      <>
        {narrow ? <p className={classes.gone}>{t('ticket.missing', { key: ticketKey })}</p> : <NotFoundPage />}
        {left}
      </>
    );
  }
  return <DetailSkeleton />;
}

function DetailSkeleton() {
  return (
    <Delayed>
      <Skeleton height={22} width="70%" mb={16} />
      <Skeleton height={13} mb={8} />
      <Skeleton height={13} mb={8} width="90%" />
      <Skeleton height={13} width="40%" />
    </Delayed>
  );
}

interface DetailProps extends Pick<TicketDetailProps, 'onDeleted' | 'trail'> {
  ticket: Ticket;
  project: TicketProject;
  news: number;
  onRelatives: TicketLoad['setRelatives'];
  narrow: boolean;
  /** Whether it was just brought back from here. */
  returning: RefObject<boolean>;
}

function Detail({ ticket, project, news, onRelatives, narrow, onDeleted, trail, returning }: DetailProps) {
  const { t } = useTranslation(['ticket', 'shell']);
  const actor = useActor();
  const scope = scopeOf(project);
  const mayWrite = can(actor, 'ticket.write', scope);
  const mayComment = can(actor, 'comment.write', scope);
  const mayDelete = can(actor, 'ticket.delete', scope);
  const article = useRef<HTMLElement>(null);
  const remove = useDeleteTicket(ticket, onDeleted);
  const onDelete = (): void => void remove();
  const acts = useHeldTicket({
    area: article,
    ticketKey: ticket.key,
    mayWrite,
    mayQueue: can(actor, 'run.queue', scope),
    onDelete: mayDelete ? onDelete : null,
  });
  useEffect(() => {
    if (returning.current) article.current?.focus({ preventScroll: true });
    returning.current = false;
  }, [returning]);
  return (
    <article ref={article} tabIndex={-1} className={classes.detail} data-narrow={narrow || undefined} data-ticket-key={ticket.key}>
      {trail?.(ticket, project)}
      <ProjectStateNotice project={project} />
      <div className={classes.head}>
        <TicketTitle key={ticket.id} ticket={ticket} mayWrite={mayWrite} isPage={!narrow} />
        <MoreMenu acts={acts()} />
      </div>
      <TicketChips ticket={ticket} project={project} />
      {mayWrite && ticket.boardId !== null && project.boards.every((board) => board.id !== ticket.boardId) && (
        <p className={classes.onArchived}>{t('shell:projectState.ticketOnArchivedBoard')}</p>
      )}
      <TicketFacts ticket={ticket} project={project} mayWrite={mayWrite} />
      <div className={classes.body}>
        <TicketDescription key={ticket.id} ticket={ticket} mayWrite={mayWrite} />
        <TicketGates key={`gates-${ticket.id}`} ticket={ticket} mayWrite={mayWrite} news={news} />
        <TicketChildren key={`children-${ticket.id}`} ticket={ticket} mayWrite={mayWrite} news={news} onRelatives={(ids) => onRelatives('CHILDREN', ids)} />
        <TicketLinks key={`links-${ticket.id}`} ticket={ticket} mayWrite={mayWrite} news={news} onRelatives={(ids) => onRelatives('LINKS', ids)} />
        <TicketFiles key={`files-${ticket.id}`} ticketId={ticket.id} news={news} scope={scope} zone={article} />
        <section className={classes.section} aria-labelledby={`runs-${ticket.id}`}>
          <TicketRuns
            ticketId={ticket.id}
            projectId={ticket.projectId}
            isExpected={isProvenByRuns(ticket.type)}
            heading={
              <h3 id={`runs-${ticket.id}`} className={classes.heading}>
                {t('ticket.evidence')}
              </h3>
            }
          />
        </section>
        <TicketStream ticketId={ticket.id} ticketKey={ticket.key} news={news} scope={scope} />
        <LeftDrafts begin={draftKeys.ofTicket(ticket.key)} except={(key) => (key.startsWith(draftKeys.newComment(ticket.key)) ? mayComment : mayWrite)} />
      </div>
    </article>
  );
}

const MORE = [
  { act: 'QUEUE_RUN', icon: IconPlayerPlay, text: 'ticket.queueRun' },
  { act: 'COPY_LINK', icon: IconLink, text: 'ticket.copyLink' },
  { act: 'COPY_KEY', icon: IconHash, text: 'ticket.copyKey' },
  { act: 'DELETE', icon: IconTrash, text: 'ticket.delete' },
] as const;

/** What has no field: as the palette and the keys do it. */
function MoreMenu({ acts }: { acts: TicketAtHand['acts'] }) {
  const { t } = useTranslation('ticket');
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('ticket.more')}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {MORE.map(({ act, icon: Symbol, text }) => {
          const does = acts[act];
          return (
            does && (
              <Menu.Item key={act} leftSection={<Symbol size={15} aria-hidden="true" />} onClick={does}>
                {t(text)}
              </Menu.Item>
            )
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
