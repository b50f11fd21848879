import { ATTACHMENT_BYTES_MAX } from '@trainyard/domain';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { openTicket } from '../../../test/open-ticket.tsx';
import type { AttachmentFactsFragment } from '../subject/subject.generated.ts';

const file = (name: string, overrides: Partial<AttachmentFactsFragment> = {}): AttachmentFactsFragment => ({
  __typename: 'Attachment',
  id: `id-of-${name}`,
  name,
  mediaType: 'application/octet-stream',
  size: 1_500,
  url: `/attachments/id-of-${name}/${name}`,
  author: { __typename: 'Person', id: 'user-1', name: 'Wei Chen' },
  createdAt: '2026-11-22T05:00:00Z',
  ...overrides,
});
const of = (author: string): Partial<AttachmentFactsFragment> => ({ author: { __typename: 'Person', id: author, name: 'Bo Larsen' } });
const section = (): Promise<HTMLElement> => screen.findByRole('region', { name: /file/i });

describe('the files of a ticket', () => {
  it('are listed with size, who and when; images are shown and open beside, all else is saved', async () => {
    await openTicket({}, undefined, [], [file('plan.txt'), file('curve.png', { mediaType: 'image/png' })]);
    const files = await section();
    expect(await within(files).findByRole('heading', { name: '2 files' })).toBeTruthy();
    const [plan, curve] = within(files).getAllByRole('listitem') as [HTMLElement, HTMLElement];
    expect(plan.textContent).toMatch(/plan\.txt.*1\.5 kB.*Wei Chen.*2026/);
    const link = within(plan).getByRole('link', { name: 'plan.txt' });
    expect([link.getAttribute('href'), link.getAttribute('download')]).toEqual(['/attachments/id-of-plan.txt/plan.txt', 'plan.txt']);
    expect(plan.querySelector('img')).toBeNull();
    expect(within(curve).getByRole('link', { name: 'curve.png' }).getAttribute('target')).toBe('_blank');
    expect(curve.querySelector('img')?.getAttribute('src')).toBe('/attachments/id-of-curve.png/curve.png');
    expect(within(curve).getByRole('link', { name: 'Download curve.png' })).toBeTruthy();
  });

  it('are deleted at once and brought back, and the focus stays in their section', async () => {
    const { user } = await openTicket({}, undefined, [], [file('plan.txt')]);
    await user.click(await screen.findByRole('button', { name: 'Delete plan.txt' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: 'plan.txt' })).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Attach' })));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('link', { name: 'plan.txt' })).toBeTruthy();
  });

  it('can be read and saved by whoever may only read, and no more', async () => {
    const { container } = await openTicket({}, { orgRole: 'VIEWER' }, [], [file('plan.txt')]);
    const files = await section();
    expect(await within(files).findByRole('link', { name: 'Download plan.txt' })).toBeTruthy();
    expect(within(files).queryAllByRole('button')).toEqual([]);
    expect(container.querySelector('input[type=file]')).toBeNull();
  });

  it('of others are deleted by those who may', async () => {
    const member = { orgRole: 'MEMBER' as const, teams: [] };
    await openTicket({}, member, [], [file('mine.txt'), file('theirs.txt', of('user-2'))]);
    expect(await screen.findByRole('button', { name: 'Delete mine.txt' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Delete theirs.txt' })).toBeNull();
  });

  it('say how one is attached where there are none, and that there are none to whoever cannot', async () => {
    const first = await openTicket();
    expect(await screen.findByText(/Drop files here/)).toBeTruthy();
    first.unmount();
    await openTicket({}, { orgRole: 'VIEWER' });
    expect(await screen.findByText('No files')).toBeTruthy();
  });

  it('that are too large are refused in their place, and dismissed', async () => {
    const { user, container } = await openTicket();
    await screen.findByText(/Drop files here/);
    const large = Object.defineProperty(new File(['x'], 'large.bin'), 'size', { value: ATTACHMENT_BYTES_MAX + 1 });
    fireEvent.change(container.querySelector('input[type=file]') as HTMLInputElement, { target: { files: [large] } });
    expect((await screen.findByRole('alert')).textContent).toMatch(/at most/);
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Dismiss large.bin' }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Attach' }));
  });
});
