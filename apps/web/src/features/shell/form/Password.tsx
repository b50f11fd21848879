import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';

/** A password field that says its error to assistive technology too (Mantine's leaves aria-invalid out) and whose eye has a name. */
export function Password(props: PasswordInputProps & { ref?: Ref<HTMLInputElement> }) {
  const { t } = useTranslation('shell');
  return <PasswordInput aria-invalid={props.error ? true : undefined} visibilityToggleButtonProps={{ 'aria-label': t('form.showPassword') }} {...props} />;
}
