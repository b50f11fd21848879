import { useApolloClient } from '@apollo/client/react';
import { shorthandIn, TICKET_KINDS, type Shorthand, type ShorthandWords } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { ProjectPeopleDocument } from '../../ticket/ticket.generated.ts';
import { useBoardParts, useCardSurroundings } from '../board-context.ts';

const NAMES_SOMEBODY = /(^|\s)[@＠]\S/u;

/** Reads `@name #label !kind` in a title. People are asked for where one is named. */
export function useShorthand(): (text: string) => Promise<Shorthand> {
  const { t } = useTranslation('ticket');
  const client = useApolloClient();
  const { projectId } = useBoardParts();
  const { labels } = useCardSurroundings();
  return async (text) => {
    const people = NAMES_SOMEBODY.test(text)
      ? ((await client.query({ query: ProjectPeopleDocument, variables: { id: projectId } })).data?.project?.people ?? [])
      : [];
    const kinds = Object.fromEntries(TICKET_KINDS.map((kind) => [kind, t(`type.${kind}`)])) as ShorthandWords['kinds'];
    return shorthandIn(text, { people, labels: [...labels.values()], kinds });
  };
}
