import type { Role } from './role';

/** Keys of the catalogue's sections, or all of them. */
export type Sections = 'every' | readonly string[];

/** 工作方案 三(三): assessment, pay, ethics and professional title are the organisation's, whatever an area's policy says. */
export const organisationOnlySections: readonly string[] = ['assessment', 'pay', 'ethics', 'proTitle'];

/** What a viewer reads: never pay, ethics, contact or an unmasked number. */
const viewed: readonly string[] = ['basic', 'education', 'post', 'proTitle'];

/** A4: one table of section × role × operation for API, form, template, import, export, history, search and statistics. */
const policy: Readonly<Record<Role, { read: Sections; fill: Sections }>> = {
  systemAdministrator: { read: [], fill: [] },
  informationAdministrator: { read: 'every', fill: 'every' },
  informationViewer: { read: viewed, fill: [] },
  principal: { read: 'every', fill: [] },
  teacher: { read: 'every', fill: 'every' },
  auditor: { read: [], fill: [] },
  operator: { read: [], fill: [] },
};

export const visibleSections = (role: Role): Sections => policy[role].read;

export function maySeeSection(role: Role, section: string): boolean {
  const may = policy[role].read;
  return may === 'every' || may.includes(section);
}

/** `fillableBy` is the catalogue's word after the area's policy narrowed it; it can never widen the organisation's own sections. */
export function mayFillSection(role: Role, section: { key: string; fillableBy: 'teacher' | 'school' }): boolean {
  const may = policy[role].fill;
  if (may !== 'every' && !may.includes(section.key)) return false;
  if (role !== 'teacher') return true;
  return section.fillableBy === 'teacher' && !organisationOnlySections.includes(section.key);
}
