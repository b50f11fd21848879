import { screen, within } from '@testing-library/react';
import { NOTHING_ASKED, type AskedReading } from '@trainyard/domain';
import { useState } from 'react';
import { renderApp } from '../../../test/render.tsx';
import { ReadingFields } from './ReadingFields.tsx';

let asked: AskedReading;
function Held({ text, whole }: { text: string; whole: boolean }) {
  const [value, setValue] = useState<AskedReading>(NOTHING_ASKED);
  asked = value;
  return <ReadingFields sample={{ bytes: new TextEncoder().encode(text), whole }} asked={value} onChange={setValue} />;
}
const open = (text: string, whole = true) => renderApp(<Held text={text} whole={whole} />);

describe('ReadingFields', () => {
  it('shows each guess with its evidence, and a preview that follows what is chosen', async () => {
    const { user } = await open('1,5;2,5\n2,5;3,5\n');
    expect(screen.getByRole('combobox', { name: /Separates cells/ })).toHaveProperty('value', '');
    expect(screen.getByText('2 of 2 rows have 2 cells with it.')).toBeTruthy();
    expect(screen.getByRole('columnheader', { name: 'Column 1' })).toBeTruthy();
    await user.selectOptions(screen.getByRole('combobox', { name: /First row/ }), 'Column names');
    expect(screen.getByRole('columnheader', { name: '1,5' })).toBeTruthy();
    await user.selectOptions(screen.getByRole('combobox', { name: /Separates cells/ }), 'Comma ,');
    expect(asked).toMatchObject({ header: true, delimiter: 'COMMA' });
    expect(screen.getAllByRole('columnheader')).toHaveLength(3);
  });

  it('proposes to leave out the rows above the table where it is refused, and lets any number of them be left out', async () => {
    const { user } = await open('Report\n\nname,x\na,1\nb,2\n');
    await user.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Leave out the first 2 rows' }));
    expect(asked.skip).toBe(2);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['name', 'x']);
    const rows = screen.getByRole('textbox', { name: /Rows left out at the top/ });
    expect(rows).toHaveProperty('value', '2');
    expect(document.activeElement).toBe(rows);
    await user.clear(rows);
    expect(asked.skip).toBeNull();
    await user.type(rows, '1001');
    expect(screen.getByText('A whole number from 0 to 1,000.')).toBeTruthy();
    expect(asked.skip).toBe(100);
    await user.tab();
    expect(rows).toHaveProperty('value', '100');
  });

  it('proposes to read rows of sentences as one column, which are refused for their commas', async () => {
    const { user } = await open('text\nno\nWell, yes\nso\n');
    expect(screen.getByText('Some rows hold commas, most do not: please look.')).toBeTruthy();
    await user.click(within(screen.getByRole('alert')).getByRole('button', { name: 'Read each row as one cell' }));
    expect(asked.delimiter).toBe('NONE');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByRole('cell', { name: 'Well, yes' })).toBeTruthy();
    const delimiter = screen.getByRole('combobox', { name: /Separates cells/ });
    expect(delimiter).toHaveProperty('value', 'NONE');
    expect(document.activeElement).toBe(delimiter);
  });

  it('leaves it to the owner whether a single first cell is a title or the name of one column', async () => {
    await open('t\n06:53:53,123\n06:53:54,456\n');
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Leave out the first row', 'Read each row as one cell']);
  });

  it('proposes nothing where the names have a cell less than the rows', async () => {
    await open('a,b\n1,5.1,x\n2,6.2,y\n');
    expect(screen.getByRole('alert')).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('tells the owner to choose where there is no row to guess from, and to leave out fewer rows where some are left out', async () => {
    const { user } = await open('x,'.repeat(40_000), false);
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText('There is no row to guess from.')).toBeTruthy();
    expect(within(alert).queryByText(/fewer rows/)).toBeNull();
    expect(screen.queryByRole('heading')).toBeNull();
    await user.type(screen.getByRole('textbox', { name: /Rows left out at the top/ }), '2');
    await user.tab();
    expect(within(screen.getByRole('alert')).getByText(/^Leave out fewer rows/)).toBeTruthy();
  });

  it('keeps the focus in the field of words that Enter takes over', async () => {
    const { user } = await open('x,y\n1,low\n2,none\n');
    const words = screen.getByRole('textbox', { name: 'Words for “no value” in y' });
    await user.type(words, 'none{Enter}');
    expect(asked.columns).toEqual([{ name: 'y', type: null, missing: ['none'] }]);
    expect(document.activeElement).toBe(words);
    expect(words.isConnected).toBe(true);
  });

  it('says of amounts that they are read as words, and reads them as numbers once the owner chooses so', async () => {
    const { user } = await open('price;y\n€ 1,50;a\n(2,25);b\n');
    expect(screen.getByText(/amounts such as € 1,50, read as categories unless you choose Number/)).toBeTruthy();
    await user.selectOptions(screen.getByRole('combobox', { name: 'Type of price' }), 'Number');
    expect(asked.columns).toEqual([{ name: 'price', type: 'NUMBER', missing: null }]);
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('2 of 2 cells, such as € 1,50.')).toBeTruthy();
    expect(screen.getByText(/as decided, amounts are read as numbers: \(2,25\) → -2\.25/)).toBeTruthy();
  });

  it('names the cell where a column of amounts has two currencies', async () => {
    const { user } = await open('price,y\n$1.50,a\n€2,b\n');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Type of price' }), 'Number');
    const alert = screen.getByRole('alert');
    expect(within(alert).getByText('amounts of one currency')).toBeTruthy();
    expect(within(alert).getByText('€2')).toBeTruthy();
  });

  it('lets the owner say which words mean no value, and shows what that leaves out', async () => {
    const { user } = await open('x,y\n1,low\n2,none\n3,high\n4,none\n');
    const words = screen.getByRole('textbox', { name: 'Words for “no value” in y' });
    const column = words.closest('li')!;
    expect(within(column).getByText(/Every one of the first 4 rows has a value/)).toBeTruthy();
    await user.type(words, 'none');
    await user.tab();
    expect(within(column).getByText(/Without a value: 2 of the first 4 rows/)).toBeTruthy();
    expect(asked.columns).toEqual([{ name: 'y', type: null, missing: ['none'] }]);
  });
});
