import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { Segments } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_CODES, LANGUAGES, languageOf } from '@trainyard/domain';
import { DENSITIES, useDensity } from '../shell/density.ts';
import { useLanguage } from './useLanguage.ts';
import classes from './Appearance.module.css';

const SCHEMES: readonly MantineColorScheme[] = ['light', 'dark', 'auto'];

/** Language, theme and density: they hold at once. */
export function Appearance() {
  const { t } = useTranslation(['access', 'shell']);
  const [language, chooseLanguage] = useLanguage();
  const [density, chooseDensity] = useDensity();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={classes.rows}>
      <Row label={t('appearance.language')}>
        {(id) => (
          <Segments
            labelledBy={id}
            size="sm"
            value={language}
            onChange={(value) => void chooseLanguage(languageOf(value))}
            data={LANGUAGE_CODES.map((value) => ({ value, label: LANGUAGES[value].name }))}
          />
        )}
      </Row>
      <Row label={t('appearance.theme')}>
        {(id) => (
          <Segments
            labelledBy={id}
            size="sm"
            value={colorScheme}
            onChange={(value) => setColorScheme(value)}
            data={SCHEMES.map((value) => ({ value, label: t(`shell:theme.${value}`) }))}
          />
        )}
      </Row>
      <Row label={t('appearance.density')}>
        {(id) => (
          <Segments
            labelledBy={id}
            size="sm"
            value={density}
            onChange={(value) => chooseDensity(value)}
            data={DENSITIES.map((value) => ({ value, label: t(`appearance.${value}`) }))}
          />
        )}
      </Row>
    </div>
  );
}

function Row({ label, children }: { label: string; children: (labelId: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={classes.row}>
      <span id={id}>{label}</span>
      {children(id)}
    </div>
  );
}
