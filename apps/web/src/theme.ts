import {
  createTheme,
  type BadgeFactory,
  type ButtonFactory,
  type ComboboxParsedItem,
  type CSSVariablesResolver,
  type ExtendComponent,
  type FactoryPayload,
  type InputFactory,
  type InputWrapperFactory,
  type MantineColorsTuple,
  type MantineThemeComponent,
  type ModalFactory,
  type TooltipFactory,
} from '@mantine/core';
import { normalForm } from '@trainyard/domain';

/** Neutral greys: [6] and darker reach 4.5:1 as text on [1]. */
const gray: MantineColorsTuple = ['#fafafa', '#f4f4f5', '#e9e9eb', '#dedee2', '#c6c6cc', '#9c9ca6', '#66666f', '#52525b', '#3a3a41', '#1c1c20'];
/** [0] text, [2] dimmed text, [4] borders, [6] fields, [7] page. */
const dark: MantineColorsTuple = ['#e8e8ec', '#c8c8cf', '#a0a0ab', '#73737e', '#36363e', '#2b2b32', '#212127', '#17171b', '#111114', '#0b0b0d'];
const accent: MantineColorsTuple = ['#f0f1fe', '#e3e5fc', '#c7cbf9', '#a8aef5', '#8e96f1', '#7780ed', '#626ce6', '#525bd8', '#454dc4', '#373ea3'];

export const FONT_STACK =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif';
const MONO_STACK = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", "Noto Sans Mono CJK SC", monospace';

/** What `Component.extend` does, without the component: the theme must not pull them all into the first chunk. */
function part<Payload extends FactoryPayload>(settings: ExtendComponent<Payload>): MantineThemeComponent {
  return settings;
}

/** Searches choices without regard to case, width or composition: the component's own search lower-cases, and full-width letters stay unfound. */
function holdsWhatIsTyped({ options, search }: { options: ComboboxParsedItem[]; search: string }): ComboboxParsedItem[] {
  const typed = normalForm(search);
  // a closed field asks, too
  if (typed === '') return options;
  return options.flatMap((option): ComboboxParsedItem[] => {
    if (!('group' in option)) return normalForm(String(option.label)).includes(typed) ? [option] : [];
    const items = option.items.filter(({ label }) => normalForm(String(label)).includes(typed));
    return items.length > 0 ? [{ ...option, items }] : [];
  });
}

export const theme = createTheme({
  colors: { gray, dark, accent },
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  white: '#ffffff',
  black: '#1c1c20',
  fontFamily: FONT_STACK,
  fontFamilyMonospace: MONO_STACK,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '3px', sm: '5px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: {
    fontFamily: FONT_STACK,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.4' },
      h2: { fontSize: '16px', lineHeight: '1.5' },
      h3: { fontSize: '14px', lineHeight: '1.5' },
    },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    // one control height for the whole app, from the density (global.css)
    Input: part<InputFactory>({ vars: () => ({ wrapper: { '--input-height': 'var(--control-height)', '--input-fz': 'var(--mantine-font-size-sm)' } }) }),
    // Mantine makes these two pixels smaller than the field: 11 px is too small to read
    InputWrapper: part<InputWrapperFactory>({
      vars: () => ({
        label: { '--input-label-size': 'var(--mantine-font-size-sm)' },
        description: { '--input-description-size': 'var(--mantine-font-size-xs)' },
        error: { '--input-error-size': 'var(--mantine-font-size-xs)' },
        success: { '--input-success-size': 'var(--mantine-font-size-xs)' },
      }),
    }),
    Button: part<ButtonFactory>({
      defaultProps: { fw: 500 },
      vars: (_theme, props) =>
        props.size?.startsWith('compact')
          ? { root: {} }
          : { root: { '--button-height': 'var(--control-height)', '--button-fz': 'var(--mantine-font-size-sm)', '--button-padding-x': '12px' } },
    }),
    Badge: part<BadgeFactory>({
      defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 500 },
      styles: { root: { flex: 'none' }, label: { overflow: 'visible' } },
    }),
    Modal: part<ModalFactory>({
      // a field that takes the focus is scrolled to where neither head nor foot (DialogFoot) covers it
      styles: { title: { fontSize: 'var(--mantine-font-size-md)', fontWeight: 600 }, content: { scrollPaddingBlock: '64px' } },
      // little is left of a low window, or of one at 200 %
      defaultProps: { transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.4 }, yOffset: 'clamp(8px, 12vh - 40px, 10vh)' },
    }),
    Tooltip: part<TooltipFactory>({ defaultProps: { openDelay: 400, transitionProps: { duration: 100 } } }),
    // the choices of a closed field are not drawn: a ticket has seven such fields, some with a choice for each person
    Combobox: { defaultProps: { keepMounted: false } },
    Select: { defaultProps: { filter: holdsWhatIsTyped } },
    // a field within a field: the outer one shows the focus
    MultiSelect: { defaultProps: { filter: holdsWhatIsTyped }, styles: { inputField: { outline: 'none' } } },
    // without the placeholder, which axe counts as a foreign child of the menu, the first item takes the focus
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, transitionProps: { duration: 80 }, shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: { duration: 80 }, shadow: 'md' } },
  },
});

/** Tokens that Mantine lacks. Used by every CSS module beside Mantine's own variables. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--surface-page': '#ffffff',
    '--surface-sunken': 'var(--mantine-color-gray-0)',
    '--surface-raised': '#ffffff',
    '--surface-hover': 'var(--mantine-color-gray-1)',
    '--surface-selected': 'var(--mantine-color-accent-0)',
    '--border': 'var(--mantine-color-gray-2)',
    '--border-strong': 'var(--mantine-color-gray-4)',
    '--scroll-shadow': 'rgb(0 0 0 / 14%)',
    '--text': 'var(--mantine-color-black)',
    '--text-dimmed': 'var(--mantine-color-gray-6)',
    '--text-accent': 'var(--mantine-color-accent-8)',
    '--text-good': '#1d7a3e',
    '--text-warn': '#8f5300',
    '--text-bad': '#c0232c',
    '--tint-good': '#e9f7ee',
    '--tint-warn': '#fff4e0',
    '--tint-bad': '#fdecec',
    '--mantine-color-error': '#c0232c',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-6)',
    '--mantine-color-placeholder': '#6f6f79',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
  },
  dark: {
    '--surface-page': 'var(--mantine-color-dark-7)',
    '--surface-sunken': 'var(--mantine-color-dark-8)',
    '--surface-raised': 'var(--mantine-color-dark-6)',
    '--surface-hover': 'var(--mantine-color-dark-5)',
    '--surface-selected': '#262a52',
    '--border': 'var(--mantine-color-dark-5)',
    '--border-strong': '#4a4a54',
    '--scroll-shadow': 'rgb(0 0 0 / 55%)',
    '--text': 'var(--mantine-color-dark-0)',
    '--text-dimmed': 'var(--mantine-color-dark-2)',
    '--text-accent': 'var(--mantine-color-accent-3)',
    '--text-good': '#6fd08f',
    '--text-warn': '#f0b45c',
    '--text-bad': '#ff8a8a',
    '--tint-good': '#16301f',
    '--tint-warn': '#382a12',
    '--tint-bad': '#3d1c1f',
    '--mantine-color-error': '#ff8a8a',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-2)',
    '--mantine-color-placeholder': '#8f8f9a',
    '--mantine-color-default-border': 'var(--mantine-color-dark-4)',
  },
});
