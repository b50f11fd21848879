export interface Picture {
  screen: string;
  variant: string;
  file: string;
  /** What is wrong with it as far as a program sees it. */
  faults: readonly string[];
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** All pictures on a page, a row for each screen. */
export function sheetOf(pictures: readonly Picture[]): string {
  const rows = [...Map.groupBy(pictures, ({ screen }) => screen)].map(
    ([screen, shown]) =>
      `<section><h2 id="${screen}">${screen}</h2><div>${shown
        .map(
          ({ variant, file, faults }) =>
            `<figure${faults.length > 0 ? ' class="faulty"' : ''}><a href="${file}"><img loading="lazy" src="${file}" alt="${screen} ${variant}"></a><figcaption>${variant}${faults
              .map((fault) => `<br>${escape(fault.slice(0, 200))}`)
              .join('')}</figcaption></figure>`,
        )
        .join('')}</div></section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Trainyard: every screen</title><style>
body { font: 13px/1.4 system-ui; margin: 16px; background: #f4f4f5; color: #18181b }
nav a { margin-right: 12px } h2 { font-size: 15px; margin: 24px 0 8px }
section > div { display: flex; gap: 12px; overflow-x: auto; align-items: flex-start; padding-bottom: 8px }
figure { margin: 0; flex: none; max-width: 420px } img { height: 260px; border: 1px solid #a1a1aa; background: #fff; display: block }
.faulty img { outline: 3px solid #dc2626 } .faulty figcaption { color: #b91c1c }
</style><nav>${[...new Set(pictures.map(({ screen }) => screen))].map((screen) => `<a href="#${screen}">${screen}</a>`).join('')}</nav>${rows.join('')}</html>
`;
}
