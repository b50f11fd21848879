import { skipToken, useQuery } from '@apollo/client/react';
import { IconArrowsDiff, IconPlayerPlay } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { COMPARED_RUNS_MAX, COMPARED_RUNS_MIN, isEnded, METRIC_NAMES, RUN_FIELDS } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChosenColumns } from '../lists/chosen-columns.ts';
import { ColumnsMenu } from '../lists/ColumnsMenu.tsx';
import { timeZone } from '../lists/export-address.ts';
import { ListPage, type ListFrame } from '../lists/ListPage.tsx';
import type { NamesByField } from '../lists/suggestions.ts';
import { useAskedQuery } from '../lists/useAskedQuery.ts';
import { useList } from '../lists/useList.ts';
import { useRowSelection } from '../lists/useRowSelection.ts';
import { useListNames } from '../project/useListNames.ts';
import { useListProject } from '../project/useListProject.ts';
import { LinkButton } from '../shell/LinkButton.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { useRunCards } from './run-cards.ts';
import { RunColumnsDocument, RunsDatasetsDocument, RunsDocument, type RunRowFragment } from './run-list.generated.ts';
import { GroupMenu, RunGroups, useRunGrouping } from './RunGroups.tsx';
import { PARAMETER_NAMES } from './RunFacts.tsx';
import { useRunColumns } from './useRunColumns.tsx';
import { useRunWords } from './useRunWords.ts';

/** So many projects are listened to at a time: those with runs in sight that are going on. */
const LIVE_PROJECTS_MAX = 8;
/** A column more makes the table wider by about so much. */
const COLUMN_WIDTH = 99;

/** Every run of a project. */
export function RunsPage() {
  const { projectKey = '' } = useParams({ strict: false });
  return <RunsOfProject key={projectKey} projectKey={projectKey} />;
}

function RunsOfProject({ projectKey }: { projectKey: string }) {
  const { t } = useTranslation('training');
  const { project, frame, people } = useListProject(projectKey);
  if (project === null) return <NotFoundPage />;
  return <Runs {...frame} title={t('runs.title')} names={{ by: people }} />;
}

/** The runs of all projects that one may read. */
export function AllRunsPage() {
  const { t } = useTranslation('training');
  const { projects, keys, people } = useListNames();
  return <Runs title={t('runs.title')} project={null} projects={projects} names={{ by: people, project: keys }} />;
}

const NO_PROJECTS: readonly never[] = [];

interface RunsProps extends ListFrame {
  projects?: readonly { id: string; key: string; name: string }[];
  names: NamesByField;
}

function Runs({ projects = NO_PROJECTS, names, ...frame }: RunsProps) {
  const { t } = useTranslation('training');
  const query = useAskedQuery(RUN_FIELDS);
  const words = useRunWords();
  const { project } = frame;
  const place = { projectId: project?.id ?? null, query: query ?? '' };
  const [isChoosing, setChoosing] = useState(false);
  const { data: found } = useQuery(RunColumnsDocument, isChoosing ? { variables: { ...place, timeZone: timeZone() } } : skipToken);
  const all = useRunColumns({ projects, withProject: project === null, found: found?.runColumns ?? null });
  const chosen = useChosenColumns<RunRowFragment>(project === null ? 'runs' : 'runs-of-project', all);
  const columns = chosen.shown;
  const { data } = useQuery(RunsDatasetsDocument);
  const answer = useList(RunsDocument, project !== undefined && query !== null ? place : null, ({ runs }) => runs);
  const selection = useRowSelection(
    useCallback(({ number, ticket }: RunRowFragment) => `${t('page.short', { number })}${ticket ? `, ${ticket.key} ${ticket.title}` : ''}`, [t]),
  );
  const grouping = useRunGrouping();
  return (
    <>
      <ListPage<RunRowFragment>
        {...frame}
        list={{
          name: 'runs',
          fields: RUN_FIELDS,
          words,
          columns,
          names: { ...names, dataset: (data?.datasets.nodes ?? []).map(({ name }) => name), 'metric.*': METRIC_NAMES, 'param.*': PARAMETER_NAMES },
          example: 'is:going metric.accuracy:>=0.9',
          minWidth: columns.length * COLUMN_WIDTH,
        }}
        answer={answer}
        empty={<EmptyState icon={<IconPlayerPlay />} title={t('runs.empty')} text={t('list.emptyHint')} />}
        tools={
          <>
            <GroupMenu grouping={grouping} />
            <ColumnsMenu all={all} chosen={chosen} onOpen={() => setChoosing(true)} />
          </>
        }
        selection={selection}
        selectionActions={<Compare ids={[...selection.selected]} />}
        grouped={
          grouping.by && query !== null && project !== undefined ? (
            <RunGroups key={grouping.by} by={grouping.by} place={place} columns={columns} selection={selection} />
          ) : undefined
        }
      />
      {liveProjects(answer.found?.nodes ?? []).map((id) => (
        <LiveRuns key={id} projectId={id} />
      ))}
    </>
  );
}

/** Leads to the comparison of these runs, as long as there are not too few and not too many. */
function Compare({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('training');
  const hint =
    ids.length < COMPARED_RUNS_MIN
      ? t('compare.fault.TOO_FEW')
      : ids.length > COMPARED_RUNS_MAX
        ? t('compare.fault.TOO_MANY', { max: COMPARED_RUNS_MAX })
        : null;
  if (hint) return <span>{hint}</span>;
  return (
    <LinkButton size="compact-sm" to="/compare" search={{ runs: ids.join(',') }} leftSection={<IconArrowsDiff size={14} aria-hidden="true" />}>
      {t('runs.compareCount', { number: ids.length })}
    </LinkButton>
  );
}

const liveProjects = (rows: readonly RunRowFragment[]): string[] =>
  [...new Set(rows.flatMap(({ projectId, card }) => (isEnded(card.state) ? [] : [projectId])))].slice(0, LIVE_PROJECTS_MAX);

/** Keeps the runs of a project that are going on as they are now. */
function LiveRuns({ projectId }: { projectId: string }) {
  useRunCards(projectId);
  return null;
}
