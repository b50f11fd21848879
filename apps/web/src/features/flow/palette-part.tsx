import { useQuery } from '@apollo/client/react';
import { IconChartAreaLine } from '@tabler/icons-react';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NavigationDocument } from '../project/navigation.generated.ts';
import type { Command, PalettePart } from '../shell/palette-part.ts';
import { REPORTS } from './reports.ts';

const icon = <IconChartAreaLine size={16} aria-hidden="true" />;

/** The reports of each project, and each report of the one at hand. */
function useCommands(): readonly Command[] {
  const { t } = useTranslation('shell');
  const { t: tFlow } = useTranslation('flow');
  const navigate = useNavigate();
  const { data } = useQuery(NavigationDocument);
  const here = useRouterState({ select: ({ location }) => /^\/projects\/([^/]+)/.exec(location.pathname)?.[1] });
  return useMemo(() => {
    const projects = data?.projects ?? [];
    const all = projects.map((project): Command => ({
      id: `reports-${project.id}`,
      group: 'pages',
      quiet: true,
      hint: project.key,
      label: t('palette.reportsOf', { project: project.name }),
      icon,
      run: () => void navigate({ to: '/projects/$projectKey/reports', params: { projectKey: project.key } }),
    }));
    const atHand = projects.filter(({ key }) => key === here);
    const each = atHand.flatMap(({ key }) =>
      REPORTS.map((report): Command => ({
        id: `report-${report}`,
        group: 'pages',
        quiet: true,
        hint: key,
        label: tFlow(`report.${report}.title`),
        icon,
        run: () => void navigate({ to: '/projects/$projectKey/reports/$report', params: { projectKey: key, report } }),
      })),
    );
    return [...each, ...all];
  }, [t, tFlow, navigate, data, here]);
}

export const palettePart: PalettePart = { useCommands };
