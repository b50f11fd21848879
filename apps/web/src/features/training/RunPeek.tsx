import { isEnded, type ProjectScope } from '@trainyard/domain';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { RunActions } from './RunActions.tsx';
import { RunCharts, hasPoints } from './RunCharts.tsx';
import { RunFailure } from './RunFailure.tsx';
import classes from './RunPeek.module.css';
import { RunStatus } from './RunStatus.tsx';
import type { TicketRunFragment } from './runs.generated.ts';
import { useRunFeed } from './useRunFeed.ts';

export interface RunPeekProps {
  run: TicketRunFragment;
  scope: ProjectScope | null;
  /** Stable: the feed starts anew when it changes. */
  onMoved: () => void;
}

/** The run within its ticket: status, curves, what can be done. The rest is on its page. */
export function RunPeek({ run, scope, onMoved }: RunPeekProps) {
  const { feed, error } = useRunFeed(run.id, !isEnded(run.card.state), onMoved);
  return (
    <div className={classes.root}>
      {run.card.state === 'FAILED' && <RunFailure code={run.failureCode} params={run.failureParams} message={null} />}
      <RunStatus card={run.card} cancelRequested={run.cancelRequested} />
      <ErrorNotice error={error} />
      {feed && hasPoints(run.card) && (
        <RunCharts runId={run.id} template={run.template} validated={run.parameters.validationSplit > 0} curves={feed.curves} compact />
      )}
      <div className={classes.actions}>
        <RunActions run={run} scope={scope} onRetried={onMoved} />
      </div>
    </div>
  );
}
