import { demoPassword, demoSchools } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import type { Door } from '../src/door';
import { phones, useDesks } from './desk/desks';
import { tooSmall, widerThanThePhone } from './desk/phone-fit';
import { logIn, type PrintedSlip } from './jinhua';

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
const words = '与人事档案不符，请核对全称';
const password = 'Qinghe#8264tan';

/** Job e: a principal reviews and submits upward on a phone. */
describe.each(phones)('job e at $width × $height', (viewport) => {
  const desks = useDesks();
  let information: Door;
  let principal: Door;
  let submitted: readonly Listed[];
  /** Of the first of them. */
  let login: string;

  const waiting = async (): Promise<readonly Waiting[]> =>
    (await principal.must<{ items: Waiting[] }>('GET', '/review-cases?turn=mine&state=school-review&limit=200')).body
      .items;

  const complete = async (): Promise<Listed[]> =>
    (await information.must<{ items: Listed[] }>('GET', '/teachers?status=complete&limit=200')).body.items;

  const submit = async ({ id }: Listed, by = information): Promise<void> => {
    const { findings } = (await by.must<{ findings: Finding[] }>('GET', `/teachers/${id}/completeness`)).body;
    const acceptedHits = findings
      .filter(({ severity }) => severity === 'serious')
      .map(({ section, code, entryId }) => ({ section, code, entryId, reason: '已核对原件' }));
    await by.must('POST', `/teachers/${id}/submission`, { body: { declared: true, acceptedHits } });
  };

  const toldOfReturn = async () =>
    (await information.must<{ items: { kind: string; caseId?: string }[] }>('GET', '/notices')).body.items
      .filter(({ kind }) => kind === 'case-returned-by-school')
      .map(({ caseId }) => caseId);

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
    const [own, other] = submitted;
    // who submits himself is told himself what came back
    login = await activated(own!);
    await submit(own!, await logIn(url, login, password));
    await submit(other!);
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

  const standing = async ({ id }: Listed): Promise<string> =>
    (await information.must<{ status: string }>('GET', `/teachers/${id}`)).body.status;

  it('returns one with a marked field and words of his own, whatever happens meanwhile', async () => {
    const [returned] = submitted;
    const { id } = (await waiting()).find(({ teacherId }) => teacherId === returned!.id)!;
    const desk = await desks.now.as(head, { phone: true, viewport });
    desk.expectStatus(401);
    desk.expectOutage();
    const other = await desks.now.as(head, { phone: true, viewport });
    other.expectStatus(409, 412);
    await other.open(`/review/${id}`);
    await desk.open(`/review/${id}`);
    await desk.page.getByRole('heading', { name: returned!.name }).waitFor();
    await desk.axe();
    // a number that is masked: why, and how it is seen
    await desk.page.getByText('带 * 的号码默认隐藏').waitFor();
    expect(await tooSmall(desk)).toEqual([]);
    await desk.click(desk.page.getByRole('button', { name: '显示证件号码' }));
    await desk.axe();
    await desk.screenshot(`me-purpose-${viewport.width}`);
    await desk.click(desk.page.getByRole('dialog').getByRole('button', { name: '核对信息' }));
    await desk.page.getByText(/^\d{17}[\dX]$/).waitFor();
    await desk.click(desk.page.getByRole('button', { name: '显示手机' }));
    await desk.page.getByRole('dialog').getByLabel('其他用途').fill('通知本人');
    await desk.click(desk.page.getByRole('dialog').getByRole('button', { name: '显示', exact: true }));
    await desk.page.getByText(/199\d{8}$/).waitFor();

    await desk.click(desk.page.getByRole('button', { name: '标出要改的' }));
    await desk.click(desk.page.getByRole('button', { name: /^姓名/ }).first());
    await desk.click(desk.page.getByRole('button', { name: /^任职单位名称/ }).first());
    // the form is where one looks
    const form = desk.page.getByRole('group', { name: '任职单位名称：为什么要改' });
    expect(await form.evaluate((box) => box.contains(document.activeElement))).toBe(true);
    const { y, height } = (await form.boundingBox())!;
    expect([y > 50, y + height < viewport.height - 50]).toEqual([true, true]);
    await desk.page.getByLabel('对填报人说明：任职单位名称').fill(words);
    await desk.axe();
    await desk.screenshot(`me-return-${viewport.width}`);
    await desk.page.reload();
    await desk.page.getByLabel('对填报人说明：任职单位名称').waitFor();
    expect(await desk.page.getByLabel('对填报人说明：任职单位名称').inputValue()).toBe(words);

    // the connection goes, and while it is gone the session ends: the return waits for both
    await desk.context.setOffline(true);
    await desk.click(desk.page.getByRole('button', { name: '退回 2 处' }));
    const returning = desk.page.getByRole('dialog', { name: /^退回/ });
    for (const said of [words, '此项有误，请核对后修改']) await returning.getByText(said).waitFor();
    await desk.axe();
    await desk.screenshot(`me-return-sheet-${viewport.width}`);
    await desk.click(returning.getByRole('button', { name: '确认退回 2 处' }));
    await desk.page.getByText('连接中断').waitFor();
    await desk.context.clearCookies();
    await desk.context.setOffline(false);
    const dialog = desk.page.getByRole('dialog').filter({ hasText: '登录已过期' });
    await dialog.waitFor();
    await dialog.getByLabel('密码', { exact: true }).fill(demoPassword);
    await dialog.getByRole('button', { name: '登录', exact: true }).click();
    await desk.page.getByRole('heading', { name: '待我审核' }).waitFor();
    await eventually(async () => (await standing(returned!)) === 'school-returned', 'the return reaches the record', {
      timeout: 30_000,
      every: 300,
    });

    // the teacher submitted, and the name is the school's to mend
    await eventually(async () => (await toldOfReturn()).includes(id), 'the school is told', {
      timeout: 30_000,
      every: 300,
    });

    // on his other phone the case still looks open: nothing is approved that was returned
    await other.click(other.page.getByRole('button', { name: '通过', exact: true }));
    const sure = other.page.getByRole('dialog').getByRole('button', { name: '通过', exact: true });
    const told = other.page.getByText('这件已经处理过');
    await sure.or(told).first().waitFor();
    if (await sure.count()) await other.click(sure);
    await told.waitFor();
    expect(await standing(returned!)).toBe('school-returned');
  });

  it('the teacher mends only what was marked and submits again; the principal sees what changed', async () => {
    const [returned] = submitted;
    const desk = await desks.now.as(login, { phone: true, viewport, password });
    await desk.open('/');
    await desk.page.getByText('请修改标出的 1 处，再提交').waitFor();
    await desk.axe();
    const task = (words: RegExp) => desk.page.getByRole('link', { name: words });
    await task(/^工作经历.*退回，改 1 处/).waitFor();
    // the name is the school's to mend, and holds him up in nothing
    await desk.click(task(/^基本信息.*1 处由学校修改/));
    await desk.page.getByText('由学校修改：请联系学校信息管理员').waitFor();
    await desk.click(task(/^返回$/));
    // the notice leads to the one value that is his
    await desk.click(task(/^通知/));
    await desk.click(desk.page.getByRole('button', { name: /^您的教师信息被学校退回/ }));
    await desk.page.getByText(`退回意见（有误）：${words}`).waitFor();
    const form = desk.page.locator('form');
    expect(await form.locator(':is(input, select, textarea)').count()).toBe(1);
    await desk.axe();
    await desk.screenshot(`me-returned-${viewport.width}`);
    await desk.page.getByLabel('任职单位名称').fill('丽水市莲都区瓯江小学（全称）');
    await desk.page.getByLabel('任职单位名称').blur();
    await desk.page
      .getByRole('status')
      .getByText(/^已保存/)
      .waitFor();
    await desk.click(desk.page.getByRole('button', { name: '查看全部内容' }));
    expect(await form.locator('.value').count()).toBeGreaterThan(0);
    await desk.page.getByText('已修改', { exact: true }).waitFor();
    await desk.click(task(/^完成$/));
    await task(/已改 1 处/).waitFor();
    await desk.click(task(/^返回$/));
    await task(/^工作经历.*已改 1 处/).waitFor();
    await desk.page.getByText('退回的内容都已改好，请核对后提交').waitFor();
    await desk.screenshot(`me-mended-all-${viewport.width}`);
    await desk.click(task(/^核对并提交$/));
    await desk.page.getByLabel(/^本人声明/).waitFor();
    for (const reason of await desk.page.getByLabel('理由').all()) await reason.fill('已核对原件');
    await desk.page.getByLabel(/^本人声明/).check();
    await desk.click(desk.page.getByRole('button', { name: '提交审核' }));
    await desk.page.getByText('已提交，审核期间不能修改').waitFor();

    await allWait([returned!]);
    const principals = await desks.now.as(head, { phone: true, viewport });
    await principals.open('/');
    await principals.click(principals.page.getByRole('link', { name: new RegExp(`${returned!.name}.*退回后重报`) }));
    await principals.page.getByText(words).waitFor();
    await principals.page.getByText('丽水市莲都区瓯江小学（全称）').waitFor();
    await principals.axe();
    expect(await principals.page.getByRole('heading', { name: '学习经历' }).count()).toBe(0);
    await principals.click(principals.page.getByRole('button', { name: '全部内容' }));
    await principals.page.getByRole('heading', { name: '学习经历' }).waitFor();
    await principals.click(principals.page.getByRole('button', { name: '只看退回后修改' }));
    await principals.screenshot(`me-mended-${viewport.width}`);
    expect(await tooSmall(principals)).toEqual([]);
    await principals.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    expect(await widerThanThePhone(principals)).toEqual([]);
  });

  /** Log-in name of the teacher, whose slip has just been used. */
  async function activated({ id }: Listed): Promise<string> {
    const admin = await logIn(desks.now.system.url, `sys@${demoSchools.primary}`);
    const { items } = (
      await admin.must<{ items: { id: string; teacherId: string }[] }>('GET', '/accounts?role=teacher&limit=200')
    ).body;
    const account = items.find(({ teacherId }) => teacherId === id)!;
    const { body } = await admin.must<PrintedSlip>('POST', `/accounts/${account.id}/activation-slips`);
    await admin.must('POST', '/activations', { body: { code: body.code, password } });
    return body.loginName;
  }

  it('a clean school costs at most four taps: exceptions first, a sample in view, one receipt', async () => {
    const desk = await desks.now.as(head, { phone: true, viewport });
    await desk.open('/');
    await desk.page.getByRole('heading', { name: /^(其余 )?\d+ 件都?没有疑点/ }).waitFor();
    await desk.page.locator('article dl div').first().waitFor();
    await desk.axe();
    await desk.screenshot(`me-review-${viewport.width}`);
    expect(await tooSmall(desk)).toEqual([]);
    expect(await widerThanThePhone(desk)).toEqual([]);
    desk.count();
    await desk.click(desk.page.getByRole('button', { name: /^通过这 \d+ 件/ }));
    await desk.page.getByText(/^已通过 \d+ 件，\d\d:\d\d 前可以撤销/).waitFor();
    expect(await tooSmall(desk)).toEqual([]);
    await desk.click(desk.page.getByRole('button', { name: /^报送 \d+ 件/ }));
    await desk.page
      .getByRole('dialog')
      .getByText(/^刚才通过的 \d+ 件随即生效，不能再撤销/)
      .waitFor();
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
    await desk.open('/review/nonsense');
    await desk.page.getByRole('heading', { name: '没有这个页面' }).waitFor();
  });
});
