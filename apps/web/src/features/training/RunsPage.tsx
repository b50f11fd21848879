import { useQuery } from '@apollo/client/react';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { isEnded, RUN_FIELDS } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { ListPage, type ListFrame } from '../lists/ListPage.tsx';
import type { NamesByField } from '../lists/suggestions.ts';
import { useAskedQuery } from '../lists/useAskedQuery.ts';
import { useList } from '../lists/useList.ts';
import { useListNames } from '../project/useListNames.ts';
import { useListProject } from '../project/useListProject.ts';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { useRunCards } from './run-cards.ts';
import { RunsDatasetsDocument, RunsDocument, type RunRowFragment } from './run-list.generated.ts';
import { PARAMETER_NAMES } from './RunFacts.tsx';
import { useRunColumns } from './useRunColumns.tsx';
import { METRIC_NAMES, useRunWords } from './useRunWords.ts';

/** So many projects are listened to at a time: those with runs in sight that are going on. */
const LIVE_PROJECTS_MAX = 8;

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
  const columns = useRunColumns(projects, project === null);
  const { data } = useQuery(RunsDatasetsDocument);
  const answer = useList(RunsDocument, project !== undefined && query !== null ? { projectId: project?.id ?? null, query } : null, ({ runs }) => runs);
  return (
    <>
      <ListPage
        {...frame}
        list={{
          name: 'runs',
          fields: RUN_FIELDS,
          words,
          columns,
          names: { ...names, dataset: (data?.datasets.nodes ?? []).map(({ name }) => name), 'metric.*': METRIC_NAMES, 'param.*': PARAMETER_NAMES },
          example: 'is:going metric.accuracy:>=0.9',
          minWidth: 990,
        }}
        answer={answer}
        empty={<EmptyState icon={<IconPlayerPlay />} title={t('runs.empty')} text={t('list.emptyHint')} />}
      />
      {liveProjects(answer.found?.nodes ?? []).map((id) => (
        <LiveRuns key={id} projectId={id} />
      ))}
    </>
  );
}

const liveProjects = (rows: readonly RunRowFragment[]): string[] =>
  [...new Set(rows.flatMap(({ projectId, card }) => (isEnded(card.state) ? [] : [projectId])))].slice(0, LIVE_PROJECTS_MAX);

/** Keeps the runs of a project that are going on as they are now. */
function LiveRuns({ projectId }: { projectId: string }) {
  useRunCards(projectId);
  return null;
}
