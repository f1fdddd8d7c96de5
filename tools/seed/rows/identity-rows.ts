import {
  accountActivated,
  accountIssued,
  organisationFounded,
  postGranted,
  type AccountActivated,
  type Actor,
  type OrganisationFounded,
  type PostGranted,
} from '@shidang/contracts';
import type { Vault } from '@shidang/persistence';
import type { Batch } from '../load/batch';
import type { Calendar } from '../world/calendar';
import type { Identifiers } from '../world/identifiers';
import type { SeededOrganisation, SeededSchool } from '../world/organisations';
import type { SeededAccount, SeededPerson } from '../world/world';
import type { PasswordHashes } from './password-hashes';

/** What identity owns: organisations, accounts with their posts, the person registry. */
export class IdentityRows {
  private readonly persons = new Set<string>();

  constructor(
    private readonly vault: Vault,
    private readonly hashes: PasswordHashes,
    private readonly ids: Identifiers,
    private readonly calendar: Calendar,
  ) {}

  organisation(batch: Batch, organisation: SeededOrganisation | SeededSchool): void {
    const { id, code, name, tier, orgPath, parentCode } = organisation;
    const school = 'category' in organisation ? organisation : undefined;
    const at = this.calendar.at('founded');
    batch.add('identity', 'organisation', {
      id,
      code,
      name,
      tier,
      parent_code: parentCode,
      org_path: orgPath,
      running_type: school?.runningType,
      category: school?.category,
      owner: school?.owner,
      urban_rural: school?.urbanRural,
      founded_at: at,
    });
    const change = { id: this.ids.next(), organisation_id: id, org_path: orgPath, what: 'founded', name, at };
    batch.add('identity', 'organisation_change', change);
    const { runningType, category } = school ?? {};
    const fact: OrganisationFounded = {
      ...{ orgPath, code, name, tier, parentCode, runningType, category, version: 1 },
      at: at.toISOString(),
    };
    batch.tell(organisationFounded, { aggregateId: id, fact });
  }

  /** The account with its one post and, if he is new, the human behind it. `issuer`: who handed it out. */
  account(batch: Batch, account: SeededAccount, issuer?: SeededAccount): void {
    const issuedAt = this.calendar.at(account.teacherId ? 'registered' : 'issued');
    const activatedAt = account.activated ? later(issuedAt, this.calendar.at('activated')) : undefined;
    if (account.person) this.person(batch, account.person, issuedAt);
    batch.add('identity', 'account', {
      id: account.id,
      org_path: account.orgPath,
      org_code: account.orgCode,
      login_name: account.loginName,
      name: account.person?.name,
      person_id: account.person?.id,
      teacher_id: account.teacherId,
      password_hash: account.activated ? this.hashes.of(account.loginName) : null,
      password_set_at: activatedAt,
      activated_at: activatedAt,
      status: account.activated ? 'active' : 'issued',
      sessions_from: issuedAt,
      created_at: issuedAt,
    });
    batch.add('identity', 'post', {
      id: account.postId,
      account_id: account.id,
      role: account.role,
      tier: account.tier,
      org_path: account.orgPath,
      org_code: account.orgCode,
      granted_by: issuer?.id,
      granted_at: issuedAt,
      version: postVersion(account),
    });
    this.tell(batch, account, { issuedAt, activatedAt, actor: issuer && actorOf(issuer) });
  }

  private tell(
    batch: Batch,
    account: SeededAccount,
    told: { issuedAt: Date; activatedAt?: Date; actor?: Actor },
  ): void {
    const { id: accountId, postId, role, tier, orgPath, orgCode, teacherId } = account;
    const issued = { orgPath, accountId, role, orgCode, at: told.issuedAt.toISOString(), actor: told.actor };
    batch.tell(accountIssued, { aggregateId: accountId, fact: issued });
    const granted: PostGranted = {
      ...{ orgPath, postId, accountId, role, tier, orgCode, teacherId, version: postVersion(account) },
      personId: account.person?.id,
      at: (told.activatedAt ?? told.issuedAt).toISOString(),
      actor: told.activatedAt ? undefined : told.actor,
    };
    batch.tell(postGranted, { aggregateId: postId, fact: granted });
    if (!told.activatedAt || !account.person) return;
    const at = told.activatedAt.toISOString();
    const activated: AccountActivated = { orgPath, accountId, personId: account.person.id, role, orgCode, at };
    batch.tell(accountActivated, { aggregateId: accountId, fact: activated });
  }

  private person(batch: Batch, person: SeededPerson, at: Date): void {
    if (this.persons.has(person.id)) return;
    this.persons.add(person.id);
    const { type, number } = person.document;
    batch.add('identity', 'person', {
      id: person.id,
      blind: this.vault.blind(`${type}:${number}`),
      document_type: type,
      document: this.vault.seal(number, { table: 'person', column: 'document', row: person.id }),
      name: person.name,
      teacher_id: person.teacherId,
      claimed_at: person.teacherId ? at : null,
      confirmed_at: person.teacherId ? at : null,
      bound_at: person.teacherId ? null : at,
      created_at: at,
    });
  }
}

/** Told once when it was granted, once more when the human became known. */
const postVersion = (account: SeededAccount): number => (account.activated ? 2 : 1);

export const actorOf = (account: SeededAccount): Actor => ({
  accountId: account.id,
  personId: account.person?.id,
  role: account.role,
});

const later = (one: Date, other: Date): Date => (one > other ? one : other);
