import { createContext, use } from 'react';
import type { Drill } from './drill.ts';
import type { ReportProjectQuery } from './flow.generated.ts';
import type { ReportSearch } from './report-search.ts';
import type { Report } from './reports.ts';

export type ReportProject = NonNullable<ReportProjectQuery['project']>;

/** What a report is drawn within. */
export interface ReportFrame {
  project: ReportProject;
  report: Report;
  search: ReportSearch;
  /** Asks otherwise: the address follows. */
  change: (part: { [Name in keyof ReportSearch]?: ReportSearch[Name] | undefined }) => void;
  /** Shows which tickets a number counts. */
  drill: (of: Drill) => void;
}

export const ReportContext = createContext<ReportFrame | null>(null);

export function useReport(): ReportFrame {
  const frame = use(ReportContext);
  if (!frame) throw new Error('useReport needs a ReportContext above it');
  return frame;
}
