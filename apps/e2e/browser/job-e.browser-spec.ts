import { demoSchools } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import type { Door } from '../src/door';
import { phones, useDesks } from './desk/desks';
import { logIn } from './jinhua';

jest.setTimeout(180_000);

interface Listed {
  readonly id: string;
  readonly name: string;
}

interface Finding {
  readonly section: string;
  readonly code: string;
  readonly entryId?: string;
  readonly severity: string;
}

interface Waiting {
  readonly id: string;
  readonly teacherId: string;
  readonly contentHash: string;
  readonly etag: string;
}

const head = `head@${demoSchools.primary}`;

/** Job e: a principal reviews and submits upward on a phone. */
describe.each(phones)('job e at $width × $height', (viewport) => {
  const desks = useDesks();
  let information: Door;
  let principal: Door;
  let submitted: readonly Listed[];

  const waiting = async (): Promise<readonly Waiting[]> =>
    (await principal.must<{ items: Waiting[] }>('GET', '/review-cases?turn=mine&state=school-review&limit=200')).body
      .items;

  const complete = async (): Promise<Listed[]> =>
    (await information.must<{ items: Listed[] }>('GET', '/teachers?status=complete&limit=200')).body.items;

  const submit = async ({ id }: Listed): Promise<void> => {
    const { findings } = (await information.must<{ findings: Finding[] }>('GET', `/teachers/${id}/completeness`)).body;
    const acceptedHits = findings
      .filter(({ severity }) => severity === 'serious')
      .map(({ section, code, entryId }) => ({ section, code, entryId, reason: '已核对原件' }));
    await information.must('POST', `/teachers/${id}/submission`, { body: { declared: true, acceptedHits } });
  };

  const allWait = (teachers: readonly Listed[]) =>
    eventually(
      async () => {
        const now = await waiting();
        return teachers.every(({ id }) => now.some(({ teacherId }) => teacherId === id));
      },
      'what was submitted waits for the principal',
      { timeout: 30_000, every: 300 },
    );

  beforeAll(async () => {
    const { url } = desks.now.system;
    information = await logIn(url, `info@${demoSchools.primary}`);
    principal = await logIn(url, head);
    // other scripts take the ends of the list
    submitted = (await complete()).slice(-3, -1);
    for (const teacher of submitted) await submit(teacher);
    await allWait(submitted);
  });

  // others look at a principal who has something to decide on and something to send
  afterAll(async () => {
    if (viewport !== phones.at(-1)) return;
    const left = (await complete()).slice(-3, -1);
    for (const teacher of left) await submit(teacher);
    await allWait(left);
    const { id, etag, contentHash } = (await waiting()).find(({ teacherId }) => teacherId === left[0]!.id)!;
    await principal.must('POST', `/review-cases/${id}/decision`, {
      body: { verdict: 'approve', contentHash },
      ifMatch: etag,
    });
  });

  it('returns one with a marked field and words of his own', async () => {
    const [returned] = submitted;
    const { id } = (await waiting()).find(({ teacherId }) => teacherId === returned!.id)!;
    const desk = await desks.now.as(head, { phone: true, viewport });
    await desk.open(`/review/${id}`);
    await desk.page.getByRole('heading', { name: returned!.name }).waitFor();
    await desk.axe();
    await desk.click(desk.page.getByRole('button', { name: '标出要改的' }));
    await desk.click(desk.page.getByRole('button', { name: /^任职单位名称/ }).first());
    await desk.page.getByLabel('对填报人说明：任职单位名称').fill('与人事档案不符，请核对全称');
    await desk.axe();
    await desk.screenshot(`me-return-${viewport.width}`);
    await desk.click(desk.page.getByRole('button', { name: '确认退回 1 处' }));
    await desk.page.getByRole('heading', { name: '待我审核' }).waitFor();
    await eventually(
      async () =>
        (await information.must<{ status: string }>('GET', `/teachers/${returned!.id}`)).body.status ===
        'school-returned',
      'the return reaches the record',
      { timeout: 30_000, every: 300 },
    );
  });

  it('a clean school costs at most four taps: exceptions first, a sample in view, one receipt', async () => {
    const desk = await desks.now.as(head, { phone: true, viewport });
    await desk.open('/');
    await desk.page.getByRole('heading', { name: /^其余 \d+ 件没有疑点/ }).waitFor();
    await desk.page.locator('article dl div').first().waitFor();
    await desk.axe();
    await desk.screenshot(`me-review-${viewport.width}`);
    desk.count();
    await desk.click(desk.page.getByRole('button', { name: /^通过这 \d+ 件/ }));
    await desk.page.getByText(/^已通过 \d+ 件，\d\d:\d\d 前可以撤销/).waitFor();
    await desk.click(desk.page.getByRole('button', { name: /^报送 \d+ 件/ }));
    await desk.axe();
    await desk.click(desk.page.getByRole('dialog').getByRole('button', { name: '确认报送' }));
    await desk.page
      .getByRole('dialog')
      .getByText(/^331102-2133110001-\d{8}-\d{4}$/)
      .waitFor();
    await desk.axe();
    await desk.screenshot(`me-receipt-${viewport.width}`);
    await desk.click(desk.page.getByRole('dialog').getByRole('button', { name: '好' }));
    expect(desk.clicks).toBeLessThanOrEqual(4);
    await desk.click(desk.page.getByRole('link', { name: '报送回执' }));
    await desk.page
      .getByText(/^331102-2133110001-/)
      .first()
      .waitFor();
    await desk.axe();
  });
});
