/**
 * Days off in China and days that are worked to make up for them, as the State Council announced them for 2025 and 2026
 * (https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm, https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm). Taken over
 * from holiday-cn (https://github.com/NateScarlet/holiday-cn), MIT License, Copyright (c) 2019 NateScarlet.
 */
export const CHINA_KNOWN_UNTIL = '2026-12-31';

/** Name, first day, last day. */
type Stretch = readonly [name: string, from: string, to: string];

export const CHINA_OFF: readonly Stretch[] = [
  ['元旦 New Year', '2025-01-01', '2025-01-01'],
  ['春节 Spring Festival', '2025-01-28', '2025-02-04'],
  ['清明节 Qingming', '2025-04-04', '2025-04-06'],
  ['劳动节 Labour Day', '2025-05-01', '2025-05-05'],
  ['端午节 Dragon Boat', '2025-05-31', '2025-06-02'],
  ['国庆节、中秋节 National Day, Mid-Autumn', '2025-10-01', '2025-10-08'],
  ['元旦 New Year', '2026-01-01', '2026-01-03'],
  ['春节 Spring Festival', '2026-02-15', '2026-02-23'],
  ['清明节 Qingming', '2026-04-04', '2026-04-06'],
  ['劳动节 Labour Day', '2026-05-01', '2026-05-05'],
  ['端午节 Dragon Boat', '2026-06-19', '2026-06-21'],
  ['中秋节 Mid-Autumn', '2026-09-25', '2026-09-27'],
  ['国庆节 National Day', '2026-10-01', '2026-10-07'],
];

export const CHINA_WORKED: readonly Stretch[] = [
  ['春节 Spring Festival', '2025-01-26', '2025-01-26'],
  ['春节 Spring Festival', '2025-02-08', '2025-02-08'],
  ['劳动节 Labour Day', '2025-04-27', '2025-04-27'],
  ['国庆节、中秋节 National Day, Mid-Autumn', '2025-09-28', '2025-09-28'],
  ['国庆节、中秋节 National Day, Mid-Autumn', '2025-10-11', '2025-10-11'],
  ['元旦 New Year', '2026-01-04', '2026-01-04'],
  ['春节 Spring Festival', '2026-02-14', '2026-02-14'],
  ['春节 Spring Festival', '2026-02-28', '2026-02-28'],
  ['劳动节 Labour Day', '2026-05-09', '2026-05-09'],
  ['国庆节 National Day', '2026-09-20', '2026-09-20'],
  ['国庆节 National Day', '2026-10-10', '2026-10-10'],
];
