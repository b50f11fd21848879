import type { FieldValues } from 'react-hook-form';
import { DraftNote } from './DraftNote.tsx';
import type { FormDraft } from './useFormDraft.ts';

/** At the head of a form that was opened with what was written before. */
export function FormDraftNote<Values extends FieldValues>({ draft: { keptAt, discard } }: { draft: FormDraft<Values> }) {
  return keptAt === null ? null : <DraftNote at={keptAt} onDiscard={discard} />;
}
