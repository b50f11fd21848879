import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface OfferProps {
  text: string;
  /** What its button says. */
  offers: 'undo' | 'open';
  onTake: () => void;
}

/** A short notice of what was done, with a button for what can be done about it. */
export function Offer({ text, offers, onTake }: OfferProps) {
  const { t } = useTranslation('shell');
  return (
    <Group justify="space-between" wrap="nowrap">
      <span>{text}</span>
      <Button size="compact-sm" variant="default" flex="none" onClick={onTake}>
        {t(offers)}
      </Button>
    </Group>
  );
}
