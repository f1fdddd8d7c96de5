import type { InventedPerson } from '@shidang/seed';
import { atOrBelow, parentOf, tierOf } from './tree';

/**
 * What the plan and the domain say, told a second time and naively: nothing here comes from the permission table, the
 * section policy or the paths of the product. 工作方案: roles per tier; 三员分立; 填报 by teacher and information administrator,
 * 审核 by principal and education authority.
 */
export interface Asker {
  post: string;
  role: string;
  organisation: string;
  accountId: string;
  /** A teacher's own record. */
  teacherId?: string;
}

export type Kind = 'teacher' | 'account' | 'organisation' | 'report' | 'school-file' | 'notice' | 'urging';

/** What a request is about. Without an organisation it is nobody's: it does not exist. */
export interface Target {
  label: string;
  kind: Kind;
  organisation?: string;
  ids: Readonly<Record<string, string>>;
  teacherId?: string;
  /** Of the account. */
  role?: string;
  /** Somebody is logged in to it: a new slip would end his session. */
  live?: boolean;
  /** Post that owns the notice, or that sent the workbook. */
  owner?: string;
  /** Posts an urging is addressed to; its organisation is the sender's. */
  addressed?: readonly string[];
}

export type Verdict = 'forbidden' | 'hidden' | 'served';

type May = (asker: Asker) => boolean;
const role =
  (...names: string[]): May =>
  ({ role: name }) =>
    names.includes(name);
const atSchool: May = ({ organisation }) => tierOf(organisation) === 'school';
const both =
  (one: May, other: May): May =>
  (asker) =>
    one(asker) && other(asker);
const either =
  (one: May, other: May): May =>
  (asker) =>
    one(asker) || other(asker);
const atAuthority: May = (asker) => !atSchool(asker);

const administrates = role('systemAdministrator');
const handles = role('informationAdministrator');

/** Who may do it at all, wherever. */
export const may = {
  anybodyButAuditing: role(
    'systemAdministrator',
    'informationAdministrator',
    'informationViewer',
    'principal',
    'teacher',
  ),
  /** A system administrator sees accounts, not records; auditors and operators see no teacher at all. */
  read: role('informationAdministrator', 'informationViewer', 'principal', 'teacher'),
  /** His own record is his to take away whole, and to ask the school about. */
  self: role('teacher'),
  /** A list leaves the house: not the viewer's; a teacher takes his own file with him. */
  takeAway: role('informationAdministrator', 'principal', 'teacher'),
  fill: role('informationAdministrator', 'teacher'),
  import: handles,
  unmask: role('informationAdministrator', 'principal', 'teacher'),
  seeReview: role('informationAdministrator', 'principal', 'teacher'),
  /** The principal decides the school's step, the authority's information administrator the second. */
  review: either(role('principal'), both(handles, atAuthority)),
  withdraw: role('informationAdministrator', 'teacher'),
  sendUpward: either(role('principal'), both(handles, atSchool)),
  register: both(administrates, atSchool),
  requestChange: both(handles, atSchool),
  accounts: administrates,
  organisations: both(administrates, atAuthority),
  watch: role('systemAdministrator', 'informationAdministrator', 'informationViewer', 'principal'),
  statistics: role('informationAdministrator', 'informationViewer', 'principal'),
  declare: either(role('principal'), both(handles, atSchool)),
  manage: both(handles, atAuthority),
  /** 督办 goes to whoever's turn it is; only authorities send it. */
  urged: role('informationAdministrator', 'principal', 'teacher'),
  /** 三员分立: the trail is the auditor's, and nothing else is. */
  audit: role('auditor'),
  seeReports: role('informationAdministrator', 'principal'),
} satisfies Record<string, May>;

/** Basic information, education, post and title are all a viewer reads. */
export const seesSection = (asker: Asker, section: string): boolean =>
  may.read(asker) &&
  (asker.role !== 'informationViewer' || ['basic', 'education', 'post', 'proTitle'].includes(section));

/** Own and lower organisations; of teachers a teacher has himself alone, of accounts one manages one's own house and the administrators right below. */
export function inScope(asker: Asker, target: Target): boolean {
  const { kind, organisation } = target;
  if (organisation === undefined) return false;
  if (kind === 'notice') return target.owner === asker.post;
  if (kind === 'urging' && target.addressed?.includes(asker.post)) return true;
  if (kind === 'account')
    return (
      organisation === asker.organisation ||
      (parentOf(organisation) === asker.organisation && target.role === 'systemAdministrator')
    );
  if (asker.role === 'teacher') {
    if (kind === 'teacher') return target.teacherId === asker.teacherId;
    return kind === 'organisation' && organisation === asker.organisation;
  }
  return atOrBelow(asker.organisation, organisation);
}

export interface Ruling {
  who: May;
  /** Section of the record it shows. */
  section?: string;
  /** 谁填报谁负责: the one who began it goes on with it, and nobody else. */
  ownOnly?: true;
  /** Of several matters at one path, one: who may not have it meets nothing there. */
  unseen?: true;
}

export function verdictOn(asker: Asker, target: Target, { who, section, ownOnly, unseen }: Ruling): Verdict {
  if (!who(asker)) return unseen ? 'hidden' : 'forbidden';
  if (section !== undefined && !seesSection(asker, section)) return 'hidden';
  if (ownOnly && target.owner !== asker.post) return 'hidden';
  return inScope(asker, target) ? 'served' : 'hidden';
}

/** What was planted in one record, and who may ever read it in an answer. */
export interface Planted {
  teacherId: string;
  accountId: string;
  organisation: string;
  name: string;
  person: InventedPerson;
  /** Number, phone, address: nobody reads them in full but by unmasking. */
  sealed: readonly string[];
  /** Words in sections a viewer does not see. */
  inner: readonly string[];
  ids: readonly string[];
}

const whole = (planted: Planted): Target => ({
  label: planted.name,
  kind: 'teacher',
  organisation: planted.organisation,
  teacherId: planted.teacherId,
  ids: {},
});

/** Words that must not stand in an answer to this asker; `unmasking`: he asked to see one in full, and may. */
export function secretsFrom(asker: Asker, planted: Planted, unmasking: boolean): string[] {
  const his = inScope(asker, whole(planted));
  const reader = may.read(asker) && his;
  const keepsAccount = may.accounts(asker) && planted.organisation === asker.organisation;
  const secrets: string[] = [];
  if (!(unmasking && may.unmask(asker) && his)) secrets.push(...planted.sealed);
  if (!reader || !seesSection(asker, 'work')) secrets.push(...planted.inner);
  if (!reader && !keepsAccount) secrets.push(planted.name);
  // whose record it was is an id in the trail of who did what; never a name
  if (!reader && !keepsAccount && !(may.audit(asker) && his)) secrets.push(...planted.ids);
  return secrets;
}
